import { asciiLower } from "../../topology/url.js";
import type { WorkerUrl } from "../../topology/url.js";

/** A worker that has been defined. */
export interface Worker extends WorkerUrl {
  /** True for workers of ProxyPassMatch, whose names are patterns. */
  readonly match: boolean;
}

/** Longest name of a worker. */
const LONGEST_NAME = 383;

/** The workers of a balancer, or those of a server that belong to no balancer. */
export class WorkerList {
  readonly #byName = new Map<string, Worker>();
  readonly #patterns: Worker[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(worker: Worker): void {
    this.#size += 1;
    if (worker.match) this.#patterns.push(worker);
    else if (!this.#byName.has(worker.name)) this.#byName.set(worker.name, worker);
  }

  /**
   * The worker that httpd shares for a URL, as `ap_proxy_get_worker_ex` finds it (modules/proxy/proxy_util.c): the
   * longest name the URL starts with, where at least scheme, host and port have to be equal.
   *
   * @param match - true to look among the patterns of ProxyPassMatch instead, for one that fits the URL
   */
  find(url: string, match = false): Worker | undefined {
    const colon = url.indexOf(":");
    if (colon < 0 || !url.startsWith("//", colon + 1) || url.length < colon + 4) return undefined;
    const slash = url.indexOf("/", colon + 3);
    const least = slash < 0 ? url.length : slash;
    const text = asciiLower(url.slice(0, least)) + url.slice(least);
    return match ? this.#longestPattern(text, least) : this.#longestPrefix(text, least);
  }

  #longestPrefix(text: string, least: number): Worker | undefined {
    for (let length = Math.min(text.length, LONGEST_NAME); length >= Math.max(least, 1); length -= 1) {
      const worker = this.#byName.get(text.slice(0, length));
      if (worker !== undefined) return worker;
    }
    return undefined;
  }

  #longestPattern(text: string, least: number): Worker | undefined {
    let longest: Worker | undefined;
    for (const worker of this.#patterns) {
      const { length } = worker.name;
      if (length < least || length > text.length || length <= (longest?.name.length ?? 0)) continue;
      if (fitsPattern(text, worker.name)) longest = worker;
    }
    return longest;
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
