import { asciiLower } from "../../../httpd/ascii.js";

/** Longest name of a worker. */
const LONGEST_NAME = 383;

/** The names of the workers of a balancer, or of those of a server that belong to no balancer. */
export class WorkerList {
  readonly #names = new Set<string>();
  readonly #patterns: string[] = [];

  /** @param match - true for workers of ProxyPassMatch, whose names are patterns */
  add(name: string, match: boolean): void {
    if (match) this.#patterns.push(name);
    else this.#names.add(name);
  }

  /**
   * True when httpd shares a worker for a URL, as `ap_proxy_get_worker_ex` finds it (modules/proxy/proxy_util.c): a
   * name the URL starts with, where at least scheme, host and port have to be equal.
   *
   * @param match - true to look among the patterns of ProxyPassMatch instead, for one that fits the URL
   */
  has(url: string, match = false): boolean {
    const colon = url.indexOf(":");
    if (colon < 0 || !url.startsWith("//", colon + 1) || url.length < colon + 4) return false;
    const slash = url.indexOf("/", colon + 3);
    const least = slash < 0 ? url.length : slash;
    const text = slash < 0 ? asciiLower(url) : asciiLower(url.slice(0, least)) + url.slice(least);
    return match ? this.#hasPattern(text, least) : this.#hasPrefix(text, least);
  }

  #hasPrefix(text: string, least: number): boolean {
    for (let length = Math.min(text.length, LONGEST_NAME); length >= Math.max(least, 1); length -= 1) {
      if (this.#names.has(text.slice(0, length))) return true;
    }
    return false;
  }

  #hasPattern(text: string, least: number): boolean {
    return this.#patterns.some((name) => name.length >= least && name.length <= text.length && fitsPattern(text, name));
  }
}

/** `ap_proxy_strcmp_ematch`: `$1` and the like stand for any text, a backslash takes the next character as it is. */
function fitsPattern(text: string, pattern: string): boolean {
  const parts = pattern.split(/(?:\$[0-9])+/).map((part) => part.replace(/\\(.)/gs, "$1"));
  const [first = "", ...rest] = parts;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
