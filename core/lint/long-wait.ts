/** Microseconds from which on the `timeout` of a balancer is a long wait for a client. */
export const LONG_WAIT = 10_000_000n;
