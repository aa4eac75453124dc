import { takesTime } from "./backend.js";
import type { Backend } from "./backend.js";
import type { LiveSettings } from "./balancer.js";
import { everyWay, LIKELIEST } from "./chance.js";
import type { Chance } from "./chance.js";
import { mayTryAgain } from "./failures.js";
import { passTime } from "./health.js";
import { serve } from "./request.js";
import type { ModelRequest } from "./model-request.js";
import type { Outcome } from "./request.js";
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
  #settledWith:
    { readonly backends: readonly Backend[]; readonly settings: LiveSettings; readonly races: boolean } | undefined;

  constructor(state: BalancerState) {
    this.#states = [state];
  }

  /** The likeliest state; not to be changed. */
  get likeliest(): BalancerState {
    const [state] = this.#states;
    if (state === undefined) throw new Error("a balancer has no state");
    return state;
  }

  /** Every state it may be in, the likeliest first; not to be changed. */
  get all(): readonly BalancerState[] {
    return this.#states;
  }

  /** The only state, when no request can lead to several with these backends; it may be changed by `serve`. */
  settled(backends: readonly Backend[]): BalancerState | undefined {
    const [only, other] = this.#states;
    if (only === undefined || other !== undefined) return undefined;
    const known = this.#settledWith;
    if (known?.backends !== backends || known.settings !== only.settings) {
      this.#settledWith = { backends, settings: only.settings, races: canRace(only, backends) };
    }
    return this.#settledWith?.races === false ? only : undefined;
  }

  /** Text that is equal for equal sets of states. */
  key(): string {
    return this.#states.map(stateKey).sort().join("|");
  }

  /** One request; the different outcomes, the likeliest first. The recorder hears of the likeliest alone. */
  serve(request: ModelRequest, backends: readonly Backend[], record?: Recorder): readonly Outcome[] {
    const only = this.settled(backends);
    if (only !== undefined) return [serve(only, request, { backends, ...(record && { record }) })];
    const outcomes: Outcome[] = [];
    this.#branch((state, chance) => {
      const heard = outcomes.length === 0 && record !== undefined ? { record } : {};
      outcomes.push(serve(state, request, { backends, chance, ...heard }));
    });
    return distinct(outcomes, ({ member, status }) => `${member} ${status}`);
  }

  /** Lets time pass, in microseconds. */
  pass(microseconds: number, backends: readonly Backend[]): void {
    if (!this.likeliest.balancer.checked) {
      for (const state of this.#states) passTime(state, microseconds, backends, LIKELIEST);
      return;
    }
    this.#branch((state, chance) => {
      passTime(state, microseconds, backends, chance);
    });
  }

  /** Changes every state alike. */
  change(change: (state: BalancerState) => BalancerState): void {
    this.#states = distinct(this.#states.map(change), stateKey);
  }

  /** The states it is in from now on, the likeliest first. */
  become(states: readonly BalancerState[]): void {
    this.#states = distinct(states, stateKey).slice(0, MOST_STATES);
  }

  #branch(act: (state: BalancerState, chance: Chance) => void): void {
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

/**
 * True when a request can go several ways: heartbeat draws, a member with `retry=0` fails inside it, or a health check
 * may happen while it waits.
 */
function canRace({ balancer, settings }: BalancerState, backends: readonly Backend[]): boolean {
  if (settings.lbmethod === "heartbeat") return true;
  const waits = settings.timeout > 0 || backends.some(takesTime);
  if (balancer.checked && waits) return true;
  return balancer.members.some(({ retry, protocol }, member) => {
    const kind = backends[member]?.kind ?? "answers";
    return retry === 0 && kind !== "answers" && kind !== "unhandled" && mayTryAgain(kind, protocol);
  });
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
