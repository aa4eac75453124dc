import { readAddressPort } from "../../../httpd/address-port.js";
import { isPattern } from "../../../httpd/fnmatch.js";
import { atoi, readTime, strtod, strtol } from "../../../httpd/number.js";
import { serverNameOf } from "../../../httpd/server-name.js";
import { rootRelative } from "../reader.js";
import { oneOf, word } from "./settings.js";
import { errorLogFormat } from "./error-log-format.js";
import { missingHere, refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import type { Call, Check } from "./call.js";

const MECHANISMS = "none|default|flock|fcntl|file|pthread|sysvsem|posixsem|sem|yes|no";
const MECHANISM_LIST =
  "(Mutex mechanisms are: 'none', 'default', 'flock:/path/to/file', 'fcntl:/path/to/file', 'file:/path/to/file', " +
  "'pthread', 'sysvsem', 'posixsem', 'sem')";

/** Settings of servers: server/core.c, server/listen.c, the MPMs, mod_unixd and mod_watchdog. */
export const SERVER_CHECKS: Readonly<Record<string, Check>> = {
  ServerTokens: oneOf(
    ["prod", "productonly", "min", "minimal", "major", "minor", "os", "full"],
    "ServerTokens takes 1 argument: 'Prod(uctOnly)', 'Major', 'Minor', 'Min(imal)', 'OS', or 'Full'",
    "write ServerTokens Prod, which says the least",
  ),
  TraceEnable: oneOf(
    ["on", "off", "extended"],
    "TraceEnable must be one of 'on', 'off', or 'extended'",
    "write TraceEnable Off",
  ),
  AllowEncodedSlashes: oneOf(
    ["on", "off", "nodecode"],
    "AllowEncodedSlashes must be On, Off, or NoDecode",
    "write On, Off or NoDecode",
  ),
  ProtocolsHonorOrder: oneOf(["on", "off"], "ProtocolsHonorOrder must be 'on' or 'off'", "write On or Off"),
  HttpProtocolOptions: (call) => {
    const known = ["strict", "unsafe", "registeredmethods", "lenientmethods", "require1.0", "allow0.9"];
    const unknown = call.words.find((text) => !known.includes(text.toLowerCase()));
    const complaint =
      "HttpProtocolOptions accepts 'Unsafe' or 'Strict' (default), 'RegisteredMethods' or 'LenientMethods' (default), " +
      "and 'Require1.0' or 'Allow0.9' (default)";
    return unknown === undefined ? undefined : refused(complaint, "write Strict", unknown);
  },
  ServerAlias: (call) =>
    call.where.server.virtual
      ? undefined
      : refused("ServerAlias only used in <VirtualHost>", "move it into the <VirtualHost> whose names it adds"),
  ServerName: word(serverName),
  DocumentRoot: documentRoot,
  LimitRequestLine: notNegative("LimitRequestLine", ""),
  LimitRequestFieldsize: notNegative("LimitRequestFieldsize", ""),
  LimitRequestFields: notNegative("LimitRequestFields", " (0 = no limit)"),
  LimitInternalRecursion: (call) =>
    call.words.some((text) => text !== "" && atoi(text) <= 0)
      ? refused("The recursion limit must be greater than zero.", "write a number from 1 on; 10 is httpd's own")
      : undefined,
  ErrorLogFormat: errorLogFormat,
  Mutex: mutex,
  Listen: (call) => listen(call.words, call),
  ListenTCPDeferAccept: positive("ListenTCPDeferAccept"),
  ListenCoresBucketsRatio: positive("ListenCoresBucketsRatio"),
  MaxMemFree: word((text) => {
    const blocks = strtol(text);
    if (blocks >= 0n && !isBeyond(text)) return undefined;
    return refused(`Invalid MaxMemFree value: ${text}`, "write a number of kilobytes, or 0 for no bound", text);
  }),
  ReadBufferSize: wholeNumber(0n, 4_294_967_295n, "(4294967295U)"),
  FlushMaxThreshold: wholeNumber(0n, 4_294_967_295n, "(4294967295U)"),
  FlushMaxPipelined: wholeNumber(-1n, 2_147_483_647n, "(2147483647)"),
  RegexDefaultOptions: (call) => call.words.map(regexOptionComplaint).find((complaint) => complaint !== undefined),
  ListenBacklog: positive("ListenBacklog"),
  SendBufferSize: bufferSize("SendBufferSize"),
  ReceiveBufferSize: bufferSize("ReceiveBufferSize"),
  AsyncRequestWorkerFactor: word((text) => {
    const mend = "write a number greater than 0, such as 2";
    if (!/^[ \t]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) {
      return refused("error parsing value", mend, text);
    }
    if (strtod(text) > 0) return undefined;
    return refused("AsyncRequestWorkerFactor argument must be a positive number", mend, text);
  }),
  WatchdogInterval: word((text) => {
    const time = readTime(text, "s");
    const mend = "write a time of at least 100ms: 1s, 500ms";
    if (time === undefined) return refused("Unparse-able WatchdogInterval setting", mend, text);
    return time < 100_000n ? refused("Invalid WatchdogInterval: minimal value 100ms", mend, text) : undefined;
  }),
  Port: (call) => refused(call.rule.help, "write Listen and the port"),
};

function notNegative(name: string, remark: string): Check {
  return word((text) => {
    if (atoi(text) >= 0) return undefined;
    const mend = remark === "" ? "write a number of bytes, such as 8190" : "write a number, or 0 for no limit";
    return refused(`${name} "${text}" must be a non-negative integer${remark}`, mend, text);
  });
}

function positive(name: string): Check {
  return word((text) =>
    atoi(text) <= 0 ? refused(`${name} must be > 0`, `write ${name} with a number from 1 on`, text) : undefined,
  );
}

/** A number with nothing behind it; the sentence has httpd's own slips (`)` and `U`). */
function wholeNumber(least: bigint, most: bigint, mostText: string): Check {
  const end = mostText.includes("U") ? `${mostText})` : mostText;
  return word((text) => {
    const number = strtol(text);
    const good = /^[ \t]*[+-]?[0-9]+$/.test(text) && number >= least && number <= most;
    if (good) return undefined;
    const sentence = `parameter must be a number between ${least} and ${end}: ${text}`;
    return refused(sentence, `write a whole number from ${least} to ${most}, without a unit`, text);
  });
}

function regexOptionComplaint(text: string): Objection {
  const signed = /^[+-]/.test(text);
  const name = signed ? text.slice(1) : text;
  const known = ["icase", "dotall", "dollar_endonly", ...(signed ? [] : ["none"])];
  if (known.includes(name.toLowerCase())) return undefined;
  const mend = "write None, ICASE, DOTALL or DOLLAR_ENDONLY, with + or - in front to add or take away";
  return refused(`RegexDefaultOptions: option '${name}' unknown`, mend, text);
}

/** True where `strtol` sets ERANGE: more than fits into 64 bits. */
function isBeyond(text: string): boolean {
  const digits = /^[ \t]*[+-]?0*([0-9]*)/.exec(text)?.[1] ?? "";
  return BigInt(digits === "" ? 0 : digits) > 2n ** 63n - 1n;
}

/** A buffer of at least 512 bytes. */
export function bufferSize(name: string): Check {
  return word((text) => {
    const size = strtol(text);
    if (size >= 512n || size === 0n) return undefined;
    const mend = "write at least 512 (bytes), or 0 for what the system has";
    return refused(`${name} must be >= 512 bytes, or 0 for system default.`, mend, text);
  });
}

/** `server_hostname_port`: no pattern, and behind the first colon a port. */
function serverName(text: string): Objection {
  if (isPattern(text)) {
    const sentence = `Invalid ServerName "${text}" use ServerAlias to set multiple server names.`;
    return refused(sentence, "write one host name: *, ? and [...] are for ServerAlias only", text);
  }
  const { port } = serverNameOf(text);
  if (port === undefined || (port >= 1 && port <= 65_535)) return undefined;
  const sentence = `The port number "${text}" is outside the appropriate range (i.e., 1..65535).`;
  return refused(sentence, "write a port from 1 to 65535 behind the name's colon, or no colon", text);
}

/** Judged only where the file system can be seen at all. In a virtual host a missing folder is but warned about. */
function documentRoot(call: Call): Objection {
  if (call.where.server.virtual) return undefined;
  const { reader, serverRoot } = call.world;
  if (reader.readFolder("/") === undefined) return undefined;
  const path = rootRelative(serverRoot, call.words[0] ?? "");
  if (reader.readFolder(path === "" ? "/" : path) !== undefined) return undefined;
  return missingHere(path, `DocumentRoot '${path}' is not a directory, or is not readable`);
}

function mutex(call: Call): Objection {
  const [first = ""] = call.words;
  if (first === "")
    return refused(`Mutex requires at least a mechanism argument ${MECHANISM_LIST}`, "write Mutex default");
  const [name = "", folder] = first.split(":", 2);
  const known = new RegExp(`^(?:${MECHANISMS})$`, "i").test(name);
  if (!known) return refused(`Invalid Mutex argument ${first} ${MECHANISM_LIST}`, "write Mutex default", first);
  const types = call.words.slice(1).filter((type) => type.toLowerCase() !== "omitpid");
  if (/^(?:none|no)$/i.test(name) && (types.at(-1) ?? "default") === "default") {
    return refused("None is not allowed for mutex type default", "write Mutex default", first);
  }
  const { reader } = call.world;
  const judged = folder !== undefined && folder !== "" && reader.readFolder("/") !== undefined;
  if (judged && reader.readFolder(folder) === undefined) {
    return missingHere(folder, `Invalid Mutex directory in argument ${first}`);
  }
  return undefined;
}

/** `ap_set_listener`, without looking names up. */
function listen(words: readonly string[], call: Call): Objection {
  const [address = "", , third] = words;
  const mend =
    "write a port from 1 to 65535, with an address in front if it is to be only that one: Listen 80, Listen 10.0.0.1:80";
  if (words.length === 0 || third !== undefined) return refused("Listen requires 1 or 2 arguments.", mend);
  const read = readAddressPort(address);
  if (read === undefined) return refused("Invalid address or port", mend, address);
  const { host = "*", port } = read;
  if (port === undefined) return refused("Port must be specified", mend, address);
  const key = `${host}:${port}`;
  const { listening } = call.where.server;
  // In a fragment every MPM counts as loaded, and each brings this directive: one line is one listener all the same.
  const other = listening.get(key) ?? call.directive;
  if (host !== "*" && other !== call.directive) {
    const line = other.line.lastLine;
    return refused(
      "Cannot define multiple Listeners on the same IP:port",
      `remove this line: ${address} is on line ${line} already`,
      address,
    );
  }
  listening.set(key, call.directive);
  return undefined;
}
