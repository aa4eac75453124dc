import type { StatusLetter } from "../../vocabulary/status.js";

/**
 * What a search keeps of a member's state besides its counters: one bit each, so that a state is a small integer.
 *
 * An error whose retry time has passed is the same as no error: every place of httpd that looks at the bit does the
 * retry check first (`ap_proxy_retry_worker`, modules/proxy/proxy_util.c), so a clock that runs out clears the bit.
 */
export const CONDITION = {
  /** The backend refuses connections. */
  down: 1,
  /** Err: a try failed, and its retry time has not passed. */
  error: 2,
  /** HcFl: health checks failed. */
  failed: 4,
  /** D, S or U: out of service for every request. */
  out: 8,
  /** N: serves its own sessions only. */
  draining: 16,
} as const;

/** Number of bits of {@link CONDITION}. */
export const CONDITION_BITS = 5;

const { error, failed, out, draining } = CONDITION;

/** Bits that make a member unusable for a session of its own. */
export const UNUSABLE = error | failed | out;

/** Bits that keep a member out of the walk over the sets. */
export const NOT_CANDIDATE = UNUSABLE | draining;

/** Bits of members that are administratively out: nobody may expect them to serve. */
export const ADMINISTRATIVE = out | draining;

/** Conditions a status starts a member with. An Err of the configuration is cleared by the first request (measured). */
export function conditionOf(status: ReadonlySet<StatusLetter>): number {
  const outOfService = status.has("D") || status.has("S") || status.has("U");
  return (outOfService ? out : 0) | (status.has("N") ? draining : 0) | (status.has("C") ? failed : 0);
}
