import { ANSWERS, REFUSES } from "./backend.js";
import type { Backend } from "./backend.js";
import type { ModelBalancer } from "./balancer.js";
import { BITS } from "./bits.js";
import { LIKELIEST } from "./chance.js";
import { candidatesOf } from "./elect.js";
import { NO_SESSION, serve } from "./request.js";
import { sharesOf } from "./share.js";
import type { Share } from "./share.js";
import { checkedWithin } from "./health.js";
import { settledState } from "./settled.js";
import { cloneState } from "./state.js";
import type { BalancerState } from "./state.js";

/** What the failure of one member costs, everything else being up. */
export interface FailoverCost {
  /** Index of the member. */
  readonly member: number;
  /** Requests that get an error from httpd in the first hundred after the failure. */
  readonly failedRequests: number;
  /** Longest added time of a request that tries it, microseconds: connecting may run into its timeout at each try. */
  readonly firstDelay: number;
  /** True when the first request that tries it is refused instead of answered by another member. */
  readonly firstRefused: boolean;
  /** True when a request that tries it again after its retry time is refused. */
  readonly probesRefused: boolean;
  /** True when health checks take it out, so that soon no request tries it. */
  readonly checked: boolean;
  /** While it stays away, one request every so many microseconds tries it again; 0 when each one does. */
  readonly probeEvery: number;
  /** Longest time from its return to its first request, microseconds. */
  readonly backWithin: number;
  /** Who serves instead. */
  readonly instead: readonly Share[];
  /** What becomes of its sessions. */
  readonly sessions: SessionFate;
  /** What a GET gets that meets it while it takes requests and never answers. */
  readonly hang: Hang;
  /** The shares of `instead` are those of one client at a time. */
  readonly isByBusyness: boolean;
}

/** How a request ends that meets a member which never answers. */
export interface Hang {
  readonly status: number;
  /** Microseconds until then. */
  readonly after: number;
  /** True when the member is in error from then on. */
  readonly isOut: boolean;
}

/** What becomes of a failed member's sessions. */
export type SessionFate =
  | { readonly kind: "none" }
  | { readonly kind: "refused" }
  | { readonly kind: "redirected"; readonly member: number }
  | { readonly kind: "spread" };

/**
 * Who serves while everything is up, who when all of these have failed, and so on, by index; ends where nobody is left.
 */
export function failoverOrder(balancer: ModelBalancer): readonly (readonly number[])[] {
  const state = settledState(balancer);
  state.errorTime.fill(Infinity);
  const levels: (readonly number[])[] = [];
  for (;;) {
    const count = candidatesOf(state, LIKELIEST);
    if (count === 0) return levels;
    const level = [...state.candidates.subarray(0, count)].sort((left, right) => left - right);
    levels.push(level);
    // Not the error bit: a member that ignores errors would be back at once, for ever.
    for (const member of level) state.status[member] = (state.status[member] ?? 0) | BITS.healthCheckFailed;
  }
}

/** The cost of the failure of one member: what sentences, table and JSON of `explain` all say. */
export function failureCost(balancer: ModelBalancer, member: number): FailoverCost {
  const own = balancer.members[member];
  const { state, failedRequests, isTriedAlways, firstRefused, tries, probesRefused } = afterFailure(balancer, member);
  return {
    member,
    failedRequests,
    firstDelay: tries * (own?.connectTimeout ?? 0),
    firstRefused,
    probesRefused,
    checked: own?.healthCheck !== undefined,
    probeEvery: isTriedAlways ? 0 : (own?.retry ?? 0),
    backWithin: backWithin(balancer, member, isTriedAlways),
    instead: sharesOf(state).filter((share) => share.member !== member),
    sessions: sessionFate(state, member),
    hang: hangOf(balancer, member),
    isByBusyness: balancer.settings.lbmethod === "bybusyness",
  };
}

/** A hundred requests while connections to it are refused; where nobody else is left, recovery is forced each time. */
function afterFailure(balancer: ModelBalancer, member: number) {
  const state = settledState(balancer);
  const backends = balancer.members.map((_, index): Backend => (index === member ? REFUSES : ANSWERS));
  let failedRequests = 0;
  let before = 0;
  let first: { readonly tries: number; readonly refused: boolean } | undefined;
  for (let request = 0; request < 100; request++) {
    before = state.elected[member] ?? 0;
    const { status, attempts } = serve(state, NO_SESSION, { backends });
    if (status !== 200) failedRequests++;
    const inVain = attempts - Number(status === 200);
    if (first === undefined && inVain > 0) first = { tries: inVain, refused: status !== 200 };
  }
  const isTriedAlways = (state.elected[member] ?? 0) > before;
  const probesRefused = refusesProbes(state, member, backends);
  state.errorTime.fill(Infinity);
  return {
    state,
    failedRequests,
    isTriedAlways,
    firstRefused: first?.refused ?? false,
    tries: first?.tries ?? 1,
    probesRefused,
  };
}

/** The first request that meets it. */
function hangOf(balancer: ModelBalancer, member: number): Hang {
  const state = settledState(balancer);
  const backends = balancer.members.map((_, index): Backend => (index === member ? { kind: "hang" } : ANSWERS));
  for (let request = 0; request < 1_000; request++) {
    const before = state.now;
    const { status } = serve(state, NO_SESSION, { backends });
    if ((state.elected[member] ?? 0) === 0) continue;
    return { status, after: state.now - before, isOut: ((state.status[member] ?? 0) & BITS.error) !== 0 };
  }
  return { status: 200, after: 0, isOut: false };
}

/** A hundred more requests once its retry time has passed. */
function refusesProbes(state: BalancerState, member: number, backends: readonly Backend[]): boolean {
  const later = cloneState(state);
  later.errorTime[member] = -Infinity;
  for (let request = 0; request < 100; request++) {
    if (serve(later, NO_SESSION, { backends }).status !== 200) return true;
  }
  return false;
}

/**
 * By the retry timer, at once where every request tries it all the same; where health checks have taken it out (HcFl) by
 * these alone, and before 2.4.55 an error that a request caused by the timer (measured).
 */
function backWithin({ members, does }: ModelBalancer, member: number, isTriedAlways: boolean): number {
  const { retry = 0, healthCheck } = members[member] ?? {};
  const tried = isTriedAlways ? 0 : retry;
  if (healthCheck === undefined) return tried;
  const checked = checkedWithin(healthCheck);
  return does.checksEndRequestErrors ? checked : Math.max(checked, tried);
}

function sessionFate(state: BalancerState, member: number): SessionFate {
  const { settings } = state;
  const route = settings.routes[member] ?? "";
  if (settings.sticky === undefined || route === "") return { kind: "none" };
  const copy = cloneState(state);
  copy.status[member] = (copy.status[member] ?? 0) | BITS.error;
  const backends = copy.balancer.members.map(() => ANSWERS);
  const outcome = serve(copy, { ...NO_SESSION, route }, { backends });
  if (outcome.member === -1) return { kind: "refused" };
  return copy.candidateCount === -1 ? { kind: "redirected", member: outcome.member } : { kind: "spread" };
}
