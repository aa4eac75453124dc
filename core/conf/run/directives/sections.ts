import { readHostAddress } from "../../../httpd/address-port.js";
import { cutWord } from "../../../httpd/word.js";
import { rootRelative } from "../reader.js";
import { missingArguments, sectionArguments, unclosedBracket } from "./call.js";
import { PLACE } from "../../../vocabulary/command-tables.js";
import { compiles } from "../../../httpd/regex.js";
import { ServerState } from "./server-state.js";
import { badRegex } from "./regex-refusal.js";
import { refused } from "../refusal.js";
import type { Objection, Refusal } from "../refusal.js";
import type { Call, Enter, EnteredSection, LimitedMethods } from "./call.js";

/** What may stand in `<Directory>` and the like: `OR_ALL | ACCESS_CONF`. */
export const IN_SECTION = PLACE.all | PLACE.access;

/** `<VirtualHost>`: `virtualhost_section` of server/core.c. */
export const virtualHost: Enter = (call) => {
  const args = sectionArguments(call.args);
  if (args === undefined) return unclosedBracket(call);
  if (cutWord(args, 0) === undefined) return missingArguments(call);
  for (let word = cutWord(args, 0); word !== undefined; word = cutWord(args, word.next)) {
    const complaint = addressComplaint(word.text);
    if (complaint !== undefined) return complaint;
  }
  return { where: { ...call.where, server: new ServerState(true, call.world.httpd), ifs: { last: undefined } } };
};

/** `get_addresses` of server/vhost.c, without looking names up. */
function addressComplaint(address: string): Objection {
  if (address === "") return undefined;
  const read = readHostAddress(address);
  if (read === undefined) {
    const mend = "write *:80, or an address and a port from 1 to 65535: 10.0.0.1:80, [fd00::1]:80";
    return refused("The address or port is invalid", mend, address);
  }
  return read.host === undefined
    ? refused("Missing address for VirtualHost", `write *:${address}`, address)
    : undefined;
}

/** `<Location>` and `<LocationMatch>`: `urlsection` of server/core.c. */
export const location: Enter = (call) => pathSection(call, "locationmatch", (path) => path);

/** `<Directory>` and `<DirectoryMatch>`: `dirsection` of server/core.c. */
export const directory: Enter = (call) => pathSection(call, "directorymatch", (path) => canonicalFolder(path));

/** An absolute path without `.`, `..` and doubled slashes, with a slash at the end. */
function canonicalFolder(path: string): string {
  const canonical = rootRelative("", path);
  return canonical.endsWith("/") ? canonical : `${canonical}/`;
}

/** `<Files>` and `<FilesMatch>`: `filesection` of server/core.c. */
export const files: Enter = (call) => pathSection(call, "filesmatch", (path) => path);

function pathSection(call: Call, matching: string, canonical: (path: string) => string): EnteredSection | Refusal {
  const args = sectionArguments(call.args);
  if (args === undefined) return unclosedBracket(call);
  const first = cutWord(args, 0);
  if (first === undefined) return missingArguments(call);
  const tilde = call.directive.name.toLowerCase() !== matching && first.text === "~";
  const word = tilde ? cutWord(args, first.next) : first;
  const regex = tilde || call.directive.name.toLowerCase() === matching;
  const path = word?.text ?? "";
  if (regex && !compiles(path)) return badRegex("Regex could not be compiled", path);
  const extra = args.slice(word?.next ?? args.length);
  return {
    where: {
      places: IN_SECTION,
      path: regex ? path : canonical(path),
      server: call.where.server,
      ifs: { last: undefined },
      ...(call.where.limited === undefined ? {} : { limited: call.where.limited }),
    },
    leave: () => (extra === "" ? undefined : severalPaths(call)),
  };
}

function severalPaths(call: Call): Refusal {
  const mend = `put a path with blanks in quotes, or write one ${call.rule.name}> a path`;
  return refused(`Multiple ${call.rule.name}> arguments not (yet) supported.`, mend);
}

/** `<Limit>` and `<LimitExcept>`: `ap_limit_section` of server/core.c. */
export const limit: Enter = (call) => {
  const args = sectionArguments(call.args);
  if (args === undefined) return unclosedBracket(call);
  const first = cutWord(args, 0);
  if (first === undefined) return missingArguments(call);
  const named = new Set<string>();
  for (let word: typeof first | undefined = first; word !== undefined; word = cutWord(args, word.next)) {
    if (word.text === "TRACE") {
      const sentence = `TRACE cannot be controlled by ${call.rule.name}>, see TraceEnable`;
      return refused(sentence, "take TRACE away; TraceEnable Off in the main server switches it off", "TRACE");
    }
    named.add(word.text === "HEAD" ? "GET" : word.text);
  }
  const except = call.directive.name.toLowerCase() === "limitexcept";
  const around = call.where.limited ?? { except: true, names: new Set() };
  const left = both(around, { except, names: named });
  if (!left.except && left.names.size === 0) {
    const mend = "name methods that the section around it leaves over, or remove one of the two";
    return refused(`${call.rule.name}> directive excludes all methods`, mend);
  }
  if (left.except === around.except && left.names.size === around.names.size) {
    const mend = "name a method that the section around it leaves over, or remove one of the two";
    return refused(`${call.rule.name}> directive specifies methods already excluded`, mend);
  }
  return { where: { ...call.where, limited: left } };
};

/** Methods that are in one set and in another. */
function both(one: LimitedMethods, other: LimitedMethods): LimitedMethods {
  if (one.except && other.except) return { except: true, names: new Set([...one.names, ...other.names]) };
  const [named, rest] = one.except ? [other, one] : [one, other];
  return { except: false, names: new Set([...named.names].filter((name) => rest.names.has(name) !== rest.except)) };
}
