import type { SetStep } from "../scenario/steps.js";
import { readStatus } from "../vocabulary/status.js";
import { lbfactorOf } from "../topology/effective.js";
import { bitsOf, isUsable } from "./bits.js";
import { LB_METHOD_MODELS } from "./lbmethods/lbmethods.js";
import { cloneState, initialState } from "./state.js";
import type { ModelBalancer } from "./balancer.js";
import type { BalancerState } from "./state.js";

/**
 * A change of a member in balancer-manager (`balancer_process_balancer_worker`, modules/proxy/mod_proxy_balancer.c).
 *
 * A new load factor sets the lbstatus of every member to its load factor; a member that is alone gets 1. Enabling a
 * member resets nothing (measured on httpd 2.4.71).
 */
export function setMember(state: BalancerState, member: number, change: SetStep): void {
  if (change.loadfactor !== undefined) setFactor(state, member, change.loadfactor);
  if (change.route !== undefined)
    state.settings = { ...state.settings, routes: replaced(state.settings.routes, member, change.route) };
  if (change.redirect !== undefined) {
    state.settings = { ...state.settings, redirects: replaced(state.settings.redirects, member, change.redirect) };
  }
  const letters = change.status === undefined ? undefined : readStatus(change.status);
  if (letters !== undefined) {
    const { managedBits } = state.balancer.does;
    const cleared = bitsOf(letters.clear) & managedBits;
    const before = state.status[member] as number;
    const after = (before | (bitsOf(letters.set) & managedBits)) & ~cleared;
    state.status[member] = after;
    state.resetsLater ||= !isUsable(before) && isUsable(after);
  }
  if (change.lbset !== undefined) state.lbset[member] = change.lbset;
}

/** A change of the balancer in balancer-manager; another lbmethod starts from zero at the next request. */
export function setBalancer(state: BalancerState, change: SetStep): void {
  const { settings, balancer } = state;
  const {
    lbmethod = settings.lbmethod,
    maxattempts,
    nofailover = settings.nofailover,
    timeout,
    stickysession,
  } = change;
  if (lbmethod !== settings.lbmethod) state.needsReset = true;
  state.settings = {
    ...settings,
    lbmethod,
    nofailover,
    maxAttempts: balancer.triesAgain ? (maxattempts ?? settings.maxAttempts) : settings.maxAttempts,
    timeout: timeout === undefined ? settings.timeout : timeout * 1_000_000,
    sticky: stickysession === undefined || stickysession === "" ? settings.sticky : stickyNames(stickysession),
  };
}

/**
 * The same members and counters under the settings of another virtual host, after the changes all hosts have taken. The
 * balancer itself is a copy in every host, its members are shared (measured on httpd 2.4.71).
 */
export function viewedAs(state: BalancerState, balancer: ModelBalancer, changes: readonly SetStep[]): BalancerState {
  const { routes, redirects } = state.settings;
  const seen = { ...state, balancer, settings: { ...balancer.settings, routes, redirects } };
  for (const change of changes) setBalancer(seen, change);
  return { ...seen, needsReset: state.needsReset };
}

/**
 * A graceful or hard restart: everything back to the configuration, or with BalancerPersist everything kept, but for
 * counters that were to be reset (see `resetsLater`). The state given is not changed.
 */
export function restarted(state: BalancerState): BalancerState {
  const fresh = initialState(state.balancer, state.now);
  if (!state.balancer.persist) return fresh;
  const { checkFrom, checkUntil } = fresh;
  const kept = cloneState({ ...state, busy: fresh.busy, checkFrom, checkUntil, candidates: fresh.candidates });
  kept.needsReset = state.needsReset || state.resetsLater;
  if (state.balancer.does.childrenReset) LB_METHOD_MODELS[state.settings.lbmethod].reset(kept);
  return kept;
}

/** `recalc_factors` */
function setFactor(state: BalancerState, member: number, loadfactor: number): void {
  const { factorUnit } = state.balancer.does;
  state.lbfactor[member] = Math.trunc(lbfactorOf(loadfactor) / factorUnit) * factorUnit;
  if (state.lbfactor.length === 1) state.lbfactor[member] = 100;
  state.lbstatus.set(state.lbfactor);
}

function stickyNames(text: string): BalancerState["settings"]["sticky"] {
  if (text === "-") return undefined;
  const bar = text.indexOf("|");
  const cookie = bar === -1 ? text : text.slice(0, bar);
  return { cookie, parameter: bar === -1 ? cookie : text.slice(bar + 1) };
}

function replaced(list: readonly string[], place: number, value: string): readonly string[] {
  return list.map((old, index) => (index === place ? value : old));
}
