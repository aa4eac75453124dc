import type { EffectiveHealthCheck } from "../topology/effective.js";
import type { Backend } from "./backend.js";
import { BITS } from "./bits.js";
import type { Chance } from "./chance.js";
import { CHECK_LATENESS } from "./state.js";
import type { BalancerState } from "./state.js";

/**
 * Lets time pass, and with it the health checks that fall due (`hc_watchdog_callback` and `hc_check`,
 * modules/proxy/mod_proxy_hcheck.c).
 *
 * When exactly a check runs is up to httpd's watchdog: from one check the next is due after the interval, and comes up
 * to a tick of 100 ms later. A check that may or may not have happened, and would change something, is left to chance.
 *
 * @param microseconds - 0 or more
 */
export function passTime(
  state: BalancerState,
  microseconds: number,
  backends: readonly Backend[],
  chance: Chance,
): void {
  state.now += microseconds;
  if (!state.balancer.checked) return;
  for (const [member, { healthCheck, passesCheck }] of state.balancer.members.entries()) {
    const backend = backends[member];
    if (healthCheck === undefined || passesCheck === undefined || backend === undefined) continue;
    checkUntilNow(state, member, healthCheck, passesCheck(backend), chance);
  }
}

/** Microseconds in which the checks of a member that answers again have passed for certain: each comes up to a tick late. */
export function checkedWithin({ interval, passes }: EffectiveHealthCheck): number {
  return (Number(interval) + CHECK_LATENESS) * Math.max(1, passes);
}

/** When the checks of a member may have happened is known as a span of time that widens with each uncertain one. */
function checkUntilNow(
  state: BalancerState,
  member: number,
  healthCheck: EffectiveHealthCheck,
  passes: boolean,
  chance: Chance,
): void {
  const interval = Number(healthCheck.interval);
  const { checkFrom, checkUntil, now } = state;
  while ((checkFrom[member] as number) <= now) {
    if (!wouldChange(state, member, passes)) {
      checkFrom[member] = now;
      checkUntil[member] = now + interval + CHECK_LATENESS;
      return;
    }
    const from = checkFrom[member] as number;
    const until = checkUntil[member] as number;
    if (until > now && !hasHappened(chance, now, from, until)) {
      checkFrom[member] = now;
      return;
    }
    check(state, member, healthCheck, passes);
    next(state, member, from, Math.min(until, now), interval);
    if (until > now) return;
  }
}

/** Asks chance about a check that may have happened; the likelier is what the middle of its span says. */
function hasHappened(chance: Chance, now: number, from: number, until: number): boolean {
  const likely = now - from >= (until - from) / 2;
  return chance.choose(2) === 0 ? likely : !likely;
}

function next(state: BalancerState, member: number, from: number, until: number, interval: number): void {
  state.checkFrom[member] = from + interval;
  state.checkUntil[member] = until + interval + CHECK_LATENESS;
}

/** Stopped members are not checked; a pass of a good member and a failure of a bad one change nothing. */
function wouldChange(state: BalancerState, member: number, passes: boolean): boolean {
  const status = state.status[member] as number;
  return (status & BITS.stopped) === 0 && passes === isBad(state, status);
}

/** Counters are cumulative: only reaching the limit sets one back (measured on httpd 2.4.71). */
function check(state: BalancerState, member: number, healthCheck: EffectiveHealthCheck, passes: boolean): void {
  if (!wouldChange(state, member, passes)) return;
  const status = state.status[member] as number;
  if (passes) {
    const count = (state.passes[member] as number) + 1;
    const enough = count >= healthCheck.passes;
    if (enough) state.status[member] = status & ~(BITS.healthCheckFailed | BITS.error);
    state.passes[member] = enough ? 0 : count;
    return;
  }
  const count = (state.fails[member] as number) + 1;
  const enough = count >= healthCheck.fails;
  state.errorTime[member] = state.now;
  if (enough) state.status[member] = status | BITS.healthCheckFailed;
  state.fails[member] = enough ? 0 : count;
}

/** Bad is what passed checks mend: before 2.4.55 only what failed ones did (`hc_check`). */
function isBad({ balancer }: BalancerState, status: number): boolean {
  const alsoErrors = balancer.does.checksEndRequestErrors ? BITS.error : 0;
  return (status & (BITS.healthCheckFailed | alsoErrors)) !== 0;
}
