import {
  ANSWERS,
  BITS,
  CHECK_LATENESS,
  cloneState,
  everyWay,
  initialState,
  passTime,
  REFUSES,
  remainingRetry,
  restarted,
  serve,
  setMember,
  stateKey,
} from "../../model/engine.js";
import type { Backend, BalancerState, Chance, ModelBalancer } from "../../model/engine.js";
import { STATUS_FLAGS } from "../../vocabulary/status.js";
import { CONDITION } from "./condition.js";
import { CLOCK, setClock } from "./error-epochs.js";
import { WAIT_MARGIN } from "./fast-machine.js";
import type { MachineSearch } from "./fast-machine.js";
import { cell, rowWidth } from "./fast-request.js";
import type { Row } from "./fast-request.js";
import type { Machine, SearchEvent, Visitor } from "./machine.js";

/** Most ways chance can go that are followed at once. */
const MOST_WAYS = 32;

const NOT_IN = STATUS_FLAGS.D.bit | STATUS_FLAGS.S.bit | STATUS_FLAGS.U.bit | STATUS_FLAGS.N.bit;

const OUT_OF_SERVICE = STATUS_FLAGS.D.bit | STATUS_FLAGS.S.bit | STATUS_FLAGS.U.bit;

/** Where a search stands: which backends are down, and every state the balancer may be in. */
interface Belief {
  readonly downs: readonly boolean[];
  readonly states: readonly BalancerState[];
  /** Milliseconds since the member that is watched is back; undefined while it is not. */
  readonly back?: number | undefined;
  /** Letters that operators have set, by member. */
  readonly flags: readonly string[];
}

/**
 * The exact state space through `core/model`, for what the fast machine leaves out: health checks, bytraffic,
 * heartbeat, a balancer that waits for usable members. Where httpd races with itself a state of the search is the set
 * of states the balancer may be in.
 */
export class FullMachine implements Machine {
  readonly start: number;
  readonly stride = 1;
  readonly #balancer: ModelBalancer;
  readonly #search: MachineSearch;
  readonly #sessions: readonly (string | undefined)[];
  readonly #beliefs: Belief[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(balancer: ModelBalancer, search: MachineSearch) {
    this.#balancer = balancer;
    this.#search = search;
    const routes = balancer.settings.sticky === undefined ? [] : balancer.settings.routes;
    this.#sessions = [undefined, ...new Set(routes.filter((route) => route !== ""))];
    const { clock } = search;
    this.start = this.#intern({
      downs: balancer.members.map(() => false),
      states: [initialState(balancer)],
      back: clock?.start === CLOCK.rung ? clock.milliseconds : undefined,
      flags: balancer.members.map(() => ""),
    });
  }

  get size(): number {
    return this.#beliefs.length;
  }

  get bytes(): number {
    return this.#beliefs.length * (200 + this.#balancer.members.length * 100);
  }

  /** Only some lengths of waits are tried, so something is left out everywhere. */
  readonly omitted = true;

  get full(): boolean {
    return this.#beliefs.length >= this.#search.mostStates;
  }

  distance(number: number): number {
    const belief = this.#belief(number);
    return Math.min(...belief.states.map((state) => this.#search.distance(this.#rowOf(belief, state))));
  }

  expand(number: number, visitor: Visitor): void {
    const belief = this.#belief(number);
    for (const route of this.#sessions) this.#serve(belief, route, visitor);
    this.#toggle(belief, visitor);
    this.#manage(belief, visitor);
    for (const milliseconds of this.#waits(belief)) {
      const states = branch(belief.states, (state, chance) => {
        passTime(state, milliseconds * 1_000, backendsOf(belief.downs), chance);
      });
      const most = this.#search.clock?.milliseconds ?? 0;
      const back = belief.back === undefined ? undefined : Math.min(most, belief.back + milliseconds);
      visitor.next({ kind: "wait", milliseconds }, this.#intern({ ...belief, states, back }));
    }
  }

  #serve(belief: Belief, route: string | undefined, visitor: Visitor): void {
    const event: SearchEvent = route === undefined ? { kind: "request" } : { kind: "request", route };
    const backends = backendsOf(belief.downs);
    let broken = 0;
    let ways = 0;
    const states = branch(belief.states, (state, chance) => {
      const before = this.#rowOf(belief, state);
      const { member: answer } = serve(state, { route, bytes: 200 }, { backends, chance });
      ways++;
      if (this.#search.breaks({ before, after: this.#rowOf(belief, state), route, answer })) broken++;
    });
    if (this.#search.races ? broken > 0 : broken === ways) visitor.broken(event);
    visitor.next(event, this.#intern({ ...belief, states }));
  }

  #toggle(belief: Belief, visitor: Visitor): void {
    const { downs } = belief;
    const count = downs.filter((isDown) => isDown).length;
    downs.forEach((isDown, member) => {
      if (!isDown && count >= this.#search.limits.failures) return;
      const changed = downs.map((other, index) => (index === member ? !isDown : other));
      const next = this.#intern(this.#timed(belief, { ...belief, downs: changed }));
      visitor.next({ kind: isDown ? "start" : "stop", member }, next);
    });
  }

  #manage(belief: Belief, visitor: Visitor): void {
    for (const action of this.#search.limits.actions ?? []) {
      if (action === "restart") {
        const fresh = { ...belief, states: belief.states.map(restarted), flags: belief.flags.map(() => "") };
        visitor.next({ kind: "restart" }, this.#intern(this.#timed(belief, fresh)));
        continue;
      }
      const letter = action === "drain" ? "N" : "D";
      belief.flags.forEach((letters, member) => {
        const on = !letters.includes(letter);
        const flags = belief.flags.map((other, m) =>
          m !== member ? other : on ? other + letter : other.replace(letter, ""),
        );
        const states = belief.states.map((state) => {
          const changed = cloneState(state);
          setMember(changed, member, { status: `${on ? "+" : "-"}${letter}` });
          return changed;
        });
        visitor.next(
          { kind: "set", member, action, on },
          this.#intern(this.#timed(belief, { ...belief, states, flags })),
        );
      });
    }
  }

  /** The clock runs from the moment on when its member accepts connections and is in service. */
  #timed(before: Belief, after: Belief): Belief {
    const { clock } = this.#search;
    if (clock === undefined) return after;
    const isIn = ({ downs, states }: Belief): boolean =>
      downs[clock.member] !== true && states.every(({ status }) => ((status[clock.member] ?? 0) & NOT_IN) === 0);
    if (isIn(before) === isIn(after)) return after;
    return { ...after, back: isIn(after) ? 0 : undefined };
  }

  #rowOf({ downs, back }: Belief, state: BalancerState): Row {
    const row = rowOf(state, downs);
    const rung = back !== undefined && back >= (this.#search.clock?.milliseconds ?? Infinity);
    setClock(row, rung ? CLOCK.rung : CLOCK.off);
    return row;
  }

  /** Until each retry time has passed, and until each member's health checks have certainly changed their mind. */
  #waits({ states, downs, back }: Belief): ReadonlySet<number> {
    const waits = new Set<number>();
    const { clock } = this.#search;
    if (clock !== undefined && back !== undefined && back < clock.milliseconds) waits.add(clock.milliseconds - back);
    for (const state of states) {
      this.#balancer.members.forEach(({ healthCheck, passesCheck }, member) => {
        const remaining = remainingRetry(state, member);
        if (remaining > 0) waits.add(Math.ceil(remaining / 1_000) + WAIT_MARGIN);
        if (healthCheck === undefined || passesCheck === undefined) return;
        const ended = this.#balancer.does.checksEndRequestErrors ? BITS.error : 0;
        const bad = ((state.status[member] as number) & (ended | BITS.healthCheckFailed)) !== 0;
        if (bad !== passesCheck(downs[member] === true ? REFUSES : ANSWERS)) return;
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
    const key = `${belief.downs.map(Number).join("")}|${belief.back ?? ""}|${belief.flags.join()}|${belief.states.map(stateKey).sort().join("|")}`;
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
  const row = new Int32Array(rowWidth(n));
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
