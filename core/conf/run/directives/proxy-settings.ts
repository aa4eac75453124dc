import { atoi, strtol } from "../../../httpd/number.js";
import { isSourceAddress } from "../../../httpd/address.js";
import { compiles } from "../../../httpd/regex.js";
import { badRegex } from "./regex-refusal.js";
import { oneOf, word } from "./settings.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import type { Check } from "./call.js";

/** Settings of mod_proxy that are neither mounts nor members: modules/proxy/mod_proxy.c. */
export const PROXY_SETTINGS: Readonly<Record<string, Check>> = {
  ProxyIOBufferSize: word((text) => {
    const size = strtol(text);
    return size < 512n && size !== 0n ? tooSmall("ProxyIOBufferSize", text) : undefined;
  }),
  ProxyReceiveBufferSize: word((text) => {
    const size = atoi(text);
    return size < 512 && size !== 0 ? tooSmall("ProxyReceiveBufferSize", text) : undefined;
  }),
  ProxyVia: oneOf(
    ["off", "on", "full", "block"],
    "ProxyVia must be one of: off | on | full | block",
    "write Off, On, Full or Block",
  ),
  ProxyBadHeader: oneOf(
    ["iserror", "ignore", "startbody"],
    "ProxyBadHeader must be one of: IsError | Ignore | StartBody",
    "write IsError, Ignore or StartBody",
  ),
  ProxyDomain: word((text) => {
    if (text.startsWith(".")) return undefined;
    return refused("ProxyDomain: domain name must start with a dot.", `write .${text}`, text);
  }),
  ProxyErrorOverride: errorOverride,
  ProxyRemote: (call) => remote(call.words, "ProxyRemote"),
  ProxyRemoteMatch(call) {
    const words = call.words;
    const bad = "Regular expression for ProxyRemoteMatch could not be compiled.";
    const [pattern = ""] = words;
    return remote(words, "ProxyRemoteMatch") ?? (compiles(pattern) ? undefined : badRegex(bad, pattern));
  },
  ProxySourceAddress: word((text) => {
    if (isSourceAddress(text)) return undefined;
    return refused("ProxySourceAddress invalid value", "write an address of this machine: 10.0.0.1", text);
  }),
};

/** `set_proxy_error_override`: a flag, then status codes. Words after an empty one are not looked at. */
function errorOverride(call: Parameters<Check>[0]): Objection {
  // Where it is a flag, nobody looks at what stands behind it.
  if (call.rule.form === "FLAG") return undefined;
  let flag: string | undefined;
  for (const text of call.words) {
    if (text === "") return undefined;
    const lower = text.toLowerCase();
    if (lower === "on" || lower === "off") {
      flag = lower;
      continue;
    }
    const complaint = overrideCode(text, flag);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function tooSmall(name: string, text: string): Objection {
  const mend = "write at least 512 (bytes), or 0 for what the system has";
  return refused(`${name} must be >= 512 bytes, or 0 for system default.`, mend, text);
}

function overrideCode(text: string, flag: string | undefined): Objection {
  const mend = "write On or Off, and behind On the status codes it is for: ProxyErrorOverride On 502 503 504";
  if (flag === undefined) return refused("ProxyErrorOverride first parameter must be one of: off | on", mend, text);
  if (!/^[0-9]/.test(text)) return refused("ProxyErrorOverride: status codes to intercept must be numeric", mend, text);
  if (flag === "off") return refused("ProxyErrorOverride: status codes must follow a value of 'on'", mend, text);
  const code = atoi(text);
  return code >= 400 && code < 600
    ? undefined
    : refused(
        "ProxyErrorOverride: status codes to intercept must be valid HTTP Status Codes >=400 && <600",
        "write status codes from 400 to 599",
        text,
      );
}

/** `add_proxy`: the proxy behind the pattern is `scheme://host[:port]`. */
function remote(words: readonly string[], name: string): Objection {
  const [, proxy = ""] = words;
  const colon = proxy.indexOf(":");
  if (colon < 0 || !proxy.startsWith("//", colon + 1) || proxy.length < colon + 4) {
    return refused(
      `${name}: Bad syntax for a remote proxy server`,
      `write the proxy's URL behind what goes there: ${name} ${words[0] ?? "*"} http://10.0.0.1:3128`,
      proxy,
    );
  }
  const portAt = proxy.indexOf(":", colon + 3);
  if (portAt < 0) return undefined;
  const port = proxy.slice(portAt + 1);
  const good = /^[ \t]*[+-]?[0-9]/.test(port) && atoi(port) <= 65_535;
  if (good) return undefined;
  return refused(
    `${name}: Bad syntax for a remote proxy server (bad port number)`,
    "write a port from 1 to 65535",
    proxy,
  );
}
