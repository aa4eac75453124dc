import { asciiLower } from "./ascii.js";
import { LONGEST, isPlainWorkerName, readWorkerUrl, withoutSocket } from "./worker-url.js";

/** The name httpd keeps a worker under (`ap_proxy_define_worker`); a URL it cannot read stays as it is. */
export function workerName(url: string): string {
  if (isPlainWorkerName(url)) return url;
  const worker = readWorkerUrl(url);
  return typeof worker === "string" ? url : worker.name;
}

/** Workers of a balancer, or of a server outside of balancers, found as `ap_proxy_get_worker_ex` finds them. */
export class SharedWorkers<W> {
  readonly #byName = new Map<string, W>();
  readonly #patterns: { readonly name: string; readonly worker: W }[] = [];
  readonly #list: W[] = [];

  /** All that were added, in their order. */
  get list(): readonly W[] {
    return this.#list;
  }

  /**
   * Adds a worker under its {@link workerName}; one of the same name stays the one that is found.
   *
   * @param match - true for workers of ProxyPassMatch, whose names are patterns
   */
  add(name: string, worker: W, match = false): void {
    this.#list.push(worker);
    if (match) this.#patterns.push({ name, worker });
    else if (!this.#byName.has(name)) this.#byName.set(name, worker);
  }

  /** The worker of exactly this name. */
  named(name: string): W | undefined {
    return this.#byName.get(name);
  }

  /**
   * The worker that a URL gets instead of one of its own: the longest name that the URL, its scheme and host in lower
   * case, begins with, and that has all of the URL's scheme, host and port (modules/proxy/proxy_util.c, httpd 2.4.71).
   * A port that the URL names is compared, although names leave the scheme's own out.
   *
   * @param match - true to look among the patterns of ProxyPassMatch instead, for one that fits the URL
   */
  shared(url: string, match = false): W | undefined {
    const compared = comparable(url);
    if (compared === undefined) return undefined;
    const { text, authorityEnd } = compared;
    if (match) {
      const fits = ({ name }: { readonly name: string }): boolean =>
        name.length >= authorityEnd && name.length <= text.length && fitsPattern(text, name);
      return this.#patterns.find(fits)?.worker;
    }
    for (let length = Math.min(text.length, LONGEST.name); length >= authorityEnd; length--) {
      const worker = this.#byName.get(text.slice(0, length));
      if (worker !== undefined) return worker;
    }
    return undefined;
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

/** A URL as it is compared with names; undefined for one that httpd looks nothing up for. */
function comparable(url: string): { readonly text: string; readonly authorityEnd: number } | undefined {
  const plain = withoutSocket(url);
  const colon = plain?.indexOf(":") ?? -1;
  if (plain === undefined || colon < 0 || !plain.startsWith("//", colon + 1) || plain.length < colon + 4)
    return undefined;
  const slash = plain.indexOf("/", colon + 3);
  const authorityEnd = slash < 0 ? plain.length : slash;
  return { text: asciiLower(plain.slice(0, authorityEnd)) + plain.slice(authorityEnd), authorityEnd };
}
