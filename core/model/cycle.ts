import { BITS } from "./bits.js";
import { cloneState, remainingRetry } from "./state.js";
import type { BalancerState } from "./state.js";

/** A round of equal requests after which a balancer behaves as at its beginning. */
export interface Cycle {
  /** Requests of one round. */
  readonly length: number;
  /** The state at its beginning. */
  readonly start: BalancerState;
}

/**
 * Finds out when a run of equal requests begins to repeat (Brent's algorithm): counts of any size then cost one round
 * instead of every request. Backends and settings must stay as they are.
 */
export class CycleFinder {
  readonly #clockMoves: boolean;
  #start: BalancerState;
  #length = 0;
  #patience = 1;
  #elections = false;

  /** @param clockMoves - true when time passes between the requests */
  constructor(state: BalancerState, clockMoves: boolean) {
    this.#clockMoves = clockMoves;
    this.#start = cloneState(state);
  }

  /** Call after each request; the cycle as soon as there is one. */
  served(state: BalancerState): Cycle | undefined {
    this.#length++;
    this.#elections ||= state.candidateCount !== -1;
    if (this.#isBack(state)) {
      const cycle = { length: this.#length, start: this.#start };
      this.#anchor(state);
      return cycle;
    }
    if (this.#length < this.#patience) return undefined;
    this.#patience *= 2;
    this.#anchor(state);
    return undefined;
  }

  /** True when a round is counted from the state that was last given. */
  get isAnchored(): boolean {
    return this.#length === 0;
  }

  #anchor(state: BalancerState): void {
    this.#start = cloneState(state);
    this.#length = 0;
    this.#elections = false;
  }

  #isBack(state: BalancerState): boolean {
    const start = this.#start;
    if (this.#elections && !equal(start.lbstatus, state.lbstatus)) return false;
    if (!equal(start.status, state.status) || start.needsReset !== state.needsReset) return false;
    if (!this.#timersAgree(state)) return false;
    return state.settings.lbmethod !== "bytraffic" || !this.#elections || isTrafficBack(start, state);
  }

  /**
   * While the clock moves between the requests, a member in error will be tried again some time: that is no round yet.
   * Where only requests take time (a balancer `timeout`), it is one once each timer is as far from its end as before.
   */
  #timersAgree(state: BalancerState): boolean {
    const start = this.#start;
    for (let member = 0; member < state.status.length; member++) {
      if (((state.status[member] as number) & BITS.error) === 0) continue;
      if (this.#clockMoves || remainingRetry(state, member) !== remainingRetry(start, member)) return false;
    }
    return start.now === state.now || !state.balancer.checked || checksAgree(start, state);
  }
}

/** Counts of checks are what they were, and each next check is as far from now. */
function checksAgree(start: BalancerState, state: BalancerState): boolean {
  if (!equal(start.passes, state.passes) || !equal(start.fails, state.fails)) return false;
  const passed = state.now - start.now;
  return start.checkFrom.every(
    (from, member) =>
      from + passed === state.checkFrom[member] &&
      (start.checkUntil[member] ?? 0) + passed === state.checkUntil[member],
  );
}

/** Adds what a number of further rounds would add to the counters; everything else is as it was. */
export function addRounds(state: BalancerState, { start }: Cycle, rounds: number): void {
  for (let member = 0; member < state.status.length; member++) {
    for (const counter of ["elected", "transferred", "read"] as const) {
      const value = state[counter][member] as number;
      state[counter][member] = value + (value - (start[counter][member] as number)) * rounds;
    }
    const step = (state.lbstatus[member] as number) - (start.lbstatus[member] as number);
    if (step !== 0) state.lbstatus[member] = wrapped(state.lbstatus[member] as number, step, rounds);
  }
}

/** 32-bit arithmetic over many rounds; `rounds` may exceed 32 bits. */
function wrapped(value: number, step: number, rounds: number): number {
  return Number(BigInt.asIntN(32, BigInt(value) + BigInt(step) * BigInt(rounds)));
}

/** bytraffic: all that compete have gained the same traffic per factor, without a rest that the division would drop. */
function isTrafficBack(start: BalancerState, state: BalancerState): boolean {
  let gain: number | undefined;
  for (let place = 0; place < state.candidateCount; place++) {
    const member = state.candidates[place] as number;
    const factor = state.lbfactor[member] as number;
    const out = (state.transferred[member] as number) - (start.transferred[member] as number);
    const back = (state.read[member] as number) - (start.read[member] as number);
    if (out % factor !== 0 || back % factor !== 0) return false;
    const own = (out + back) / factor;
    if (gain !== undefined && own !== gain) return false;
    gain = own;
  }
  return gain === undefined || gain > 0;
}

function equal(left: Int32Array, right: Int32Array): boolean {
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
