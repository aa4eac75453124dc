import { balancerMeant } from "../httpd/balancer-name.js";
import type { DirConf } from "./dir-conf.js";
import type { Loaded } from "./loaded.js";
import type { Going } from "./request.js";
import { isHandled } from "./scheme-handler.js";

/** What cannot be decoded once more. */
const HALF_ENCODED = /%(?![0-9a-f]{2})/i;

/**
 * True where `proxy_fixup` of mod_proxy.c cannot make the URL canonical that a request goes to, which is 400: it names no
 * scheme or no backend, or the path of a backend's URL is encoded by half.
 */
export function isUncanonical({ proxied, filename = "", verbatim }: Going, conf: DirConf, loaded: Loaded): boolean {
  if (!proxied || !filename.startsWith("proxy:")) return false;
  const url = filename.slice("proxy:".length);
  if (!url.includes(":") || namesNoBackend(url, loaded)) return true;
  return !url.toLowerCase().startsWith("balancer:") && isHalfEncoded(url, verbatim, conf);
}

/**
 * With NoDecode `ap_proxy_canonenc_ex` of proxy_util.c looks for encoded slashes in a path that was decoded already, and
 * refuses with 400 what is encoded by half. For a balancer that is so once it has a member to ask (measured on httpd
 * 2.4.71).
 */
export function isHalfEncoded(url: string, verbatim: boolean, { encodedSlashes }: DirConf): boolean {
  if (encodedSlashes?.value !== "nodecode" || verbatim) return false;
  return HALF_ENCODED.test(url.replace(/^[^:]*:\/\/[^/]*/, ""));
}

/**
 * True where a module that is loaded handles the scheme of a URL and finds neither a host nor a balancer's name behind it
 * (`ap_proxy_canon_netloc` of proxy_util.c, which is 400).
 */
export function namesNoBackend(url: string, loaded: Loaded): boolean {
  const [, scheme = "", authority = ""] = /^([^:]*):\/\/([^/]*)/.exec(url) ?? [];
  return scheme !== "" && isHandled(scheme, loaded) === true && balancerMeant(authority) === 400;
}
