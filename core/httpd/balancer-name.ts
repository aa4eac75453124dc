import { isIpAddress } from "./address.js";
import { asciiLower } from "./ascii.js";

/** True for names that httpd takes for balancers: `balancer:` in any case. */
export function isBalancerUrl(url: string): boolean {
  return /^balancer:/i.test(url);
}

/** `balancer://name/path` in its two parts, as they are written. */
export interface BalancerUrl {
  readonly name: string;
  /** What stands behind the name, from the first `/` on; empty for nothing. */
  readonly rest: string;
}

/** Cuts a URL that begins with `balancer://` where {@link balancerKey} cuts it; undefined for every other. */
export function splitBalancerUrl(url: string): BalancerUrl | undefined {
  const parts = /^balancer:\/\/([^/]*)(.*)$/is.exec(url);
  return parts === null ? undefined : { name: parts[1] ?? "", rest: parts[2] ?? "" };
}

/** A URL with the name of its balancer in lower case, as httpd looks it up; every other URL as it is. */
export function withBalancerInLowerCase(url: string): string {
  const parts = splitBalancerUrl(url);
  return parts === undefined ? url : `balancer://${asciiLower(parts.name)}${parts.rest}`;
}

/**
 * The name a balancer is kept under: lower case, without a path (`ap_proxy_get_balancer`); undefined when it is not
 * `scheme://` and at least one character.
 */
export function balancerKey(url: string): string | undefined {
  const colon = url.indexOf(":");
  if (colon < 0 || !url.startsWith("//", colon + 1) || url.length < colon + 4) return undefined;
  const slash = url.indexOf("/", colon + 3);
  return asciiLower(slash < 0 ? url : url.slice(0, slash));
}

/**
 * The balancer a request is sent to whose URL has this between `balancer://` and the next slash, or httpd's answer:
 * `proxy_balancer_canon` of mod_proxy_balancer.c takes it for user, host and port (`ap_proxy_canon_netloc`), and only the
 * host is the name then (measured on httpd 2.4.71).
 */
export function balancerMeant(text: string): string | 400 | 500 {
  const authority = text.slice(text.lastIndexOf("@") + 1);
  const port = /:([0-9]+)$/.exec(authority);
  const number = Number(port?.[1] ?? 1);
  const host = port === null ? authority : authority.slice(0, port.index);
  if (/^[0-9]*$/.test(host) && (port === null || host === "")) return 400;
  if (number < 1 || number > 65_535) return 400;
  if (host.startsWith("[")) return isIpAddress(host.replace(/^\[|\]$/g, "")) && host.endsWith("]") ? 500 : 400;
  return host;
}
