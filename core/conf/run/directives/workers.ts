import { isPlainWorkerName, readWorkerUrl, withoutSocket } from "../../../httpd/worker-url.js";
import { behaves } from "../../../vocabulary/behaviours.js";
import { compareVersions, MEASURED_VERSION } from "../../../vocabulary/versions.js";
import { refused } from "../refusal.js";
import { urlMend } from "./worker-url-mend.js";
import type { SharedWorkers } from "../../../httpd/shared-workers.js";
import type { UrlRules } from "../../../httpd/worker-url.js";
import type { HttpdVersion } from "../../../vocabulary/versions.js";
import type { Worker } from "../effects.js";
import type { Refusal } from "../refusal.js";

/** A worker that has been defined. */
export interface Defined {
  readonly worker: Worker;
  /** False for a second entry of a name. */
  readonly fresh: boolean;
}

/** Defines a worker, or says httpd's complaint. */
export function define(
  workers: SharedWorkers<Worker>,
  url: string,
  match: boolean,
  httpd: HttpdVersion,
): Defined | Refusal {
  const read = !match && isPlainWorkerName(url) ? { name: url } : readWorkerUrl(url, match, urlRules(httpd));
  if (typeof read === "string") return { ...refused(read, urlMend(url), url), fault: "bad URL" };
  const worker = { name: read.name, url };
  const twin = match ? undefined : workers.named(worker.name);
  workers.add(worker.name, worker, match);
  return { worker: twin ?? worker, fresh: twin === undefined };
}

/** The URL that a worker is looked up by; undefined where httpd refuses a socket without a scheme behind it. */
export function lookupUrl(url: string, httpd: HttpdVersion): string | undefined {
  const plain = behaves(httpd, "sockets-known") ? withoutSocket(url) : url;
  return plain ?? (behaves(httpd, "socket-without-scheme-refused") ? undefined : url);
}

/** A `unix:` socket without a URL behind it. */
export function badSocket(sentence: string, url: string): Refusal {
  const mend = "write the URL behind a bar, without blanks: unix:/run/app.sock|http://localhost/";
  return refused(sentence, mend, url);
}

function urlRules(httpd: HttpdVersion): UrlRules | undefined {
  if (httpd === MEASURED_VERSION || compareVersions(httpd, MEASURED_VERSION) >= 0) return undefined;
  return {
    sockets: behaves(httpd, "sockets-known"),
    emptyHostRefused: behaves(httpd, "empty-host-refused"),
    shown: shownUrl(httpd),
  };
}

function shownUrl(httpd: HttpdVersion): UrlRules["shown"] {
  if (!behaves(httpd, "bad-url-shown")) return "nothing";
  return behaves(httpd, "socket-without-scheme-refused") ? "whole" : "behind socket";
}
