import { CONDITION } from "./condition.js";
import { AbstractRequest } from "./abstract-request.js";
import type { AbstractSession } from "./abstract-request.js";
import { abstractStates, downsOf } from "./abstract-state.js";
import type { AbstractStates, Axis } from "./abstract-state.js";
import { classesOf } from "./classes.js";
import { beginError, choicesOf, membersInError, numberEpochs } from "./error-epochs.js";
import type { MachineSearch } from "./fast-machine.js";
import { cell, conditionIn, OWN_ERROR, remainingIn, rowWidth } from "./fast-request.js";
import type { Row } from "./fast-request.js";
import type { SearchLayout } from "./layout.js";
import type { Machine, SearchEvent, Visitor } from "./machine.js";
import { changeRow, startRow } from "./row-change.js";
import { RowPool } from "./row-pool.js";

const { down, error, out, draining } = CONDITION;

/** Most pending ends of which every choice is followed. */
const MOST_CHOICES = 8;

/**
 * Conditions, retry times and health checks of every member, without counters: any candidate may answer, and a check may
 * come in any pause. Every run of a real httpd is among its runs, so what it does not find is not there: that it closes is
 * a proof, what it finds is a suspicion, and a real scenario has no fewer events than its shortest one.
 *
 * A request that waits for a usable member (the balancer's `timeout`) is a request that is refused, a pause, and another
 * that may give up sooner: it has more events here than on a real httpd.
 *
 * Requests are those of the abstraction of `always-served` (`abstract-request.ts`), with a class for each member; pauses
 * those of the exact search (`error-epochs.ts`).
 */
export class CounterlessMachine implements Machine {
  readonly start: number;
  readonly stride = 64;
  readonly #layout: SearchLayout;
  readonly #search: MachineSearch;
  readonly #states: AbstractStates;
  readonly #request: AbstractRequest;
  readonly #spreads: readonly ReadonlyMap<number, number>[];
  readonly #pool: RowPool;
  readonly #row: Row;
  readonly #next: Row;
  #omitted = false;

  constructor(layout: SearchLayout, search: MachineSearch, states: AbstractStates) {
    const n = layout.members.length;
    this.#layout = layout;
    this.#search = search;
    this.#states = states;
    this.#request = new AbstractRequest(layout, states, { tires: layout.waits });
    this.#spreads = states.axes.map(spreadsOf);
    this.#pool = new RowPool(rowWidth(n), search.mostStates);
    this.#row = new Int32Array(rowWidth(n));
    this.#next = new Int32Array(rowWidth(n));
    this.start = this.#pool.intern(startRow(layout, search.clock));
  }

  get size(): number {
    return this.#pool.size;
  }

  get bytes(): number {
    return this.#pool.bytes;
  }

  get omitted(): boolean {
    return this.#omitted;
  }

  get full(): boolean {
    return this.#pool.full;
  }

  distance(state: number): number {
    this.#pool.read(state, this.#next);
    return this.#search.distance(this.#next);
  }

  expand(state: number, visitor: Visitor): void {
    this.#omitted = false;
    this.#pool.read(state, this.#row);
    for (const [route, session] of this.#sessions()) this.#serve(route, session, visitor);
    this.#change(visitor);
    this.#wait(visitor);
  }

  /** Every session a client can have, with its route. */
  #sessions(): ReadonlyMap<string | undefined, AbstractSession> {
    const sessions = new Map<string | undefined, AbstractSession>([[undefined, { kind: "none" }]]);
    this.#states.axes.forEach(({ group }, axis) => {
      if (group.route === "none") return;
      const route = this.#request.routeOf(axis);
      const own: AbstractSession = { kind: "own", axis, condition: conditionIn(this.#row, axis) };
      sessions.set(route, group.route === "own" ? own : { kind: "special", route });
    });
    return sessions;
  }

  #serve(route: string | undefined, session: AbstractSession, visitor: Visitor): void {
    const event: SearchEvent = route === undefined ? { kind: "request" } : { kind: "request", route };
    const { after, answering } = this.#request.outcomes(this.#number(this.#row), session);
    const answers = [OWN_ERROR, ...answering];
    let broken = false;
    for (const number of after) {
      for (const next of this.#dated(number)) {
        broken ||= answers.some((answer) => this.#search.breaks({ before: this.#row, after: next, route, answer }));
        visitor.next(event, this.#pool.intern(next));
      }
    }
    if (broken) visitor.broken(event);
  }

  /**
   * Rows of a state after a request: who was in error before is so since then, unless httpd forgot all errors meanwhile;
   * then all that are left are new. It may have where everybody who was not in error failed in this request.
   */
  #dated(number: number): readonly Row[] {
    const before = this.#row;
    const inError = membersInError(before);
    const others = this.#layout.members.flatMap((_, m) => (inError.includes(m) ? [] : [m]));
    const mayForget =
      this.#layout.forceRecovery && others.length <= this.#layout.furtherTries && others.every((m) => this.#mayFail(m));
    const kept = this.#rowOf(number, (m) => inError.includes(m));
    if (!mayForget) return [kept];
    const fresh = this.#rowOf(number, () => false);
    return others.length === 0 ? [fresh] : [kept, fresh];
  }

  #mayFail(member: number): boolean {
    const condition = conditionIn(this.#row, member);
    return (condition & down) !== 0 && this.#layout.members[member]?.ignoresErrors === false;
  }

  #rowOf(number: number, isOld: (member: number) => boolean): Row {
    const row = this.#row.slice();
    this.#states.axes.forEach((axis, m) => {
      const condition = axis.sole[Math.floor(number / axis.stride) % axis.table.size] as number;
      const dated = (condition & error) !== 0 && isOld(m);
      row[m] = dated ? cell(condition, remainingIn(this.#row, m)) : condition;
      if ((condition & error) !== 0 && !dated) beginError(row, m);
    });
    numberEpochs(row);
    return row;
  }

  /** Stops, starts and what operators do. */
  #change(visitor: Visitor): void {
    const { failures, actions = [] } = this.#search.limits;
    const mayStop = downsOf(this.#states, this.#number(this.#row)) < failures;
    this.#layout.members.forEach((_, member) => {
      const isDown = (conditionIn(this.#row, member) & down) !== 0;
      if (isDown || mayStop) this.#visit(visitor, { kind: isDown ? "start" : "stop", member });
      for (const action of actions) {
        if (action === "restart") continue;
        const bit = action === "drain" ? draining : out;
        const on = (conditionIn(this.#row, member) & bit) === 0;
        this.#visit(visitor, { kind: "set", member, action, on });
      }
    });
    if (actions.includes("restart")) this.#visit(visitor, { kind: "restart" });
  }

  #wait(visitor: Visitor): void {
    const { choices, whole } = choicesOf(this.#layout, this.#row, MOST_CHOICES, this.#search.clock?.milliseconds);
    if (!whole) this.#omitted = true;
    for (const choice of choices) this.#visit(visitor, { kind: "wait", milliseconds: 0, ...choice });
  }

  /** What happens to members that nobody can try does not matter, and their conditions are not told apart. */
  #visit(visitor: Visitor, event: Exclude<SearchEvent, { readonly kind: "request" }>): void {
    this.#next.set(this.#row);
    changeRow(this.#next, event, this.#layout, this.#search.clock);
    if (this.#spreads.some((known, m) => !known.has(conditionIn(this.#next, m)))) return;
    visitor.next(event, this.#pool.intern(this.#next));
  }

  #number(row: Row): number {
    return this.#spreads.reduce((sum, known, m) => {
      const { stride } = this.#states.axes[m] as Axis;
      return sum + (known.get(conditionIn(row, m)) ?? 0) * stride;
    }, 0);
  }
}

/** The machine of a layout; undefined where its classes have more states than can be numbered. */
export function counterlessMachine(layout: SearchLayout, search: MachineSearch): CounterlessMachine | undefined {
  const states = abstractStates(classesOf(layout, search.limits, true), search.limits.failures, MOST_NUMBERED);
  return states === undefined ? undefined : new CounterlessMachine(layout, search, states);
}

/** Most states of the abstraction, reachable or not: their numbers are kept in tables. */
const MOST_NUMBERED = 1 << 20;

/** The number of a spread by the condition of the only member of an axis. */
function spreadsOf({ group, table }: Axis): ReadonlyMap<number, number> {
  return new Map(
    group.conditions.flatMap((condition, k): (readonly [number, number])[] => {
      const spread = table.find(group.conditions.map((_, other) => Number(other === k)));
      return spread === -1 ? [] : [[condition, spread]];
    }),
  );
}
