import { BITS, NOT_USABLE_BITS } from "./bits.js";
import type { Chance } from "./chance.js";
import { retryCheck } from "./retry.js";
import type { BalancerState } from "./state.js";

// Constants of this module, because a look into another one costs as much as the rest of the loop.
const { init, drain, spare: SPARE, standby: STANDBY } = BITS;
const USABLE_MASK = NOT_USABLE_BITS | init;
const PLAIN_MASK = USABLE_MASK | drain | SPARE | STANDBY;

/**
 * A member with these of its bits is usable and no spare, standby or drained one: in load-balancer set 0 it is a
 * candidate whatever its fellows are.
 */
export const PLAIN = { mask: PLAIN_MASK, bits: init } as const;

/**
 * The walk of `proxy_balancer_get_best_worker` (modules/proxy/proxy_util.c): leaves the members that httpd compares in
 * `state.candidates`, in the order in which it compares them.
 *
 * Load-balancer sets are tried from 0 on, and the first that offers anything is taken. In a set these are the usable
 * actives, then as many spares as there are unusable actives, or else the usable standbys.
 *
 * @returns how many there are
 */
export function candidatesOf(state: BalancerState, chance: Chance): number {
  let highest = 0;
  for (let set = 0; set <= highest; set++) {
    const count = candidatesOfSet(state, set, chance);
    state.candidateCount = count;
    if (count > 0) return count;
    if (set === 0) highest = highestSet(state.lbset);
  }
  return 0;
}

function highestSet(lbset: Int32Array): number {
  let highest = 0;
  for (let member = 0; member < lbset.length; member++) {
    const set = lbset[member] as number;
    if (set > highest) highest = set;
  }
  return highest;
}

function candidatesOfSet(state: BalancerState, set: number, chance: Chance): number {
  const { status, lbset, candidates } = state;
  const members = status.length;
  const spareRoom = members;
  const standbyRoom = 2 * members;
  let actives = 0;
  let spares = 0;
  let standbys = 0;
  let unusable = 0;
  for (let member = 0; member < members; member++) {
    if (lbset[member] !== set) continue;
    const before = status[member] as number;
    if ((before & PLAIN_MASK) === init) {
      candidates[actives++] = member;
      continue;
    }
    if ((before & drain) !== 0) {
      if ((before & (SPARE | STANDBY)) === 0) unusable++;
      continue;
    }
    if ((before & USABLE_MASK) !== init) retryCheck(state, member, chance);
    const usable = ((status[member] as number) & USABLE_MASK) === init;
    if ((before & SPARE) !== 0) {
      if (usable) candidates[spareRoom + spares++] = member;
    } else if ((before & STANDBY) !== 0) {
      if (usable) candidates[standbyRoom + standbys++] = member;
    } else if (usable) candidates[actives++] = member;
    else unusable++;
  }
  let count = actives;
  const called = spares < unusable ? spares : unusable;
  for (let spare = 0; spare < called; spare++) candidates[count++] = candidates[spareRoom + spare] as number;
  if (count > 0) return count;
  for (let standby = 0; standby < standbys; standby++)
    candidates[standby] = candidates[standbyRoom + standby] as number;
  return standbys;
}
