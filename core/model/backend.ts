import type { BackendFailure, RespondStep } from "../scenario/steps.js";

/** What stands behind a member at a moment. */
export type Backend =
  | {
      readonly kind: "answers";
      readonly status: number;
      /** Bytes. */
      readonly body: number;
      /** Microseconds until the answer; absent for none. */
      readonly delay?: number;
    }
  | { readonly kind: "refuses" }
  /** No module handles its scheme: it is not asked, and httpd answers in its place. */
  | { readonly kind: "unhandled"; readonly status: 500 | 503; readonly isCertain: boolean }
  | { readonly kind: BackendFailure };

/** How a backend fails. */
export type FailureKind = Exclude<Backend["kind"], "answers" | "unhandled">;

/** An application that works. */
export const ANSWERS: Extract<Backend, { kind: "answers" }> = { kind: "answers", status: 200, body: 0 };

/** A server that is stopped: connections are refused. */
export const REFUSES: Backend = { kind: "refuses" };

/** True when requests to it take time in the model: it answers late, or a timeout has to run out. */
export function takesTime(backend: Backend): boolean {
  if (backend.kind === "answers") return backend.delay !== undefined;
  return backend.kind === "lost" || backend.kind === "hang";
}

/** An application that works, after a change: what is left out stays as it was. */
export function answering(
  before: Extract<Backend, { kind: "answers" }>,
  { status = before.status, body = before.body, delay }: RespondStep,
): Backend {
  const wait = delay === undefined ? before.delay : delay.milliseconds * 1_000;
  return { kind: "answers", status, body, ...(wait !== undefined && wait > 0 && { delay: wait }) };
}
