import { readConf, readingOf } from "../conf/read/read-conf.js";
import type { ReadConf } from "../conf/read/read-conf-result.js";
import { run } from "../conf/run/run.js";
import { expandable, verdictOf } from "./configtest.js";
import type { ConfigTestVerdict, HttpdConfOptions } from "./configtest.js";

/** An httpd.conf as a topology, or httpd's refusal of it. */
export type HttpdConfReading =
  | ({ readonly ok: true } & ReadConf)
  | { readonly ok: false; readonly refusal: Extract<ConfigTestVerdict, { readonly ok: false }> };

/**
 * Reads an httpd.conf into what httpd would run with. Members are named by their URL; `lines` says of each directive
 * what became of it, and `locate` where the value of a pointer is written.
 */
export function readHttpdConf(text: string, options: HttpdConfOptions = {}): HttpdConfReading {
  const ran = run(expandable(text, options));
  const verdict = verdictOf(ran);
  if (!verdict.ok) return { ok: false, refusal: verdict };
  return { ok: true, ...readConf(ran.statements, readingOf(ran.expansion)) };
}
