import { decodedPath } from "../httpd/request-path.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { DirConf } from "./dir-conf.js";
import type { Doubt } from "./doubt.js";
import { renameVariables } from "./env-change.js";
import { setEnvironment } from "./environment.js";
import { changeHeaders } from "./headers.js";
import type { Host } from "./host.js";
import { processed } from "./process.js";
import type { Going } from "./request.js";
import { pathOf } from "./start.js";
import type { RouteStep } from "./step.js";
import type { Walked } from "./walked.js";

/** Most internal redirects (LimitInternalRecursion). */
const MOST_REDIRECTS = 10;

/** From reading the request on; again for each internal redirect and error document. */
export function walkHost(host: Host, going: Going, sent: string): Walked {
  let path = sent;
  if (host.forward !== undefined && !sent.startsWith("/")) going.doubt.of(host.forward);
  if (host.keepsSlashes !== undefined) going.doubt.of(host.keepsSlashes);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const step = walkOnce(host, going, path);
    leaveBody(step, going);
    if (host.recursion !== undefined && redirects > 0) going.doubt.of(host.recursion);
    if (step.kind === "again") {
      path = step.path;
      startAgain(going);
      continue;
    }
    const document = step.kind === "answer" ? documentOf(step.conf, step.status) : undefined;
    if (document === undefined || step.kind !== "answer" || !mayHaveDocument(going))
      return { end: step, conf: step.conf, going, host };
    if (!document.value.startsWith("/")) {
      const status = isUrl(document.value) ? 302 : step.status;
      return { end: { ...step, status, by: [...step.by, document.at] }, conf: step.conf, going, host };
    }
    beginErrorDocument(going, step.status);
    path = document.value;
  }
  const status = shownStatus(500, going);
  return { end: { kind: "answer", status, by: going.by }, conf: host.base, going, host };
}

/**
 * Whether an error may have a document: `ap_die_r` has none where the request has a status already, which is not looked
 * at in the request that the client sent.
 */
function mayHaveDocument({ status, failed, previous }: Going): boolean {
  return status === 200 || (failed === undefined && previous === undefined);
}

/**
 * The status of an answer: of a page that of the request, which is not 200 in an error document and behind a rule with
 * [R] that leads on. Where one of those fails, `ap_die_r` goes back to the first request of the chain that had a status.
 */
function shownStatus(status: number, going: Going): number {
  if (going.status === 200) return status;
  return status === 200 ? going.status : (going.failed ?? status);
}

/** `ap_internal_redirect` of a rule: the new request has the status of the one that led to it. */
function startAgain(going: Going): void {
  going.failed = going.status === 200 ? undefined : (going.failed ?? going.status);
  renameVariables(going);
}

/** Whether a body that is too long for its part of the paths changes httpd's own answer depends on when it is read. */
function leaveBody({ kind, conf: { bodyLimit }, ...step }: RouteStep, going: Going): void {
  if (kind !== "answer" || bodyLimit === undefined || bodyLimit.value === 0 || going.body <= bodyLimit.value) return;
  if (!("status" in step) || step.status !== 413) going.doubt.of(bodyLimit.at);
}

function beginErrorDocument(going: Going, status: number): void {
  going.status = status;
  going.failed ??= status;
  going.method = "GET";
  renameVariables(going);
}

function walkOnce(host: Host, going: Going, path: string): RouteStep {
  begin(going, path, host);
  if (host.base.headers !== undefined) changeHeaders(host.base.headers, going, true);
  const target = pathOf(going.method, path);
  const all = going.method === "CONNECT" ? target.replaceAll("?", "%3F") : target;
  const uri = decodedPath(all, host.base.encodedSlashes?.value ?? "off");
  setEnvironment(host.environment, going);
  if (typeof uri === "number") return answered(going, { kind: "answer", status: uri, by: [], conf: host.base });
  going.uri = uri;
  return answered(going, processed(going, host));
}

/** An error on the way to an error document ends with the first one. */
function answered(going: Going, step: RouteStep): RouteStep {
  return step.kind === "answer" ? { ...step, status: shownStatus(step.status, going) } : step;
}

function begin(going: Going, path: string, { base }: Host): void {
  going.previous = going.merged;
  going.merged = { conf: base, placed: false };
  const own = pathOf(going.method, path);
  // Where CONNECT leads is no path with a query (`ap_parse_uri` of server/protocol.c), also behind an internal redirect.
  const query = going.method === "CONNECT" ? -1 : own.indexOf("?");
  going.unparsed = path;
  going.uri = (query === -1 ? own : own.slice(0, query)).replace(/^\/{2,}/, "/");
  going.args = query === -1 ? undefined : own.slice(query + 1);
  going.filename = undefined;
  going.place = undefined;
  going.proxied = false;
  going.verbatim = false;
  going.handler = undefined;
  going.forcedHandler = undefined;
}

function documentOf(
  { errorDocuments }: DirConf,
  status: number,
): { readonly value: string; readonly at: Pointer } | undefined {
  const document = errorDocuments?.get(status);
  return document === undefined || document.value.toLowerCase() === "default" ? undefined : document;
}

function isUrl(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text);
}

/** Where httpd ended, or where its way to a balancer stood. */
type Stood = Pick<Walked, "host" | "conf" | "going">;

/** What a balancer or backend has failed with. */
export interface BackendError {
  readonly status: number;
  /** True for an answer of its own that ProxyErrorOverride takes. */
  readonly overridden: boolean;
}

/**
 * Whether an error has a document, once a balancer or backend has failed. An answer that ProxyErrorOverride takes sets the
 * status of the request back first (`ap_proxy_http_process_response` of mod_proxy_http.c), so that it may always have one.
 */
export function hasDocument({ conf, going }: Stood, { status, overridden }: BackendError): boolean {
  return documentOf(conf, status) !== undefined && (overridden || mayHaveDocument(going));
}

/** `ap_die_r` of http_request.c, once a balancer or backend has failed; the error has to have a document. */
export function walkDocument({ host, conf, going }: Stood, { status, overridden }: BackendError, doubt: Doubt): Walked {
  const { value, at } = documentOf(conf, status) ?? { value: "", at: "" };
  const headers = new Map(going.headers);
  const variables = { env: new Map(going.env), passed: new Map(going.passed) };
  const round = overridden ? going.overridden + 1 : going.overridden;
  const again = { ...going, ...variables, doubt, headers, by: [at], overridden: round };
  if (round > MOST_REDIRECTS) {
    return { end: { kind: "answer", status: again.failed ?? status, by: [at] }, conf, going: again, host };
  }
  if (!value.startsWith("/")) {
    const end = { kind: "answer", status: isUrl(value) ? 302 : status, by: [at] } as const;
    return { end, conf, going: again, host };
  }
  beginErrorDocument(again, status);
  return walkHost(host, again, value);
}
