import type { Duration } from "../core/vocabulary/duration.js";
import type { MatcherOptions, ShareOptions, SurvivalOptions } from "./matchers.js";

/** The matchers as vitest and jest offer them after `expect.extend`; extend the runner's own interface with it. */
export interface HttpdBalancerMatchers<R = unknown> {
  toServeInOrder(names: readonly string[], options?: MatcherOptions): R;
  toHaveShare(member: string, options: ShareOptions): R;
  toSurvive(options: SurvivalOptions): R;
  toFailBackWithin(time: Duration, options?: MatcherOptions): R;
}
