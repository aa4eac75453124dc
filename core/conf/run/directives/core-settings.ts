import { atoi, readTime, strtol } from "../../../httpd/number.js";
import { oneOf, word } from "./settings.js";
import { textComplaint } from "./texts.js";
import type { Call, Check } from "./call.js";

const ON_OFF = oneOf(["on", "off"], "parameter must be 'on' or 'off'");
const LEVELS = "emerg|alert|crit|error|warn|notice|info|debug|trace[1-8]";
const LEVEL_COMPLAINT =
  "Log level keyword must be one of emerg/alert/crit/error/warn/notice/info/debug/trace1/.../trace8";
const RANGE_NAMES = ["MaxRanges", "MaxRangeOverlaps", "MaxRangeReversals"] as const;

/** Settings of server/core.c and modules/http/http_core.c that stand in servers and sections alike. */
export const CORE_SETTINGS: Readonly<Record<string, Check>> = {
  AcceptPathInfo: oneOf(["on", "off", "default"], "AcceptPathInfo must be set to on, off or default"),
  EnableMMAP: ON_OFF,
  EnableSendfile: ON_OFF,
  UseCanonicalPhysicalPort: ON_OFF,
  UseCanonicalName: oneOf(["on", "off", "dns"], "parameter must be 'on', 'off', or 'dns'"),
  HostnameLookups: oneOf(["on", "off", "double"], "parameter must be 'on', 'off', or 'double'"),
  ServerSignature: oneOf(["on", "off", "email"], "ServerSignature: use one of: off | on | email"),
  LogLevel: eachWord(levelComplaint),
  ErrorDocument: errorDocument,
  Options: options,
  AllowOverride: eachWord(overrideComplaint),
  AllowOverrideList(call) {
    const words = call.words;
    const mixed = words.length > 1 && words.some((text) => text.toLowerCase() === "none");
    return mixed ? "'None' not allowed with other directives in AllowOverrideList" : undefined;
  },
  FileETag: eachWord((text) => {
    const known = ["none", "all", "inode", "mtime", "size", "digest"].includes(text.replace(/^[+-]/, "").toLowerCase());
    return known ? undefined : `Unknown keyword '${text}' for FileETag directive`;
  }),
  LimitRequestBody: word((text) => {
    if (!/^[+-]?[0-9]*$/.test(text) || text.startsWith("-")) return "LimitRequestBody requires a non-negative integer.";
    const digits = text.replace(/^\+?0*/, "");
    return digits.length > 19 || strtol(digits) === 2n ** 63n - 1n
      ? "LimitRequestBody argument is not parsable."
      : undefined;
  }),
  LimitXMLRequestBody: word((text) =>
    strtol(text) < 0n ? "LimitXMLRequestBody requires a non-negative integer." : undefined,
  ),
  CGIVar(call) {
    const [name = "", rule = ""] = call.words;
    if (name !== "REQUEST_URI") return `Unrecognized CGI variable: "${name}"`;
    const known = ["current-uri", "original-uri"].includes(rule);
    return known ? undefined : "Valid rules for REQUEST_URI are 'current-uri' and 'original-uri'";
  },
  ...Object.fromEntries(RANGE_NAMES.map((name) => [name, maxRanges(name)])),
  KeepAliveTimeout: word((text) =>
    readTime(text, "s") === undefined ? "KeepAliveTimeout has wrong format" : undefined,
  ),
};

function errorDocument(call: Call): string | undefined {
  const [code = "", text = ""] = call.words;
  if (atoi(code) < 100 || atoi(code) > 599) return `Unsupported HTTP response code ${code}`;
  return textComplaint(call, text, () => "Cannot parse expression in ErrorDocument: ");
}

function maxRanges(name: string): Check {
  return word((text) => {
    const good = ["none", "default", "unlimited"].includes(text.toLowerCase()) || atoi(text) > 0;
    return good ? undefined : `${name} requires 'none', 'default', 'unlimited' or a positive integer`;
  });
}

function eachWord(complaintOf: (text: string, call: Call) => string | undefined): Check {
  return (call) => {
    for (const text of call.words) {
      const complaint = complaintOf(text, call);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };
}

/** `set_loglevel`: `level` or `module:level`. */
function levelComplaint(text: string, call: Call): string | undefined {
  const known = new RegExp(`^(?:${LEVELS})$`, "i");
  const colon = text.indexOf(":");
  if (colon < 0) return known.test(text) ? undefined : LEVEL_COMPLAINT;
  const module = text.slice(0, colon);
  const level = text.slice(colon + 1);
  if (level === "") return `Module specifier '${module}' must be followed by a log level keyword`;
  if (!known.test(level)) return `${text}: ${LEVEL_COMPLAINT}`;
  const { modules } = call.world;
  const found = modules.has(module) || modules.has(`${module}_module`) || modules.unknown;
  return found ? undefined : `Cannot find module ${module}`;
}

const OPTIONS = [
  "indexes",
  "includes",
  "includesnoexec",
  "followsymlinks",
  "symlinksifownermatch",
  "execcgi",
  "multiviews",
  "runscripts",
  "none",
  "all",
];

/** `set_options`: all words with a sign, or none. */
function options(call: Call): string | undefined {
  const words = call.words;
  for (const [index, text] of words.entries()) {
    const signed = /^[+-]/.test(text);
    if (index > 0 && signed !== /^[+-]/.test(words[0] ?? "")) {
      return "Either all Options must start with + or -, or no Option may.";
    }
    const name = (signed ? text.slice(1) : text).toLowerCase();
    if (signed && name === "none") return "You may not use 'Options +None' or 'Options -None'.";
    if (!OPTIONS.includes(name)) return `Illegal option ${signed ? text.slice(1) : text}`;
  }
  return undefined;
}

/** `set_override`. */
function overrideComplaint(text: string): string | undefined {
  const [name = "", value] = text.toLowerCase().split("=", 2);
  if (name === "options" && value !== undefined) {
    const original = text.slice(text.indexOf("=") + 1).split(",");
    const unknown = original.find((option) => !OPTIONS.includes(option.toLowerCase()));
    return unknown === undefined ? undefined : `Illegal option ${unknown}`;
  }
  if (name === "nonfatal") return undefined;
  const known = ["limit", "options", "fileinfo", "authconfig", "indexes", "none", "all"].includes(name);
  return known && value === undefined ? undefined : `Illegal override option ${text}`;
}
