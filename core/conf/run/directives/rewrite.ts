import { behaves } from "../../../vocabulary/behaviours.js";
import { atoi } from "../../../httpd/number.js";
import { rootRelative } from "../reader.js";
import { rewriteFlags, rewriteLine } from "../../../httpd/rewrite-line.js";
import { expressionRefusal } from "../expression/refusal.js";
import { badRegex } from "./regex-refusal.js";
import { nearestName } from "../../../vocabulary/suggest.js";
import { compiles } from "../../../httpd/regex.js";
import { word } from "./settings.js";
import { missingHere, refused, reworded } from "../refusal.js";
import type { Objection } from "../refusal.js";
import type { Call, Check } from "./call.js";

/** Directives of modules/mappers/mod_rewrite.c. */
export const REWRITE: Readonly<Record<string, Check>> = {
  RewriteRule: (call) => prefixed("RewriteRule", rule(call)),
  RewriteCond: (call) => prefixed("RewriteCond", condition(call)),
  RewriteOptions: (call) => {
    const unknown = call.words.find((text) => text !== "" && !isOption(text));
    if (unknown === undefined) return undefined;
    return refused(`RewriteOptions: unknown option '${unknown}'`, meant(unknown, OPTIONS), unknown);
  },
  RewriteBase: (call) => {
    if (call.where.path === undefined) {
      const mend = "remove it: outside of a <Directory> or <Location> rules see the whole path";
      return refused("RewriteBase: only valid in per-directory config files", mend);
    }
    const [base = ""] = call.words;
    if (base.startsWith("/")) return undefined;
    return refused("RewriteBase: argument is not a valid URL", `begin it with a slash: RewriteBase /${base}`, base);
  },
  RewriteMap: rewriteMap,
  RewriteLog: word(() => undefined),
};

function prefixed(name: string, complaint: Objection): Objection {
  return reworded(complaint, (sentence) => `${name}: ${sentence}`);
}

function meant(wrong: string, known: readonly string[]): string {
  const near = nearestName(wrong, known);
  return near === undefined ? `remove ${wrong}; there are ${known.join(", ")}` : `did you mean ${near}?`;
}

function badLine(args: string): Objection {
  return refused(
    `bad argument line '${args}'`,
    "write what is looked at or for, and what becomes of it; put words with blanks in quotes",
  );
}

const OPTIONS = (
  "inherit inheritbefore inheritdown inheritdownbefore ignoreinherit allownoslash allowanyuri mergebase " +
  "ignorecontextinfo legacyprefixdocroot noinherit"
).split(" ");

function isOption(text: string): boolean {
  return OPTIONS.includes(text.toLowerCase()) || /^maxredirects=/i.test(text);
}

function rule(call: Call): Objection {
  const line = rewriteLine(call.args);
  if (line === undefined) return badLine(call.args);
  const { first: pattern, flags } = line;
  const complaint = flags === undefined ? undefined : flagsComplaint(flags, ruleFlag);
  if (complaint !== undefined) return complaint;
  const regex = pattern.startsWith("!") ? pattern.slice(1) : pattern;
  return compiles(regex) ? undefined : badRegex(`cannot compile regular expression '${regex}'`, regex);
}

function condition(call: Call): Objection {
  const line = rewriteLine(call.args);
  if (line === undefined) return badLine(call.args);
  const { first: subject, second: given, flags } = line;
  const complaint = flags === undefined ? undefined : flagsComplaint(flags, conditionFlag);
  if (complaint !== undefined) return complaint;
  const pattern = given.startsWith("!") ? given.slice(1) : given;
  if (subject.toLowerCase() === "expr") {
    const sign = behaves(call.world.httpd, "rewrite-expressions-without-colon") ? "" : ":";
    return expressionRefusal({ text: pattern }, call.world.modules, `cannot compile expression "${pattern}"${sign} `);
  }
  if (/^(?:[<>=]|-(?:.$|eq|ge|gt|le|lt|ne))/is.test(pattern)) return undefined;
  return compiles(pattern) ? undefined : badRegex(`cannot compile regular expression '${pattern}'`, pattern);
}

function flagsComplaint(text: string, complaintOf: (name: string, value: string) => Objection): Objection {
  const flags = rewriteFlags(text);
  if (flags === undefined) {
    return refused(
      "bad flag delimiters",
      "write the flags in one word: [R=301,L], without blanks; put a pattern or target with blanks in quotes",
      text,
    );
  }
  for (const { name, value } of flags) {
    const complaint = complaintOf(name, value);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

const CONDITION_FLAGS = ["nc", "nocase", "nv", "novary", "or", "ornext"];

function conditionFlag(name: string): Objection {
  if (CONDITION_FLAGS.includes(name.toLowerCase())) return undefined;
  return refused(
    `unknown flag '${name}'`,
    `remove ${name === "" ? "the empty flag" : name}: conditions have NC, OR and NV; other flags belong to the RewriteRule`,
    name,
  );
}

const RULE_FLAGS = (
  "b backrefescaping bne bnp bctls c chain co cookie dpi discardpath e env end f forbidden g gone h handler " +
  "l last n next nc nocase ne noescape ns nosubreq p proxy pt passthrough qsa qsappend qsd qsdiscard qsl qslast r redirect " +
  "s skip t type unc unsafeallow3f unsafeprefixstat"
).split(" ");

/** Status codes httpd knows: `status_lines` of modules/http/http_protocol.c. */
const KNOWN_CODES = /^(?:10[0-3]|20[0-8]|226|30[0-8]|40[0-9]|41[0-8]|42[1-6]|428|429|431|451|50[0-8]|510|511)$/;

function ruleFlag(name: string, value: string): Objection {
  const flag = name.toLowerCase();
  if (!RULE_FLAGS.includes(flag)) {
    const or = flag === "or" || flag === "ornext";
    const mend = or ? "move OR to the RewriteCond in front" : flagMend(name);
    return refused(`unknown flag '${name}'`, mend, name);
  }
  if (flag === "bne" && value === "") {
    return refused(
      "flag 'BNE' wants a list of characters (i.e. [BNE=...])",
      "write the characters that stay as they are: BNE=/",
      name,
    );
  }
  const redirect = flag === "r" || flag === "redirect";
  if (redirect && /^[0-9]/.test(value) && !KNOWN_CODES.test(String(atoi(value)))) {
    const sentence = `invalid HTTP response code '${value}' for flag 'R'`;
    return refused(
      sentence,
      "write R=301, 302, 303, 307 or 308 for a redirect, R=404 and the like for an answer",
      value,
    );
  }
  return undefined;
}

function flagMend(name: string): string {
  if (name === "") return "take the comma at the end or the doubled comma away";
  const near = name.length < 3 ? undefined : nearestName(name, RULE_FLAGS);
  return near === undefined
    ? `remove ${name}, which is no flag of RewriteRule (L, END, R, P, QSA, NE, NC, PT ...)`
    : `did you mean ${near}?`;
}

/** `cmd_rewritemap`. Files are looked for only where the file system can be seen at all. */
function rewriteMap(call: Call): Objection {
  const [name = "", source = ""] = call.words;
  const [, kind, rest = ""] = /^(int|txt|rnd|prg|dbd|fastdbd|dbm(?:=[^:]*)?):(.*)$/s.exec(source) ?? [];
  if (kind === "int") {
    const known = ["tolower", "toupper", "escape", "unescape"].includes(rest);
    if (known) return undefined;
    return refused(
      `RewriteMap: internal map not found:${rest}`,
      "write int:tolower, int:toupper, int:escape or int:unescape",
      source,
    );
  }
  if (kind === "dbd" || kind === "fastdbd") {
    if (call.world.modules.has("dbd_module")) return undefined;
    return refused("RewriteMap types dbd and fastdbd require mod_dbd!", "load mod_dbd", source);
  }
  const type = kind?.startsWith("dbm=") === true ? kind.slice("dbm=".length) : "default";
  if (!["default", "db", "gdbm", "ndbm", "sdbm"].includes(type.toLowerCase())) {
    return refused(`RewriteMap: dbm type ${type} is invalid`, "write dbm: or dbm=sdbm:, gdbm, ndbm or db", source);
  }
  const { reader, serverRoot } = call.world;
  if (reader.readFolder("/") === undefined) return undefined;
  const path = rootRelative(
    serverRoot,
    kind === "prg" ? (rest.split(" ")[0] ?? "") : kind === undefined ? source : rest,
  );
  const there = reader.readText(path) !== undefined || reader.readFolder(path) !== undefined;
  return there ? undefined : missingHere(path, `RewriteMap: file for map ${name} not found:${path}`);
}
