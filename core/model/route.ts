import { BITS, isUsable } from "./bits.js";
import type { Chance } from "./chance.js";
import { retryCheck } from "./retry.js";
import type { BalancerState } from "./state.js";

/**
 * `find_route_worker` (modules/proxy/mod_proxy_balancer.c): the member of a route, actives and spares before standbys,
 * sets and draining ignored. An unusable one is retried, then its `redirect` is followed.
 *
 * @returns the member's index, -1 when none of them is usable
 */
export function memberOfRoute(state: BalancerState, route: string, chance: Chance): number {
  return search(state, route, chance, new Set());
}

/** A route that was searched without success is not searched again: httpd would come to the same end, later. */
function search(state: BalancerState, route: string, chance: Chance, searched: Set<string>): number {
  searched.add(route);
  const { routes, redirects } = state.settings;
  for (const standby of [false, true]) {
    for (let member = 0; member < routes.length; member++) {
      if ((((state.status[member] ?? 0) & BITS.standby) !== 0) !== standby || routes[member] !== route) continue;
      if (isUsable(state.status[member] ?? 0)) return member;
      retryCheck(state, member, chance);
      if (isUsable(state.status[member] ?? 0)) return member;
      const redirect = redirects[member] ?? "";
      if (redirect === "" || searched.has(redirect)) continue;
      const found = search(state, redirect, chance, searched);
      if (found !== -1) return found;
    }
  }
  return -1;
}

/** True when some member has exactly this route, usable or not. */
export function isRouteOfMember(state: BalancerState, route: string): boolean {
  return state.settings.routes.includes(route);
}

/**
 * What a request that goes to its route's member does to the weights: every usable member of the whole balancer is
 * credited, standbys, spares and draining ones included, and the one that serves pays for all.
 */
export function chargeRoute(state: BalancerState, member: number): void {
  const { lbstatus, lbfactor, status, elected } = state;
  let total = 0;
  for (let other = 0; other < status.length; other++) {
    if (!isUsable(status[other] as number)) continue;
    const factor = lbfactor[other] as number;
    lbstatus[other] = (lbstatus[other] as number) + factor;
    total = (total + factor) | 0;
  }
  lbstatus[member] = (lbstatus[member] as number) - total;
  elected[member] = (elected[member] as number) + 1;
}
