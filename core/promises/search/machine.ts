import type { OperatorAction } from "./classes.js";

/** One event of a scenario as a search counts them. */
export type SearchEvent =
  | { readonly kind: "stop" | "start"; readonly member: number }
  /** `every`: milliseconds to the next request of a row, for loads; searches have none. */
  | { readonly kind: "request"; readonly route?: string; readonly every?: number }
  /**
   * `ends`: members whose retry time passes meanwhile, where a search has not chosen lengths yet; `rings`: the clock of
   * the member that is watched rings meanwhile; `checks`: members whose health checks take them out or put them back.
   */
  | {
      readonly kind: "wait";
      readonly milliseconds: number;
      readonly ends?: readonly number[];
      readonly rings?: boolean;
      readonly checks?: readonly number[];
    }
  | {
      readonly kind: "set";
      readonly member: number;
      readonly action: Exclude<OperatorAction, "restart">;
      readonly on: boolean;
    }
  | { readonly kind: "restart" };

/** What a machine tells about an event: where it leads, or that it breaks the promise. */
export interface Visitor {
  next(event: SearchEvent, state: number): void;
  broken(event: SearchEvent): void;
}

/** A state space that a search walks: states are numbers, events cost one each. */
export interface Machine {
  readonly start: number;
  /** Number of states seen so far. */
  readonly size: number;
  /** Bytes in use. */
  readonly bytes: number;
  /** True when the last state expanded has ways on that were left out. */
  readonly omitted: boolean;
  /** True when no further states fit. */
  readonly full: boolean;
  /** How many states it expands between two looks at the clock: some milliseconds of work. */
  readonly stride: number;
  /** A lower bound of the number of events to a violation; Infinity where none can be reached. */
  distance(state: number): number;
  expand(state: number, visitor: Visitor): void;
}
