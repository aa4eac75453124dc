import { atoi } from "../../../httpd/number.js";
import { rootRelative } from "../reader.js";
import { isBlank, skipBlanks } from "../../../httpd/word.js";
import { expressionComplaint } from "../expression/complaint.js";
import { compiles } from "../../../httpd/regex.js";
import { word } from "./settings.js";
import { missingHere } from "../refusal.js";
import type { Complaint } from "../refusal.js";
import type { Call, Check } from "./call.js";

/** Directives of modules/mappers/mod_rewrite.c. */
export const REWRITE: Readonly<Record<string, Check>> = {
  RewriteRule: (call) => prefixed("RewriteRule", rule(call)),
  RewriteCond: (call) => prefixed("RewriteCond", condition(call)),
  RewriteOptions: (call) => {
    const unknown = call.words.find((text) => text !== "" && !isOption(text));
    return unknown === undefined ? undefined : `RewriteOptions: unknown option '${unknown}'`;
  },
  RewriteBase: (call) => {
    if (call.where.path === undefined) return "RewriteBase: only valid in per-directory config files";
    return (call.words[0] ?? "").startsWith("/") ? undefined : "RewriteBase: argument is not a valid URL";
  },
  RewriteMap: rewriteMap,
  RewriteLog: word(() => undefined),
};

function prefixed(name: string, complaint: string | undefined): string | undefined {
  return complaint === undefined ? undefined : `${name}: ${complaint}`;
}

const OPTIONS = (
  "inherit inheritbefore inheritdown inheritdownbefore ignoreinherit allownoslash allowanyuri mergebase " +
  "ignorecontextinfo legacyprefixdocroot noinherit"
).split(" ");

function isOption(text: string): boolean {
  return OPTIONS.includes(text.toLowerCase()) || /^maxredirects=/i.test(text);
}

/** Cuts up to three arguments as `parseargline` does; undefined when there are not two. */
function cutArguments(text: string): readonly string[] | undefined {
  const found: string[] = [];
  let at = skipBlanks(text, 0);
  while (found.length < 3) {
    const quote = text[at] === '"' || text[at] === "'" ? text[at] : undefined;
    if (quote !== undefined) at += 1;
    const start = at;
    while (at < text.length && !endsArgument(text, at, quote)) at += escaped(text, at) ? 2 : 1;
    const open = at >= text.length;
    found.push(text.slice(start, at));
    if (open && found.length === 1) return undefined;
    at = skipBlanks(text, at + 1);
    if (found.length >= 2 && at >= text.length) break;
  }
  return found;
}

function endsArgument(text: string, at: number, quote: string | undefined): boolean {
  return quote === undefined ? isBlank(text.charCodeAt(at)) : text[at] === quote;
}

function escaped(text: string, at: number): boolean {
  return text[at] === "\\" && at + 1 < text.length && isBlank(text.charCodeAt(at + 1));
}

function rule(call: Call): string | undefined {
  const found = cutArguments(call.args);
  if (found === undefined) return `bad argument line '${call.args}'`;
  const [pattern = "", , flags] = found;
  const complaint = flags === undefined ? undefined : flagsComplaint(flags, ruleFlag);
  if (complaint !== undefined) return complaint;
  const regex = pattern.startsWith("!") ? pattern.slice(1) : pattern;
  return compiles(regex) ? undefined : `cannot compile regular expression '${regex}'`;
}

function condition(call: Call): string | undefined {
  const found = cutArguments(call.args);
  if (found === undefined) return `bad argument line '${call.args}'`;
  const [subject = "", given = "", flags] = found;
  const complaint = flags === undefined ? undefined : flagsComplaint(flags, conditionFlag);
  if (complaint !== undefined) return complaint;
  const pattern = given.startsWith("!") ? given.slice(1) : given;
  if (subject.toLowerCase() === "expr") {
    const wrong = expressionComplaint(pattern, call.world.modules);
    return wrong === undefined ? undefined : `cannot compile expression "${pattern}" ${wrong}`;
  }
  if (/^(?:[<>=]|-(?:.$|eq|ge|gt|le|lt|ne))/is.test(pattern)) return undefined;
  return compiles(pattern) ? undefined : `cannot compile regular expression '${pattern}'`;
}

/** `cmd_parseflagfield`: `[name=value,...]`. */
function flagsComplaint(
  text: string,
  complaintOf: (name: string, value: string) => string | undefined,
): string | undefined {
  if (!text.startsWith("[") || !text.endsWith("]")) return "bad flag delimiters";
  for (const part of text.slice(1, -1).split(",")) {
    const flag = part.trim();
    const equals = flag.indexOf("=");
    const name = equals < 0 ? flag : flag.slice(0, equals);
    const complaint = complaintOf(name, equals < 0 ? "" : flag.slice(equals + 1));
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

const CONDITION_FLAGS = ["nc", "nocase", "nv", "novary", "or", "ornext"];

function conditionFlag(name: string): string | undefined {
  return CONDITION_FLAGS.includes(name.toLowerCase()) ? undefined : `unknown flag '${name}'`;
}

const RULE_FLAGS = (
  "b backrefescaping bne bnp bctls c chain co cookie dpi discardpath e env end f forbidden g gone h handler " +
  "l last n next nc nocase ne noescape ns nosubreq p proxy pt passthrough qsa qsappend qsd qsdiscard qsl qslast r redirect " +
  "s skip t type unc unsafeallow3f unsafeprefixstat"
).split(" ");

/** Status codes httpd knows: `status_lines` of modules/http/http_protocol.c. */
const KNOWN_CODES = /^(?:10[0-3]|20[0-8]|226|30[0-8]|40[0-9]|41[0-8]|42[1-6]|428|429|431|451|50[0-8]|510|511)$/;

function ruleFlag(name: string, value: string): string | undefined {
  const flag = name.toLowerCase();
  if (!RULE_FLAGS.includes(flag)) return `unknown flag '${name}'`;
  if (flag === "bne" && value === "") return "flag 'BNE' wants a list of characters (i.e. [BNE=...])";
  const redirect = flag === "r" || flag === "redirect";
  if (redirect && /^[0-9]/.test(value) && !KNOWN_CODES.test(String(atoi(value)))) {
    return `invalid HTTP response code '${value}' for flag 'R'`;
  }
  return undefined;
}

/** `cmd_rewritemap`. Files are looked for only where the file system can be seen at all. */
function rewriteMap(call: Call): Complaint {
  const [name = "", source = ""] = call.words;
  const [, kind, rest = ""] = /^(int|txt|rnd|prg|dbd|fastdbd|dbm(?:=[^:]*)?):(.*)$/s.exec(source) ?? [];
  if (kind === "int") {
    const known = ["tolower", "toupper", "escape", "unescape"].includes(rest);
    return known ? undefined : `RewriteMap: internal map not found:${rest}`;
  }
  if (kind === "dbd" || kind === "fastdbd") {
    return call.world.modules.has("dbd_module") ? undefined : "RewriteMap types dbd and fastdbd require mod_dbd!";
  }
  const type = kind?.startsWith("dbm=") === true ? kind.slice("dbm=".length) : "default";
  if (!["default", "db", "gdbm", "ndbm", "sdbm"].includes(type.toLowerCase())) {
    return `RewriteMap: dbm type ${type} is invalid`;
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
