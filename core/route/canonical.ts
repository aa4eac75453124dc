import { balancerMeant } from "../httpd/balancer-name.js";
import type { DirConf } from "./dir-conf.js";
import type { Loaded } from "./loaded.js";
import type { Going } from "./request.js";
import { isHandled } from "./scheme-handler.js";

/**
 * What cannot be decoded once more: with NoDecode `ap_proxy_canonenc_ex` of proxy_util.c looks for encoded slashes in the
 * path that was decoded already, and refuses it with 400 (measured on httpd 2.4.71).
 */
const HALF_ENCODED = /%(?![0-9a-f]{2})/i;

/**
 * True where `proxy_fixup` of mod_proxy.c cannot make the URL canonical that a request goes to, which is 400: it names no
 * scheme or no backend, or its path is encoded by half.
 */
export function isUncanonical({ proxied, filename = "", verbatim }: Going, conf: DirConf, loaded: Loaded): boolean {
  if (!proxied || !filename.startsWith("proxy:")) return false;
  const url = filename.slice("proxy:".length);
  if (!url.includes(":") || namesNoBackend(url, loaded)) return true;
  const path = url.replace(/^[^:]*:\/\/[^/]*/, "");
  return conf.encodedSlashes?.value === "nodecode" && !verbatim && HALF_ENCODED.test(path);
}

/**
 * True where a module that is loaded handles the scheme of a URL and finds neither a host nor a balancer's name behind it
 * (`ap_proxy_canon_netloc` of proxy_util.c, which is 400).
 */
export function namesNoBackend(url: string, loaded: Loaded): boolean {
  const [, scheme = "", authority = ""] = /^([^:]*):\/\/([^/]*)/.exec(url) ?? [];
  return scheme !== "" && isHandled(scheme, loaded) === true && balancerMeant(authority) === 400;
}
