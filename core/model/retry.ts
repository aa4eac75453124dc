import { BITS } from "./bits.js";
import type { Chance } from "./chance.js";
import type { BalancerState } from "./state.js";

// A constant of this module: this runs for every request.
const ERROR = BITS.error;

/**
 * `ap_proxy_retry_worker` (modules/proxy/proxy_util.c): takes a member out of error when its time has come.
 *
 * httpd asks for `now > error_time + retry` in microseconds. Requests take no time here but some in reality, so a member
 * that failed in an earlier request, or earlier in this one, is due as soon as `retry` has passed to the microsecond.
 * The attempt right before is another matter: with `retry=0` it is a race whether the clock has ticked (measured: two
 * out of three times it has).
 */
export function retryCheck(state: BalancerState, member: number, chance: Chance): void {
  const status = state.status[member] ?? 0;
  if ((status & ERROR) === 0 || (status & BITS.stopped) !== 0) return;
  if ((status & state.balancer.does.ignoreErrorsBit) !== 0 || isDue(state, member, chance))
    state.status[member] = status & ~ERROR;
}

/**
 * `force_recovery` (modules/proxy/mod_proxy_balancer.c): the first member that is not in error ends the scan, whatever
 * else keeps it from serving; when all are in error, all are taken out of it.
 *
 * @returns true when all were
 */
export function forceRecovery(state: BalancerState, chance: Chance): boolean {
  const { status, balancer } = state;
  const count = status.length;
  for (let member = 0; member < count; member++) {
    if (((status[member] ?? 0) & ERROR) === 0) return false;
    retryCheck(state, member, chance);
    if (((status[member] ?? 0) & ERROR) === 0) return false;
  }
  if (!balancer.forceRecovery || count === 0) return false;
  for (let member = 0; member < count; member++) status[member] = (status[member] ?? 0) & ~ERROR;
  return true;
}

/** Marks a member in error now, unless it ignores errors. */
export function markError(state: BalancerState, member: number): void {
  const status = state.status[member] ?? 0;
  if ((status & state.balancer.does.ignoreErrorsBit) !== 0) return;
  state.status[member] = status | ERROR;
  state.errorTime[member] = state.now;
  state.justFailed = member;
}

function isDue(state: BalancerState, member: number, chance: Chance): boolean {
  const retry = state.balancer.members[member]?.retry ?? 0;
  if (state.justFailed === member) return retry === 0 && chance.choose(2) === 0;
  return state.now - (state.errorTime[member] ?? 0) >= retry;
}
