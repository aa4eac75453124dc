import { behaves } from "../../../vocabulary/behaviours.js";
import { atoi, readTime, strtol } from "../../../httpd/number.js";
import { oneOf, word } from "./settings.js";
import { textComplaint } from "./texts.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import { nearestName } from "../../../vocabulary/suggest.js";
import type { Call, Check } from "./call.js";

const ON_OFF = oneOf(["on", "off"], "parameter must be 'on' or 'off'", "write On or Off");
const LEVELS = "emerg|alert|crit|error|warn|notice|info|debug|trace[1-8]";
const LEVEL_MEND = "write one of emerg, alert, crit, error, warn, notice, info, debug, trace1 to trace8";
const LEVEL_COMPLAINT =
  "Log level keyword must be one of emerg/alert/crit/error/warn/notice/info/debug/trace1/.../trace8";
const RANGE_NAMES = ["MaxRanges", "MaxRangeOverlaps", "MaxRangeReversals"] as const;

/** `set_etag_bits` of server/core.c. */
const ETAG_KEYWORDS: ReadonlySet<string> = new Set([
  ...["none", "all", "inode", "mtime", "lmtime", "lastmodified", "size", "digest"],
]);

/** Settings of server/core.c and modules/http/http_core.c that stand in servers and sections alike. */
export const CORE_SETTINGS: Readonly<Record<string, Check>> = {
  AcceptPathInfo: oneOf(
    ["on", "off", "default"],
    "AcceptPathInfo must be set to on, off or default",
    "write On, Off or Default",
  ),
  EnableMMAP: ON_OFF,
  EnableSendfile: ON_OFF,
  UseCanonicalPhysicalPort: ON_OFF,
  UseCanonicalName: oneOf(["on", "off", "dns"], "parameter must be 'on', 'off', or 'dns'", "write On, Off or DNS"),
  HostnameLookups: oneOf(
    ["on", "off", "double"],
    "parameter must be 'on', 'off', or 'double'",
    "write Off; On and Double ask the DNS at every request",
  ),
  ServerSignature: oneOf(
    ["on", "off", "email"],
    "ServerSignature: use one of: off | on | email",
    "write Off, On or EMail",
  ),
  LogLevel: eachWord(levelComplaint),
  ErrorDocument: errorDocument,
  Options: options,
  AllowOverride: eachWord(overrideComplaint),
  AllowOverrideList(call) {
    const words = call.words;
    const mixed = words.length > 1 && words.some((text) => text.toLowerCase() === "none");
    if (!mixed) return undefined;
    const mend = "write None alone, or take None away";
    return refused("'None' not allowed with other directives in AllowOverrideList", mend, "None");
  },
  FileETag: eachWord((text) => {
    const keyword = text.replace(/^[+-]/, "");
    if (/^(?:none|all)$/i.test(keyword) && keyword !== text) {
      const sentence = `FileETag keyword '${keyword}' cannot be used with '+' or '-'`;
      return refused(sentence, `write ${keyword} without a sign`, text);
    }
    if (ETAG_KEYWORDS.has(keyword.toLowerCase())) return undefined;
    return refused(
      `Unknown keyword '${keyword}' for FileETag directive`,
      "write None, All, INode, MTime, Size or Digest",
      text,
    );
  }),
  LimitRequestBody: word((text) => {
    if (!/^[+-]?[0-9]*$/.test(text) || text.startsWith("-")) {
      const mend = "write a number of bytes without a unit (1048576 for 1 MB), or 0 for no limit";
      return refused("LimitRequestBody requires a non-negative integer.", mend, text);
    }
    const digits = text.replace(/^\+?0*/, "");
    if (digits.length <= 19 && strtol(digits) !== 2n ** 63n - 1n) return undefined;
    return refused(
      "LimitRequestBody argument is not parsable.",
      "write a smaller number of bytes, or 0 for no limit",
      text,
    );
  }),
  LimitXMLRequestBody: word((text) =>
    strtol(text) < 0n
      ? refused(
          "LimitXMLRequestBody requires a non-negative integer.",
          "write a number of bytes, or 0 for no limit",
          text,
        )
      : undefined,
  ),
  CGIVar(call) {
    const [name = "", rule = ""] = call.words;
    if (name !== "REQUEST_URI")
      return refused(
        `Unrecognized CGI variable: "${name}"`,
        "write CGIVar REQUEST_URI current-uri or original-uri",
        name,
      );
    const known = ["current-uri", "original-uri"].includes(rule);
    if (known) return undefined;
    return refused(
      "Valid rules for REQUEST_URI are 'current-uri' and 'original-uri'",
      "write current-uri or original-uri",
      rule,
    );
  },
  ...Object.fromEntries(RANGE_NAMES.map((name) => [name, maxRanges(name)])),
  KeepAliveTimeout: word((text) =>
    readTime(text, "s") === undefined
      ? refused("KeepAliveTimeout has wrong format", "write seconds (5) or milliseconds (500ms)", text)
      : undefined,
  ),
};

function errorDocument(call: Call): Objection {
  const [code = "", text = ""] = call.words;
  if (atoi(code) < 100 || atoi(code) > 599) {
    return refused(
      `Unsupported HTTP response code ${code}`,
      "begin with a status from 400 to 599: ErrorDocument 503 /sorry.html",
      code,
    );
  }
  if (!behaves(call.world.httpd, "error-documents-are-expressions")) return undefined;
  return textComplaint(call, text, () => "Cannot parse expression in ErrorDocument: ");
}

function maxRanges(name: string): Check {
  return word((text) => {
    const good = ["none", "default", "unlimited"].includes(text.toLowerCase()) || atoi(text) > 0;
    if (good) return undefined;
    const mend = "write none, default, unlimited or a number from 1 on";
    return refused(`${name} requires 'none', 'default', 'unlimited' or a positive integer`, mend, text);
  });
}

function eachWord(complaintOf: (text: string, call: Call) => Objection): Check {
  return (call) => {
    for (const text of call.words) {
      const complaint = complaintOf(text, call);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };
}

/** `set_loglevel`: `level` or `module:level`. */
function levelComplaint(text: string, call: Call): Objection {
  const known = new RegExp(`^(?:${LEVELS})$`, "i");
  const colon = text.indexOf(":");
  if (colon < 0) return known.test(text) ? undefined : refused(LEVEL_COMPLAINT, LEVEL_MEND, text);
  const module = text.slice(0, colon);
  const level = text.slice(colon + 1);
  if (level === "") {
    const mend = `write a level behind the colon, without a blank: ${module}:info`;
    return refused(`Module specifier '${module}' must be followed by a log level keyword`, mend, text);
  }
  if (!known.test(level)) return refused(`${text}: ${LEVEL_COMPLAINT}`, LEVEL_MEND, text);
  const { modules } = call.world;
  const found = modules.has(module) || modules.has(`${module}_module`) || modules.unknown;
  if (found) return undefined;
  return refused(`Cannot find module ${module}`, `load ${module}, or take ${text} away`, text);
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
function options(call: Call): Objection {
  const words = call.words;
  for (const [index, text] of words.entries()) {
    const signed = /^[+-]/.test(text);
    if (index > 0 && signed !== /^[+-]/.test(words[0] ?? "")) {
      const mend = "write + or - in front of every word, or of none";
      return refused("Either all Options must start with + or -, or no Option may.", mend, text);
    }
    const name = (signed ? text.slice(1) : text).toLowerCase();
    if (signed && name === "none") {
      return refused("You may not use 'Options +None' or 'Options -None'.", "write Options None", text);
    }
    if (!OPTIONS.includes(name)) return illegalOption(signed ? text.slice(1) : text);
  }
  return undefined;
}

function illegalOption(name: string): Objection {
  const near = nearestName(name, OPTIONS);
  const mend =
    near === undefined
      ? "write Options of httpd: None, All, Indexes, FollowSymLinks, ExecCGI, MultiViews"
      : `did you mean ${near}?`;
  return refused(`Illegal option ${name}`, mend, name);
}

/** `set_override`. */
function overrideComplaint(text: string): Objection {
  const [name = "", value] = text.toLowerCase().split("=", 2);
  if (name === "options" && value !== undefined) {
    const original = text.slice(text.indexOf("=") + 1).split(",");
    const unknown = original.find((option) => !OPTIONS.includes(option.toLowerCase()));
    return unknown === undefined ? undefined : illegalOption(unknown);
  }
  if (name === "nonfatal") return undefined;
  const known = ["limit", "options", "fileinfo", "authconfig", "indexes", "none", "all"].includes(name);
  if (known && value === undefined) return undefined;
  const mend = "write None, All, AuthConfig, FileInfo, Indexes, Limit or Options";
  return refused(`Illegal override option ${text}`, mend, text);
}
