/** How a stub can fail on a connection that it has accepted. */
export type StubFailure = "hang" | "closes" | "breaks" | "reset";

/** What an application does with a request. */
export interface StubBehaviour {
  /** @default 200 */
  readonly status: number;
  /** Bytes of the body of an answer. @default 0 */
  readonly bodyBytes: number;
  /** Milliseconds until it answers or fails. @default 0 */
  readonly delay: number;
  /** Instead of an answer. An answer that is asked for later ends it. */
  readonly failure?: StubFailure;
}

/** An application that works. */
export const WORKS: StubBehaviour = { status: 200, bodyBytes: 0, delay: 0 };

/** Behaviour after a change: an answer that is asked for ends a failure, a failure forgets the answer. */
export function changed(behaviour: StubBehaviour, change: Partial<StubBehaviour>): StubBehaviour {
  if (change.failure !== undefined) return { ...WORKS, delay: behaviour.delay, ...change };
  if (Object.keys(change).every((key) => key === "delay")) return { ...behaviour, ...change };
  const { failure, ...answering } = behaviour;
  return failure === undefined ? { ...answering, ...change } : { ...WORKS, delay: behaviour.delay, ...change };
}
