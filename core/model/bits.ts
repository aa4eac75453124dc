import { NOT_USABLE, STATUS_FLAGS } from "../vocabulary/status.js";
import type { StatusLetter } from "../vocabulary/status.js";

/** Status bits by the word balancer-manager prints for them (modules/proxy/mod_proxy.h). */
export const BITS = {
  init: STATUS_FLAGS.O.bit,
  ignoreErrors: STATUS_FLAGS.I.bit,
  drain: STATUS_FLAGS.N.bit,
  stopped: STATUS_FLAGS.S.bit,
  error: STATUS_FLAGS.E.bit,
  standby: STATUS_FLAGS.H.bit,
  spare: STATUS_FLAGS.R.bit,
  healthCheckFailed: STATUS_FLAGS.C.bit,
} as const;

/** Bits of letters. */
export function bitsOf(letters: Iterable<StatusLetter>): number {
  let bits = 0;
  for (const letter of letters) bits |= STATUS_FLAGS[letter].bit;
  return bits;
}

/** Bits that make a worker unusable for every request. */
export const NOT_USABLE_BITS = bitsOf(NOT_USABLE);

const USABLE_MASK = NOT_USABLE_BITS | BITS.init;

/** `PROXY_WORKER_IS_USABLE`: initialized, and none of the bits that forbid it. */
export function isUsable(status: number): boolean {
  return (status & USABLE_MASK) === BITS.init;
}

/** The words balancer-manager prints for a status, in its order. */
export function statusText(status: number): string {
  const words = Object.values(STATUS_FLAGS).flatMap(({ bit, text }) => ((status & bit) === 0 ? [] : [text]));
  return [...words, ...(isUsable(status) ? ["Ok"] : [])].join(" ");
}
