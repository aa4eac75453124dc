import { ANSWERS } from "./backend.js";
import type { ModelBalancer } from "./balancer.js";
import { BITS } from "./bits.js";
import { LIKELIEST } from "./chance.js";
import { passTime } from "./health.js";
import { CHECK_LATENESS, initialState } from "./state.js";
import type { BalancerState } from "./state.js";

/** Microseconds in which all health checks have come as often as they need to change something; 0 without any. */
export function checkedWhole({ members }: ModelBalancer): number {
  const times = members.map(({ healthCheck }) => {
    if (healthCheck === undefined) return 0;
    const { interval, passes, fails } = healthCheck;
    return (Number(interval) + CHECK_LATENESS) * (1 + Math.max(passes, fails));
  });
  return times.reduce((longest, time) => Math.max(longest, time), 0);
}

/**
 * A balancer of which all servers answer, when health checks have seen them: who starts with C is back, and who fails its
 * checks although it answers (`hcmethod=GET` without a path) is out of use for good.
 */
export function settledState(balancer: ModelBalancer): BalancerState {
  const state = initialState(balancer);
  const backends = balancer.members.map(() => ANSWERS);
  passTime(state, checkedWhole(balancer), backends, LIKELIEST);
  return state;
}

/** True for a member whose health checks fail although it answers; nobody checks one with S. */
export function isCheckedInVain({ members }: ModelBalancer, member: number): boolean {
  const { passesCheck, status = 0 } = members[member] ?? {};
  return passesCheck?.(ANSWERS) === false && (status & BITS.stopped) === 0;
}
