import { atoi, strtol } from "../../../httpd/number.js";
import { isSourceAddress } from "../../../httpd/address.js";
import { compiles } from "../../../httpd/regex.js";
import { asInTable, oneOf, word } from "./settings.js";
import type { Check } from "./call.js";

/** Settings of mod_proxy that are neither mounts nor members: modules/proxy/mod_proxy.c. */
export const PROXY_SETTINGS: Readonly<Record<string, Check>> = {
  ProxyTimeout: asInTable("proxytimeout"),
  ProxyIOBufferSize: word((text) => {
    const size = strtol(text);
    return size < 512n && size !== 0n ? "ProxyIOBufferSize must be >= 512 bytes, or 0 for system default." : undefined;
  }),
  ProxyReceiveBufferSize: word((text) => {
    const size = atoi(text);
    return size < 512 && size !== 0
      ? "ProxyReceiveBufferSize must be >= 512 bytes, or 0 for system default."
      : undefined;
  }),
  ProxyVia: oneOf(["off", "on", "full", "block"], "ProxyVia must be one of: off | on | full | block"),
  ProxyStatus: asInTable("proxystatus"),
  ProxyBadHeader: oneOf(
    ["iserror", "ignore", "startbody"],
    "ProxyBadHeader must be one of: IsError | Ignore | StartBody",
  ),
  ProxyDomain: word((text) => (text.startsWith(".") ? undefined : "ProxyDomain: domain name must start with a dot.")),
  BalancerGrowth: asInTable("balancergrowth"),
  ProxyErrorOverride: errorOverride,
  ProxyRemote: (call) => remote(call.words, "ProxyRemote"),
  ProxyRemoteMatch(call) {
    const words = call.words;
    const bad = "Regular expression for ProxyRemoteMatch could not be compiled.";
    return remote(words, "ProxyRemoteMatch") ?? (compiles(words[0] ?? "") ? undefined : bad);
  },
  ProxySourceAddress: word((text) => (isSourceAddress(text) ? undefined : "ProxySourceAddress invalid value")),
};

/** `set_proxy_error_override`: a flag, then status codes. Words after an empty one are not looked at. */
function errorOverride(call: Parameters<Check>[0]): string | undefined {
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

function overrideCode(text: string, flag: string | undefined): string | undefined {
  if (flag === undefined) return "ProxyErrorOverride first parameter must be one of: off | on";
  if (!/^[0-9]/.test(text)) return "ProxyErrorOverride: status codes to intercept must be numeric";
  if (flag === "off") return "ProxyErrorOverride: status codes must follow a value of 'on'";
  const code = atoi(text);
  return code >= 400 && code < 600
    ? undefined
    : "ProxyErrorOverride: status codes to intercept must be valid HTTP Status Codes >=400 && <600";
}

/** `add_proxy`: the proxy behind the pattern is `scheme://host[:port]`. */
function remote(words: readonly string[], name: string): string | undefined {
  const [, proxy = ""] = words;
  const colon = proxy.indexOf(":");
  if (colon < 0 || !proxy.startsWith("//", colon + 1) || proxy.length < colon + 4) {
    return `${name}: Bad syntax for a remote proxy server`;
  }
  const portAt = proxy.indexOf(":", colon + 3);
  if (portAt < 0) return undefined;
  const port = proxy.slice(portAt + 1);
  const good = /^[ \t]*[+-]?[0-9]/.test(port) && atoi(port) <= 65_535;
  return good ? undefined : `${name}: Bad syntax for a remote proxy server (bad port number)`;
}
