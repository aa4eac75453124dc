import type { SessionSeen } from "./trace.js";

/** Watches whether a client's session is kept, or lost, as a step expects it. */
export class SessionWatched {
  readonly #wanted: "kept" | "lost";
  #isLost = false;

  constructor(wanted: "kept" | "lost") {
    this.#wanted = wanted;
  }

  /**
   * @param fate - undefined where no application answered
   * @param answer - the answer in words
   * @returns what is wrong with it, undefined for nothing
   */
  next(fate: SessionSeen | undefined, answer: string): string | undefined {
    if (fate === "lost") this.#isLost = true;
    if (this.#wanted === "lost" || fate === "kept" || fate === "made") return undefined;
    const without = { lost: " without it", perhaps: ", which may be without it" };
    return `expected the session to be kept, got ${answer}${fate === undefined ? "" : without[fate]}`;
  }

  /** The step is over; what is still missing. */
  missing(): string | undefined {
    return this.#wanted === "kept" || this.#isLost ? undefined : "expected the session to be lost, it was not";
  }
}
