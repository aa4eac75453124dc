import type { StepCount } from "./trace.js";

/** How a step is played. */
export interface Playing {
  readonly explain: boolean;
  /** Picks that may still be kept. */
  readonly room: number;
  /** True once there is no time left to play on. @default - never */
  readonly isOver?: () => boolean;
}

/** What a step came to. */
export interface Played extends Omit<StepCount, "step"> {
  /** The first request of the step, from 1, that breaks the expectation; place 0 when the step has none. */
  readonly failure: { readonly place: number; readonly message: string } | undefined;
}
