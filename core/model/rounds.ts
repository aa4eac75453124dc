import { addRounds, CycleFinder } from "./cycle.js";
import type { Watch } from "./expectation.js";
import type { PossibleStates } from "./possible.js";
import { serve } from "./request.js";
import type { ModelRequest } from "./model-request.js";
import { Calm, isCalm } from "./calm.js";
import type { BalancerPlace } from "./world.js";
import { takesTime } from "./backend.js";
import { BITS } from "./bits.js";
import { remainingRetry } from "./state.js";
import type { BalancerState } from "./state.js";
import type { Counted, Round, Tally } from "./tally.js";

/** Finds rounds in a run of equal requests, so that any number of them costs one round. */
export interface Rounds {
  /** Requests that need not be played, of those that are left. Call after each request. */
  skip(left: number, watch: Watch | undefined): number;
  /** Plays all that are left at full speed, where that can be done. */
  finish?(left: number): void;
  /** Plays requests from the first one on, if nothing can happen during them; true when it has. */
  finishCalm?(requests: number, gaps: number): boolean;
}

/** Answers that are always the same: httpd's own, or those of a backend without a balancer. */
export class ConstantRounds implements Rounds {
  readonly #tally: Tally;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  skip(left: number, watch: Watch | undefined): number {
    const round = { counted: this.#tally.total().counted.map(({ answer }) => ({ answer, count: 1 })), uncertain: 0 };
    const rounds = watch === undefined ? left : watch.skip(round, left);
    this.#tally.addRounds(round, rounds);
    return rounds;
  }
}

/** What a run of equal requests to a balancer needs. */
export interface Run {
  readonly state: BalancerState;
  readonly request: ModelRequest;
  readonly place: BalancerPlace;
  /** Microseconds between two requests. */
  readonly every: number;
  /** Time passes during requests or between them. */
  readonly clockMoves: boolean;
  /** Lets time pass, in microseconds. */
  readonly pass: (microseconds: number) => void;
  /** True once there is no time left to play on. @default - never */
  readonly isOver?: () => boolean;
  /** Lets time that has passed for the state pass for everything else. */
  readonly passElsewhere: (microseconds: number) => void;
}

/** Requests that are played between two looks at the clock. */
export const BETWEEN_LOOKS = 512;

/** Requests from which on it is worth it to find the turns anew. */
const SHORTEST_LEAP = 256;

/** The turns of a balancer in one certain state. */
export class TurnRounds implements Rounds {
  readonly #run: Run;
  readonly #tally: Tally;
  #finder: CycleFinder | undefined;
  #before: Round = { counted: [], uncertain: 0 };

  constructor(run: Run, tally: Tally) {
    this.#run = run;
    this.#tally = tally;
  }

  skip(left: number, watch: Watch | undefined): number {
    const { state, pass, clockMoves } = this.#run;
    if (this.#finder === undefined) {
      this.#finder = new CycleFinder(state, clockMoves);
      this.#before = this.#tally.total();
      return 0;
    }
    const cycle = this.#finder.served(state);
    let skipped = 0;
    if (cycle !== undefined) {
      const round = this.#tally.since(this.#before);
      const possible = Math.floor(left / cycle.length);
      const rounds = watch === undefined ? possible : watch.skip(round, possible);
      if (rounds > 0) {
        addRounds(state, cycle, rounds);
        this.#tally.addRounds(round, rounds);
        pass((state.now - cycle.start.now) * rounds);
        skipped = cycle.length * rounds;
      }
    }
    if (this.#finder.isAnchored) this.#before = this.#tally.total();
    return skipped;
  }

  finish(left: number): void {
    const { state, request, place, every, pass, passElsewhere, isOver } = this.#run;
    if (this.finishCalm(left, left)) return;
    const { members } = state.balancer;
    const circumstances = { backends: place.backends };
    const counters: Counted[] = [];
    let turn = 1;
    for (let played = 0; played < left; played++) {
      played += this.#leap(left - played);
      if (played >= left || (turn++ % BETWEEN_LOOKS === 0 && isOver?.() === true)) break;
      pass(every);
      const before = state.now;
      const { member, status } = serve(state, request, circumstances);
      passElsewhere(state.now - before);
      const known = counters[member + 1];
      if (known?.answer.status === status) known.count++;
      else {
        const counter = this.#tally.entry({ member: members[member]?.url ?? null, status });
        counter.count++;
        counters[member + 1] = counter;
      }
      played += this.skip(left - played - 1, undefined);
    }
  }

  /** Plays at once what comes before the first member in error is tried again; how many requests that were. */
  #leap(left: number): number {
    const { state, request, place, every } = this.#run;
    if (every === 0 || place.backends.some(takesTime) || !isCalm(state, request, place.backends, false)) return 0;
    const wait = state.status.reduce(
      (least, status, member) => ((status & BITS.error) === 0 ? least : Math.min(least, remainingRetry(state, member))),
      Infinity,
    );
    const requests = Math.min(left, Math.floor(wait / every) - 1);
    if (requests < SHORTEST_LEAP) return 0;
    this.#serveCalm(requests, requests);
    this.#finder = undefined;
    return requests;
  }

  /**
   * Plays requests at once if nothing can happen during them.
   *
   * @param gaps - how many times the time between two requests passes
   */
  finishCalm(requests: number, gaps: number): boolean {
    const { state, request, place, clockMoves } = this.#run;
    const { backends } = place;
    if (!isCalm(state, request, backends, clockMoves)) return false;
    this.#serveCalm(requests, gaps);
    return true;
  }

  #serveCalm(requests: number, gaps: number): void {
    const { state, request, place, every, pass } = this.#run;
    const { backends } = place;
    if (place.calm?.continues(state, backends) !== true) place.calm = new Calm(state, backends);
    for (const [member, count] of place.calm.serve(state, requests, request)) {
      const backend = backends[member];
      const status = backend?.kind === "answers" ? backend.status : 200;
      if (count > 0) this.#tally.entry({ member: state.balancer.members[member]?.url ?? null, status }).count += count;
    }
    pass(every * gaps);
  }
}

/** Most sets of states remembered. */
const MOST_SETS = 10_000;

/** The turns of a balancer that may be in several states, or whose answers are drawn. To be made after a request. */
export class UncertainRounds implements Rounds {
  readonly #clockMoves: boolean;
  readonly #states: PossibleStates;
  readonly #tally: Tally;
  readonly #seen = new Map<string, { readonly place: number; readonly total: Round }>();
  #place = 0;

  /** @param clockMoves - true when time passes between requests; then nothing is skipped */
  constructor(states: PossibleStates, tally: Tally, clockMoves: boolean) {
    this.#clockMoves = clockMoves;
    this.#states = states;
    this.#tally = tally;
    this.#remember();
  }

  skip(left: number, watch: Watch | undefined): number {
    if (this.#clockMoves) return 0;
    this.#place++;
    const start = this.#seen.get(this.#states.key());
    if (start === undefined || watch !== undefined) {
      this.#remember();
      return 0;
    }
    const length = this.#place - start.place;
    const rounds = Math.floor(left / length);
    this.#tally.addRounds(this.#tally.since(start.total), rounds);
    this.#seen.clear();
    return rounds * length;
  }

  #remember(): void {
    if (this.#seen.size < MOST_SETS) {
      this.#seen.set(this.#states.key(), { place: this.#place, total: this.#tally.total() });
    }
  }
}
