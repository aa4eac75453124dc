import type { Backend } from "./backend.js";
import { ANSWERS } from "./backend.js";
import { Calm, isCalm } from "./calm.js";
import { LIKELIEST } from "./chance.js";
import { addRounds, CycleFinder } from "./cycle.js";
import { candidatesOf } from "./elect.js";
import { fraction } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import { NO_SESSION, serve } from "./request.js";
import { cloneState } from "./state.js";
import type { BalancerState } from "./state.js";
import { Turns } from "./turns.js";

/** The share of one member. */
export interface Share {
  /** Index of the member. */
  readonly member: number;
  readonly share: Fraction;
}

/** How requests without a session are spread while nothing happens. */
export interface Spread {
  /** Members that serve, in the order of the configuration, with their exact share in the long run. */
  readonly shares: readonly Share[];
  /** Requests after which the turns repeat; undefined where httpd draws or weighs bytes. */
  readonly period: number | undefined;
  /** Indices of the members of one round, the next request first; undefined as above, or when it is very long. */
  readonly round: readonly number[] | undefined;
  /** Most requests in a row that one member gets, and which. */
  readonly longestRun: { readonly member: number; readonly length: number } | undefined;
}

/** Longest round that is written out. */
const LONGEST_ROUND = 100_000;

/**
 * How the next requests are spread, from any state, with all members that are usable answering. Shares follow from the
 * load factors of those that httpd compares; with bytraffic they hold for requests and answers of equal size.
 */
export function spreadOf(state: BalancerState): Spread {
  const copy = cloneState(state);
  const shares = sharesAmong(copy);
  const { lbmethod } = state.settings;
  if ((lbmethod !== "byrequests" && lbmethod !== "bybusyness") || shares.length === 0) {
    return { shares, period: undefined, round: undefined, longestRun: undefined };
  }
  const period = shares.reduce((longest, { share }) => leastCommonMultiple(longest, share.denominator), 1);
  return { shares, period, ...writtenRound(copy, period) };
}

/** The shares of {@link spreadOf} alone. */
export function sharesOf(state: BalancerState): readonly Share[] {
  return sharesAmong(cloneState(state));
}

/** Leaves the state with its candidates found. */
function sharesAmong(state: BalancerState): readonly Share[] {
  const count = candidatesOf(state, LIKELIEST);
  const members = [...state.candidates.subarray(0, count)];
  const factors = members.map((member) => state.lbfactor[member] ?? 0);
  const total = factors.reduce((sum, factor) => sum + factor, 0);
  const shares = members.map((member, place) => ({ member, share: fraction(factors[place] ?? 0, total) }));
  return shares.sort((left, right) => left.member - right.member);
}

/**
 * How many of the next requests without a session each member answers, by index; the last number is httpd's own
 * answers. The state is not changed. Any number of requests up to 10^15 costs a few rounds of turns.
 *
 * @param backends - @default - all answer
 */
export function countsAfter(state: BalancerState, requests: number, backends?: readonly Backend[]): readonly number[] {
  const copy = cloneState(state);
  const behind = backends ?? state.balancer.members.map(() => ANSWERS);
  const counts = new Array<number>(state.status.length + 1).fill(0);
  const add = (member: number, count: number) => {
    const place = member === -1 ? counts.length - 1 : member;
    counts[place] = (counts[place] ?? 0) + count;
  };
  let left = requests;
  while (left > 0) {
    if (isCalm(copy, NO_SESSION, behind, false)) {
      for (const [member, count] of new Calm(copy, behind).serve(copy, left, NO_SESSION)) add(member, count);
      return counts;
    }
    left -= playUntilBack(copy, left, behind, add);
  }
  return counts;
}

/** Plays until the turns repeat or nothing can happen any more, then counts all whole rounds that are left. */
function playUntilBack(
  state: BalancerState,
  requests: number,
  backends: readonly Backend[],
  add: (member: number, count: number) => void,
): number {
  const finder = new CycleFinder(state, false);
  let sinceAnchor = new Map<number, number>();
  for (let played = 1; played <= requests; played++) {
    const { member } = serve(state, NO_SESSION, { backends });
    add(member, 1);
    sinceAnchor.set(member, (sinceAnchor.get(member) ?? 0) + 1);
    const cycle = finder.served(state);
    if (cycle !== undefined) {
      const rounds = Math.floor((requests - played) / cycle.length);
      for (const [each, count] of sinceAnchor) add(each, count * rounds);
      addRounds(state, cycle, rounds);
      played += rounds * cycle.length;
    }
    if (finder.isAnchored) sinceAnchor = new Map();
    if (isCalm(state, NO_SESSION, backends, false)) return played;
  }
  return requests;
}

function writtenRound(state: BalancerState, period: number): Pick<Spread, "round" | "longestRun"> {
  if (period > LONGEST_ROUND) return { round: undefined, longestRun: undefined };
  const turns = new Turns(state);
  const round = Array.from({ length: period }, () => turns.candidates[turns.next()] ?? -1);
  const settled = [...turns.round()].map((place) => turns.candidates[place] ?? -1);
  return { round, longestRun: longestRun(settled) };
}

/** In a round that repeats, a run may go on from its end to its beginning. */
function longestRun(round: readonly number[]): Spread["longestRun"] {
  let best: Spread["longestRun"];
  let length = 0;
  for (let at = 0; at < 2 * round.length; at++) {
    const member = round[at % round.length] ?? -1;
    length = at > 0 && round[(at - 1) % round.length] === member ? length + 1 : 1;
    const capped = Math.min(length, round.length);
    if (best === undefined || capped > best.length) best = { member, length: capped };
  }
  return best;
}

function leastCommonMultiple(left: number, right: number): number {
  return left * fraction(right, left).numerator;
}
