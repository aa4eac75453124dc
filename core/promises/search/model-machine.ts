import {
  ANSWERS,
  BITS,
  cloneState,
  everyWay,
  initialState,
  passTime,
  REFUSES,
  remainingRetry,
  serve,
  stateKey,
} from "../../model/engine.js";
import type { Backend, BalancerState, Chance, ModelBalancer } from "../../model/engine.js";
import { STATUS_FLAGS } from "../../vocabulary/status.js";
import { CONDITION } from "./condition.js";
import { refusedThoughServable, WAIT_MARGIN } from "./exact-machine.js";
import type { ExactSearch } from "./exact-machine.js";
import { cell } from "./exact-request.js";
import type { Row } from "./exact-request.js";
import type { Machine, SearchEvent, Visitor } from "./machine.js";

/** Most ways chance can go that are followed at once. */
const MOST_WAYS = 32;

/** How much later than its interval a health check may run, in microseconds. */
const CHECK_LATENESS = 110_000;

const OUT_OF_SERVICE = STATUS_FLAGS.D.bit | STATUS_FLAGS.S.bit | STATUS_FLAGS.U.bit;

/** Where a search stands: which backends are down, and every state the balancer may be in. */
interface Belief {
  readonly downs: readonly boolean[];
  readonly states: readonly BalancerState[];
}

/**
 * The exact state space through `core/model`, for what the fast machine leaves out: health checks, bytraffic,
 * heartbeat, a balancer that waits for usable members. Where httpd races with itself a state of the search is the set
 * of states the balancer may be in.
 */
export class ModelMachine implements Machine {
  readonly start: number;
  readonly #balancer: ModelBalancer;
  readonly #search: ExactSearch;
  readonly #sessions: readonly (string | undefined)[];
  readonly #beliefs: Belief[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(balancer: ModelBalancer, search: ExactSearch) {
    this.#balancer = balancer;
    this.#search = search;
    const routes = balancer.settings.sticky === undefined ? [] : balancer.settings.routes;
    this.#sessions = [undefined, ...new Set(routes.filter((route) => route !== ""))];
    this.start = this.#intern({ downs: balancer.members.map(() => false), states: [initialState(balancer)] });
  }

  get size(): number {
    return this.#beliefs.length;
  }

  get bytes(): number {
    return this.#beliefs.length * (200 + this.#balancer.members.length * 100);
  }

  get full(): boolean {
    return this.#beliefs.length >= this.#search.mostStates;
  }

  distance(number: number): number {
    const { downs, states } = this.#belief(number);
    return Math.min(...states.map((state) => this.#search.distance(rowOf(state, downs))));
  }

  expand(number: number, visitor: Visitor): void {
    const belief = this.#belief(number);
    for (const route of this.#sessions) this.#serve(belief, route, visitor);
    this.#toggle(belief, visitor);
    for (const milliseconds of this.#waits(belief)) {
      const states = branch(belief.states, (state, chance) => {
        passTime(state, milliseconds * 1_000, backendsOf(belief.downs), chance);
      });
      visitor.next({ kind: "wait", milliseconds }, this.#intern({ ...belief, states }));
    }
  }

  #serve(belief: Belief, route: string | undefined, visitor: Visitor): void {
    const event: SearchEvent = route === undefined ? { kind: "request" } : { kind: "request", route };
    const backends = backendsOf(belief.downs);
    let broken = 0;
    let ways = 0;
    const states = branch(belief.states, (state, chance) => {
      const { member: answer } = serve(state, { route, bytes: 200 }, { backends, chance });
      const after = rowOf(state, belief.downs);
      ways++;
      if (refusedThoughServable({ before: after, after, route, answer })) broken++;
    });
    if (this.#search.races ? broken > 0 : broken === ways) visitor.broken(event);
    visitor.next(event, this.#intern({ ...belief, states }));
  }

  #toggle({ downs, states }: Belief, visitor: Visitor): void {
    const count = downs.filter((isDown) => isDown).length;
    downs.forEach((isDown, member) => {
      if (!isDown && count >= this.#search.limits.failures) return;
      const changed = downs.map((other, index) => (index === member ? !isDown : other));
      visitor.next({ kind: isDown ? "start" : "stop", member }, this.#intern({ downs: changed, states }));
    });
  }

  /** Until each retry time has passed, and until each member's health checks have certainly changed their mind. */
  #waits({ states, downs }: Belief): ReadonlySet<number> {
    const waits = new Set<number>();
    for (const state of states) {
      this.#balancer.members.forEach(({ healthCheck }, member) => {
        const remaining = remainingRetry(state, member);
        if (remaining > 0) waits.add(Math.ceil(remaining / 1_000) + WAIT_MARGIN);
        if (healthCheck === undefined) return;
        const bad = ((state.status[member] as number) & (BITS.error | BITS.healthCheckFailed)) !== 0;
        if (bad === (downs[member] === true)) return;
        const counted = (bad ? state.passes : state.fails)[member] as number;
        const needed = Math.max(1, (bad ? healthCheck.passes : healthCheck.fails) - counted);
        const certain = (state.checkUntil[member] as number) - state.now;
        const whole = certain + (needed - 1) * (Number(healthCheck.interval) + CHECK_LATENESS);
        waits.add(Math.ceil(whole / 1_000) + WAIT_MARGIN);
      });
    }
    return waits;
  }

  #belief(number: number): Belief {
    const belief = this.#beliefs[number];
    if (belief === undefined) throw new RangeError(`no state has the number ${number}`);
    return belief;
  }

  #intern(belief: Belief): number {
    const key = `${belief.downs.map(Number).join("")}|${belief.states.map(stateKey).sort().join("|")}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#beliefs.push(belief) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

function branch(
  states: readonly BalancerState[],
  act: (state: BalancerState, chance: Chance) => void,
): readonly BalancerState[] {
  const after = new Map<string, BalancerState>();
  for (const before of states) {
    const ways = everyWay((chance) => {
      const copy = cloneState(before);
      act(copy, chance);
      return copy;
    }, MOST_WAYS);
    for (const state of ways) after.set(stateKey(state), state);
  }
  return [...after.values()].slice(0, MOST_WAYS);
}

function backendsOf(downs: readonly boolean[]): readonly Backend[] {
  return downs.map((isDown) => (isDown ? REFUSES : ANSWERS));
}

/** What the rows of the fast machine say about a state. */
function rowOf(state: BalancerState, downs: readonly boolean[]): Row {
  const n = downs.length;
  const row = new Int32Array(2 * n + 1);
  for (let m = 0; m < n; m++) {
    const status = state.status[m] as number;
    const remaining = Math.ceil(remainingRetry(state, m) / 1_000);
    const condition =
      (downs[m] === true ? CONDITION.down : 0) |
      (remaining > 0 ? CONDITION.error : 0) |
      ((status & BITS.healthCheckFailed) === 0 ? 0 : CONDITION.failed) |
      ((status & OUT_OF_SERVICE) === 0 ? 0 : CONDITION.out) |
      ((status & BITS.drain) === 0 ? 0 : CONDITION.draining);
    row[m] = cell(condition, Math.min(remaining, 2 ** 26 - 1));
    row[n + m] = state.lbstatus[m] as number;
  }
  return row;
}
