import { defaultPortOf } from "../../httpd/default-port.js";

/** Workers in the order they were defined, found by name as httpd does. */
export class SharedWorkers<W extends { readonly url: string }> {
  readonly list: W[] = [];
  readonly #byName = new Map<string, W>();

  /** Adds a worker; one of the same name stays the one that is found. */
  add(worker: W): void {
    this.list.push(worker);
    const name = workerName(worker.url);
    if (!this.#byName.has(name)) this.#byName.set(name, worker);
  }

  /** The worker with exactly the name this URL has. */
  named(url: string): W | undefined {
    return this.#byName.get(workerName(url));
  }

  /**
   * The worker a URL shares instead of getting one of its own: the longest name that the URL starts with and that has
   * all of the URL's scheme, host and port (`ap_proxy_get_worker_ex`, modules/proxy/proxy_util.c; measured on 2.4.71).
   */
  shared(url: string): W | undefined {
    const { text, authorityEnd } = comparable(url);
    for (let length = text.length; length >= Math.max(authorityEnd, 1); length--) {
      const worker = this.#byName.get(text.slice(0, length));
      if (worker !== undefined) return worker;
    }
    return undefined;
  }
}

/** A worker's name: scheme and host in lower case, the scheme's default port left out. */
export function workerName(url: string): string {
  const { text, authorityEnd } = comparable(url);
  const authority = text.slice(0, authorityEnd);
  const [, head = authority, port] = /^(.*?):([0-9]*)$/.exec(authority) ?? [];
  const scheme = text.slice(0, text.indexOf(":"));
  const normal = defaultPortOf(scheme);
  const elided = port !== undefined && (port === "" || Number(port) % 65536 === normal || Number(port) % 65536 === 0);
  return `${elided ? head : authority}${text.slice(authorityEnd)}`;
}

/** The URL as httpd compares it: the http part of a socket's URL, scheme and host in lower case. */
function comparable(url: string): { readonly text: string; readonly authorityEnd: number } {
  const bar = /^unix:/i.test(url) ? url.indexOf("|") : -1;
  const plain = url.slice(bar + 1);
  const start = plain.indexOf("://") + 3;
  const slash = plain.indexOf("/", start);
  const authorityEnd = slash === -1 ? plain.length : slash;
  return { text: plain.slice(0, authorityEnd).toLowerCase() + plain.slice(authorityEnd), authorityEnd };
}
