import type { FailureKind } from "./backend.js";

/** Protocols of backends whose failures were measured; WebSockets are HTTP to mod_proxy_http. */
export type Protocol = "http" | "ajp" | "fcgi" | "scgi" | "uwsgi";

/** How an attempt on a failing backend ends for httpd. */
export interface Handled {
  /** Status of the scheme handler: 503 tries another member, 500 and 503 put this one into error. */
  readonly access: 500 | 502 | 503 | 504;
  /** The client's connection is closed without an answer. */
  readonly drops?: true;
  /** Which of a member's timeouts runs out. */
  readonly waits?: "connectTimeout" | "answerTimeout";
  /** `failontimeout` sees that a timeout has run out. */
  readonly timesOut?: true;
  /** The request was sent before it failed: bytraffic counts its bytes. */
  readonly sent?: true;
  /** A status line came back: bytraffic counts it. */
  readonly statusLine?: true;
}

/** What of an attempt decides beside protocol and failure. */
export interface Attempt {
  /** httpd must not send it twice: a method that changes something, a body, or a query (`is_idempotent` of mod_proxy_ajp.c). */
  readonly once: boolean;
  /** The client's connection has carried a request before. */
  readonly kept: boolean;
  /** The member has `ping`. */
  readonly pinged: boolean;
}

/** One failure in one protocol: how any attempt ends, and where it ends otherwise. */
interface Endings {
  readonly any: Handled;
  readonly once?: Handled;
  readonly kept?: Handled;
  readonly pinged?: Handled;
}

/** No connection came about: nothing was sent, whatever the protocol. */
const UNREACHED: Endings = { any: { access: 503 } };
const UNREACHED_IN_TIME: Endings = { any: { access: 503, waits: "connectTimeout" } };
const UNRESOLVED: Endings = { any: { access: 500 } };

/** mod_proxy_http: 502, or as the client of a kept connection may well send again, the end of that connection. */
const HTTP_CUT: Endings = {
  any: { access: 502, sent: true },
  kept: { access: 500, sent: true, drops: true },
};
const HTTP_BROKEN: Endings = { any: { access: 502, sent: true, statusLine: true } };
const HTTP_HANG: Endings = { any: { access: 502, sent: true, waits: "answerTimeout", timesOut: true } };

/** mod_proxy_ajp: another member may try what can be sent twice. */
const AJP_CUT: Endings = { any: { access: 503, sent: true }, once: { access: 500, sent: true } };
const AJP_HANG: Endings = {
  any: { access: 503, sent: true, waits: "answerTimeout" },
  once: { access: 500, sent: true, waits: "answerTimeout" },
  pinged: { access: 504, sent: true, waits: "answerTimeout" },
};

const FCGI_CUT: Endings = { any: { access: 503, sent: true } };
const SCGI_CUT: Endings = { any: { access: 500, sent: true } };
const LATE: Endings = { any: { access: 504, sent: true, waits: "answerTimeout" } };
const UWSGI_HANG: Endings = { any: { access: 500, sent: true, waits: "answerTimeout" } };

/** Failures before a protocol has a say. */
const BEFORE = { refuses: UNREACHED, lost: UNREACHED_IN_TIME, unresolvable: UNRESOLVED } as const;

/**
 * What httpd makes of each failure, by protocol; each entry measured on httpd 2.4.71 with a member that fails when it
 * has read the request. What was not measured is not here.
 */
const FAILURES: Readonly<Record<Protocol, Readonly<Partial<Record<FailureKind, Endings>>>>> = {
  http: { ...BEFORE, closes: HTTP_CUT, reset: HTTP_CUT, breaks: HTTP_BROKEN, hang: HTTP_HANG },
  ajp: { ...BEFORE, closes: AJP_CUT, reset: AJP_CUT, breaks: AJP_CUT, hang: AJP_HANG },
  fcgi: { ...BEFORE, closes: FCGI_CUT, reset: FCGI_CUT, hang: LATE },
  scgi: { ...BEFORE, closes: SCGI_CUT, reset: SCGI_CUT, hang: LATE },
  uwsgi: { ...BEFORE, closes: SCGI_CUT, reset: SCGI_CUT, hang: UWSGI_HANG },
};

/** Protocols by scheme of a worker's URL. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  http: "http",
  https: "http",
  ws: "http",
  wss: "http",
  ajp: "ajp",
  fcgi: "fcgi",
  scgi: "scgi",
  uwsgi: "uwsgi",
};

/** The protocol of a worker's URL; undefined where its failures were not measured. */
export function protocolOf(url: string): Protocol | undefined {
  const scheme = /^(?:unix:[^|]*\|)?([a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  return scheme === undefined ? undefined : PROTOCOLS[scheme];
}

/** True when nobody has measured how this failure ends in this protocol. */
export function isUnmeasured(failure: FailureKind, protocol: Protocol | undefined): boolean {
  return protocol === undefined ? !Object.hasOwn(BEFORE, failure) : FAILURES[protocol][failure] === undefined;
}

/** How an attempt ends; what was not measured is taken for a 502, see {@link isUnmeasured}. */
export function failureHandled(failure: FailureKind, protocol: Protocol | undefined, attempt: Attempt): Handled {
  const { any, once, kept, pinged } = endingsOf(failure, protocol);
  if (attempt.pinged && pinged !== undefined) return pinged;
  if (attempt.kept && kept !== undefined) return kept;
  return attempt.once && once !== undefined ? once : any;
}

/** True when some attempt that fails so is tried again. */
export function mayTryAgain(failure: FailureKind, protocol: Protocol | undefined): boolean {
  return endingsOf(failure, protocol).any.access === 503;
}

function endingsOf(failure: FailureKind, protocol: Protocol | undefined): Endings {
  return FAILURES[protocol ?? "http"][failure] ?? HTTP_BROKEN;
}

/** In the reader's words. */
export const FAILURE_WORDS: Readonly<Record<FailureKind, string>> = {
  refuses: "connection refused",
  lost: "no connection within the timeout",
  hang: "no answer within the timeout",
  closes: "connection closed without an answer",
  breaks: "connection closed in the middle of an answer",
  reset: "connection reset",
  unresolvable: "host name does not resolve",
};
