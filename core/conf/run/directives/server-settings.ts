import { atoi, readTime, strtod, strtol } from "../../../httpd/number.js";
import { rootRelative } from "../reader.js";
import { oneOf, word } from "./settings.js";
import { missingHere } from "../refusal.js";
import type { Complaint } from "../refusal.js";
import type { Call, Check } from "./call.js";

const MECHANISMS = "none|default|flock|fcntl|file|pthread|sysvsem|posixsem|sem|yes|no";
const MECHANISM_LIST =
  "(Mutex mechanisms are: 'none', 'default', 'flock:/path/to/file', 'fcntl:/path/to/file', 'file:/path/to/file', " +
  "'pthread', 'sysvsem', 'posixsem', 'sem')";

/** Settings of servers: server/core.c, server/listen.c, the MPMs, mod_unixd and mod_watchdog. */
export const SERVER_SETTINGS: Readonly<Record<string, Check>> = {
  ServerTokens: oneOf(
    ["prod", "productonly", "min", "minimal", "major", "minor", "os", "full"],
    "ServerTokens takes 1 argument: 'Prod(uctOnly)', 'Major', 'Minor', 'Min(imal)', 'OS', or 'Full'",
  ),
  TraceEnable: oneOf(["on", "off", "extended"], "TraceEnable must be one of 'on', 'off', or 'extended'"),
  AllowEncodedSlashes: oneOf(["on", "off", "nodecode"], "AllowEncodedSlashes must be On, Off, or NoDecode"),
  ProtocolsHonorOrder: oneOf(["on", "off"], "ProtocolsHonorOrder must be 'on' or 'off'"),
  HttpProtocolOptions: (call) => {
    const known = ["strict", "unsafe", "registeredmethods", "lenientmethods", "require1.0", "allow0.9"];
    const unknown = call.words.some((text) => !known.includes(text.toLowerCase()));
    const complaint =
      "HttpProtocolOptions accepts 'Unsafe' or 'Strict' (default), 'RegisteredMethods' or 'LenientMethods' (default), " +
      "and 'Require1.0' or 'Allow0.9' (default)";
    return unknown ? complaint : undefined;
  },
  ServerAlias: (call) => (call.where.server.virtual ? undefined : "ServerAlias only used in <VirtualHost>"),
  ServerName: word(serverName),
  DocumentRoot: documentRoot,
  LimitRequestLine: notNegative("LimitRequestLine", ""),
  LimitRequestFieldsize: notNegative("LimitRequestFieldsize", ""),
  LimitRequestFields: notNegative("LimitRequestFields", " (0 = no limit)"),
  LimitInternalRecursion: (call) =>
    call.words.some((text) => text !== "" && atoi(text) <= 0)
      ? "The recursion limit must be greater than zero."
      : undefined,
  ErrorLogFormat: (call) => {
    const [first = "", second] = call.words;
    if (second === undefined) {
      return first.includes("%M") ? undefined : "main ErrorLogFormat must contain message format string '%M'";
    }
    const known = ["request", "connection"].includes(first.toLowerCase());
    return known ? undefined : "ErrorLogFormat type must be one of request, connection";
  },
  Mutex: mutex,
  Listen: (call) => listen(call.words, call),
  ListenTCPDeferAccept: positive("ListenTCPDeferAccept"),
  ListenCoresBucketsRatio: positive("ListenCoresBucketsRatio"),
  ReadBufferSize: wholeNumber(0n, 4_294_967_295n, "(4294967295U)"),
  FlushMaxThreshold: wholeNumber(0n, 4_294_967_295n, "(4294967295U)"),
  FlushMaxPipelined: wholeNumber(-1n, 2_147_483_647n, "(2147483647)"),
  RegexDefaultOptions: (call) => call.words.map(regexOptionComplaint).find((complaint) => complaint !== undefined),
  ListenBacklog: word((text) => (atoi(text) <= 0 ? "ListenBacklog must be > 0" : undefined)),
  SendBufferSize: bufferSize("SendBufferSize"),
  ReceiveBufferSize: bufferSize("ReceiveBufferSize"),
  AsyncRequestWorkerFactor: word((text) => {
    if (!/^[ \t]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) return "error parsing value";
    return strtod(text) <= 0 ? "AsyncRequestWorkerFactor argument must be a positive number" : undefined;
  }),
  WatchdogInterval: word((text) => {
    const time = readTime(text, "s");
    if (time === undefined) return "Unparse-able WatchdogInterval setting";
    return time < 100_000n ? "Invalid WatchdogInterval: minimal value 100ms" : undefined;
  }),
  Port: (call) => call.rule.help,
};

function notNegative(name: string, remark: string): Check {
  return word((text) => (atoi(text) < 0 ? `${name} "${text}" must be a non-negative integer${remark}` : undefined));
}

function positive(name: string): Check {
  return word((text) => (atoi(text) <= 0 ? `${name} must be > 0` : undefined));
}

/** A number with nothing behind it; the sentence has httpd's own slips (`)` and `U`). */
function wholeNumber(least: bigint, most: bigint, mostText: string): Check {
  const end = mostText.includes("U") ? `${mostText})` : mostText;
  return word((text) => {
    const number = strtol(text);
    const good = /^[ \t]*[+-]?[0-9]+$/.test(text) && number >= least && number <= most;
    return good ? undefined : `parameter must be a number between ${least} and ${end}: ${text}`;
  });
}

function regexOptionComplaint(text: string): string | undefined {
  const signed = /^[+-]/.test(text);
  const name = signed ? text.slice(1) : text;
  const known = ["icase", "dotall", "dollar_endonly", ...(signed ? [] : ["none"])];
  return known.includes(name.toLowerCase()) ? undefined : `RegexDefaultOptions: option '${name}' unknown`;
}

function bufferSize(name: string): Check {
  return word((text) => {
    const size = strtol(text);
    return size < 512n && size !== 0n ? `${name} must be >= 512 bytes, or 0 for system default.` : undefined;
  });
}

/** `server_hostname_port`: a port behind the first colon that is not part of `scheme://`. */
function serverName(text: string): string | undefined {
  const name = text.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, "");
  const at = name.startsWith("[") ? name.indexOf("]:") + 1 : name.indexOf(":");
  if (at <= 0 && !name.startsWith(":")) return undefined;
  const port = atoi(name.slice(at + 1));
  if (port >= 1 && port <= 65_535) return undefined;
  return `The port number "${text}" is outside the appropriate range (i.e., 1..65535).`;
}

/** Judged only where the file system can be seen at all. In a virtual host a missing folder is but warned about. */
function documentRoot(call: Call): Complaint {
  if (call.where.server.virtual) return undefined;
  const { reader, serverRoot } = call.world;
  if (reader.readFolder("/") === undefined) return undefined;
  const path = rootRelative(serverRoot, call.words[0] ?? "");
  if (reader.readFolder(path === "" ? "/" : path) !== undefined) return undefined;
  return missingHere(path, `DocumentRoot '${path}' is not a directory, or is not readable`);
}

function mutex(call: Call): Complaint {
  const [first = ""] = call.words;
  if (first === "") return `Mutex requires at least a mechanism argument ${MECHANISM_LIST}`;
  const [name = "", folder] = first.split(":", 2);
  const known = new RegExp(`^(?:${MECHANISMS})$`, "i").test(name);
  if (!known) return `Invalid Mutex argument ${first} ${MECHANISM_LIST}`;
  const { reader } = call.world;
  const judged = folder !== undefined && folder !== "" && reader.readFolder("/") !== undefined;
  if (judged && reader.readFolder(folder) === undefined) {
    return missingHere(folder, `Invalid Mutex directory in argument ${first}`);
  }
  return undefined;
}

/** `ap_set_listener`, without looking names up. */
function listen(words: readonly string[], call: Call): string | undefined {
  const [address = "", , third] = words;
  if (words.length === 0 || third !== undefined) return "Listen requires 1 or 2 arguments.";
  const bracket = /^\[([^\]]*)\](?::(.*))?$/s.exec(address);
  const colon = address.lastIndexOf(":");
  const port = bracket === null ? address.slice(colon + 1) : (bracket[2] ?? "");
  if (!/^[0-9]+$/.test(port)) return "Port must be specified";
  if (Number(port) < 1 || Number(port) > 65_535) return "Invalid address or port";
  const host = bracket === null ? address.slice(0, Math.max(colon, 0)) : (bracket[1] ?? "");
  const key = `${host === "*" ? "" : host}:${Number(port)}`;
  const { listening } = call.where.server;
  // In a fragment every MPM counts as loaded, and each brings this directive: one line is one listener all the same.
  const other = listening.get(key) ?? call.directive;
  if (host !== "" && host !== "*" && other !== call.directive) {
    return "Cannot define multiple Listeners on the same IP:port";
  }
  listening.set(key, call.directive);
  return undefined;
}
