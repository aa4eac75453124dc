import type { BackendFailure } from "../scenario/steps.js";

/** What stands behind a member at a moment. */
export type Backend =
  | { readonly kind: "answers"; readonly status: number; readonly body: number }
  | { readonly kind: "refuses" }
  | { readonly kind: BackendFailure };

/** An application that works. */
export const ANSWERS: Backend = { kind: "answers", status: 200, body: 0 };

/** A server that is stopped: connections are refused. */
export const REFUSES: Backend = { kind: "refuses" };

/** How an attempt on a backend ends for httpd. */
export interface Handled {
  /** Status of the scheme handler; 200 stands for "delivered", whatever the application said. */
  readonly access: 200 | 500 | 502 | 503;
  /** Which of a member's timeouts runs out. */
  readonly waits?: "connectTimeout" | "answerTimeout";
  /** The request was sent before it failed: bytraffic counts its bytes (measured on httpd 2.4.71). */
  readonly sent?: true;
  /** In the reader's words. */
  readonly words: string;
}

/** What httpd makes of each kind of backend (httpd 2.4.71, client's first request on its connection). */
export const HANDLED: Readonly<Record<Backend["kind"], Handled>> = {
  answers: { access: 200, words: "answered" },
  refuses: { access: 503, words: "connection refused" },
  lost: { access: 503, waits: "connectTimeout", words: "no connection within the timeout" },
  silent: { access: 502, waits: "answerTimeout", sent: true, words: "no answer within the timeout" },
  closes: { access: 502, sent: true, words: "connection closed without an answer" },
  unresolvable: { access: 500, words: "host name does not resolve" },
};
