import type { Backend } from "./backend.js";
import { everyWay } from "./chance.js";
import type { Chance } from "./chance.js";
import { passTime } from "./health.js";
import { serve } from "./request.js";
import type { ModelRequest, Outcome } from "./request.js";
import type { Recorder } from "./record.js";
import { cloneState, stateKey } from "./state.js";
import type { BalancerState } from "./state.js";

/** Most states kept where httpd is not deterministic; the least likely are left out beyond it. */
export const MOST_STATES = 256;

/**
 * The states a balancer may be in, the likeliest first: one, unless a race inside httpd has gone either way. When all
 * ways lead to the same state it is one again.
 */
export class PossibleStates {
  #states: readonly BalancerState[];

  constructor(state: BalancerState) {
    this.#states = [state];
  }

  /** The likeliest state; not to be changed. */
  get likeliest(): BalancerState {
    const [state] = this.#states;
    if (state === undefined) throw new Error("a balancer has no state");
    return state;
  }

  /** How many there are. */
  get size(): number {
    return this.#states.length;
  }

  /** One request; the different outcomes, the likeliest first. The recorder hears of the likeliest alone. */
  serve(request: ModelRequest, backends: readonly Backend[], record?: Recorder): readonly Outcome[] {
    const [only] = this.#states;
    if (only !== undefined && this.#states.length === 1 && !only.balancer.races) {
      return [serve(only, request, { backends, ...(record && { record }) })];
    }
    const outcomes: Outcome[] = [];
    this.#branch((state, chance) => {
      const heard = outcomes.length === 0 && record !== undefined ? { record } : {};
      outcomes.push(serve(state, request, { backends, chance, ...heard }));
    });
    return distinct(outcomes, ({ member, status }) => `${member} ${status}`);
  }

  /** Lets time pass, in microseconds. */
  pass(microseconds: number, backends: readonly Backend[]): void {
    this.#branch((state, chance) => {
      passTime(state, microseconds, backends, chance);
    });
  }

  /** Changes every state alike. */
  change(change: (state: BalancerState) => BalancerState): void {
    this.#states = distinct(this.#states.map(change), stateKey);
  }

  #branch(act: (state: BalancerState, chance: Chance) => void): void {
    const [only] = this.#states;
    if (only !== undefined && this.#states.length === 1 && !only.balancer.races) {
      act(only, { choose: () => 0 });
      return;
    }
    const after = this.#states.flatMap((state) =>
      everyWay((chance) => {
        const copy = cloneState(state);
        act(copy, chance);
        return copy;
      }, MOST_STATES),
    );
    this.#states = distinct(after, stateKey).slice(0, MOST_STATES);
  }
}

function distinct<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  if (values.length < 2) return values;
  const byKey = new Map<string, T>();
  for (const value of values) {
    const key = keyOf(value);
    if (!byKey.has(key)) byKey.set(key, value);
  }
  return [...byKey.values()];
}
