import { CONDITION, UNUSABLE } from "./condition.js";
import { hasEligible, moved, abstractSpreadOf } from "./abstract-state.js";
import type { AbstractStates, Axis } from "./abstract-state.js";
import type { Place, SearchLayout } from "./layout.js";

const { down, error } = CONDITION;

/** Whose session a request carries, as far as the abstraction can say. */
export type AbstractSession =
  | { readonly kind: "none" }
  /** One member of a class whose members have routes of their own, by axis; its condition is told apart. */
  | { readonly kind: "own"; readonly axis: number; readonly condition: number }
  /** A route that is looked up among members that are classes of their own. */
  | { readonly kind: "special"; readonly route: string };

/** What a request can lead to. */
export interface AbstractOutcomes {
  /** States after it. */
  readonly after: ReadonlySet<number>;
  /** True when httpd may answer with an error of its own although somebody could serve. */
  readonly mayBreak: boolean;
  /** Axes of which a member may answer. */
  readonly answering: ReadonlySet<number>;
}

interface Run {
  readonly session: AbstractSession;
  readonly after: Set<number>;
  readonly seen: Set<number>;
  readonly answering: Set<number>;
  mayBreak: boolean;
}

/**
 * One request in the abstraction: `proxy_handler` with `proxy_balancer_pre_request` (mod_proxy.c,
 * mod_proxy_balancer.c), where any candidate of the walk may be the one picked, because the counters are forgotten.
 * Every run of a real httpd is among the outcomes, so a layout whose outcomes never break is sound.
 */
export class AbstractRequest {
  readonly #layout: SearchLayout;
  readonly #states: AbstractStates;
  readonly #sets: readonly Readonly<Record<Place, readonly number[]>>[];

  readonly #holders: ReadonlyMap<string, readonly Holder[]>;
  readonly #tires: boolean;

  /**
   * @param tires - httpd may give up after any try in vain: in the part of a request that goes on after a wait inside it
   *   (the balancer's `timeout`) fewer tries are left than in one that begins
   */
  constructor(layout: SearchLayout, states: AbstractStates, { tires = false }: { readonly tires?: boolean } = {}) {
    this.#layout = layout;
    this.#states = states;
    this.#tires = tires;
    const axesOf = (lbset: number, place: Place): readonly number[] =>
      states.axes.flatMap(({ group }, index) => (group.lbset === lbset && group.place === place ? [index] : []));
    this.#holders = holdersOf(layout, states);
    this.#sets = layout.lbsets.map((lbset) => ({
      active: axesOf(lbset, "active"),
      spare: axesOf(lbset, "spare"),
      standby: axesOf(lbset, "standby"),
    }));
  }

  /** True when the member that a route leads to is up, so that the request changes nothing. */
  leavesAlone(state: number, route: string): boolean {
    const index = this.#lookup(route, state, 0);
    return index !== -1 && (this.#soleCondition(index, state) & down) === 0;
  }

  /**
   * True when a route leads nowhere and goes on to, so that the request goes the way of one without a session: somebody
   * up keeps httpd from recovering all by force, and no retry time of 0 passes meanwhile.
   */
  strays(state: number, route: string): boolean {
    const { axes } = this.#states;
    if (this.#layout.nofailover || axes.some(({ group }) => group.retriedAtOnce)) return false;
    return (
      axes.some((axis) => (axis.usableUp[abstractSpreadOf(axis, state)] ?? 0) > 0) &&
      this.#lookup(route, state, 0) === -1
    );
  }

  outcomes(state: number, session: AbstractSession): AbstractOutcomes {
    const run: Run = { session, after: new Set(), seen: new Set(), answering: new Set(), mayBreak: false };
    const owner = session.kind === "own" ? session.condition : -1;
    this.#attempt(run, state, 0, owner);
    return run;
  }

  /** The route of the only member of an axis. */
  routeOf(index: number): string {
    return this.#layout.members[this.#states.axes[index]?.group.members[0] ?? 0]?.route ?? "";
  }

  #attempt(run: Run, state: number, attempt: number, owner: number): void {
    const key = (state * (this.#layout.furtherTries + 2) + attempt) * 64 + owner + 1;
    if (run.seen.has(key)) return;
    run.seen.add(key);
    const { axes } = this.#states;
    const racing =
      attempt === 0 ? undefined : axes.find((axis) => axis.group.retriedAtOnce && this.#inError(axis, state));
    if (racing !== undefined) this.#attempt(run, this.#withoutError(racing, state), attempt, owner);
    if (!axes.every((axis) => axis.allInError[abstractSpreadOf(axis, state)] === 1) || !this.#layout.forceRecovery) {
      this.#choose(run, state, attempt, owner);
      return;
    }
    const recovered = axes.reduce(
      (sum, axis) => sum + (axis.recovered[abstractSpreadOf(axis, state)] ?? 0) * axis.stride,
      0,
    );
    this.#choose(run, recovered, attempt, owner === -1 ? -1 : owner & ~error);
  }

  #choose(run: Run, state: number, attempt: number, owner: number): void {
    const { session } = run;
    if (session.kind === "own" && (owner & UNUSABLE) === 0) {
      this.#tried(run, { axis: session.axis, condition: owner, state, attempt, owner });
      return;
    }
    if (session.kind === "special") {
      const axis = this.#lookup(session.route, state, 0);
      if (axis !== -1) {
        this.#tried(run, { axis, condition: this.#soleCondition(axis, state), state, attempt, owner });
        return;
      }
    }
    if (session.kind !== "none" && this.#layout.nofailover) this.#ownError(run, state);
    else this.#walk(run, state, attempt, owner);
  }

  /** Walks the sets; see `proxy_balancer_get_best_worker` (modules/proxy/proxy_util.c). */
  #walk(run: Run, state: number, attempt: number, owner: number): void {
    for (const set of this.#sets) {
      let unusable = 0;
      let offered = false;
      for (const index of set.active) {
        const axis = this.#states.axes[index] as Axis;
        const usable = axis.usable[abstractSpreadOf(axis, state)] as number;
        unusable += axis.group.members.length - usable;
        if (usable === 0) continue;
        offered = true;
        this.#tryAny(run, axis, { axis: index, state, attempt, owner });
      }
      if (unusable > 0) offered = this.#offer(run, set.spare, { state, attempt, owner }) || offered;
      if (!offered) offered = this.#offer(run, set.standby, { state, attempt, owner });
      if (offered) return;
    }
    this.#ownError(run, state);
  }

  #offer(run: Run, axes: readonly number[], at: Omit<Tried, "condition" | "axis">): boolean {
    let offered = false;
    for (const index of axes) {
      const axis = this.#states.axes[index] as Axis;
      if (axis.usable[abstractSpreadOf(axis, at.state)] === 0) continue;
      offered = true;
      this.#tryAny(run, axis, { axis: index, state: at.state, attempt: at.attempt, owner: at.owner });
    }
    return offered;
  }

  #tryAny(run: Run, axis: Axis, at: Omit<Tried, "condition">): void {
    const spread = abstractSpreadOf(axis, at.state);
    const up = axis.usableUp[spread] ?? 0;
    if (up > 0) this.#served(run, at.axis, at.state);
    if ((axis.usable[spread] ?? 0) === up) return;
    if (axis.refusing === undefined) return;
    const { axis: index, state, attempt, owner } = at;
    this.#tried(run, { axis: index, condition: axis.refusing, state, attempt, owner });
  }

  /** A try at a member in a condition: served, or refused and in error. */
  #tried(run: Run, { axis: index, condition, state, attempt, owner }: Tried): void {
    if ((condition & down) === 0) {
      this.#served(run, index, state);
      return;
    }
    const axis = this.#states.axes[index] as Axis;
    if (axis.group.ignoresErrors) {
      this.#ownError(run, state);
      return;
    }
    const { conditions } = axis.group;
    const next = moved(axis, state, conditions.indexOf(condition), conditions.indexOf(condition | error));
    const isOwner = run.session.kind === "own" && run.session.axis === index && (owner & UNUSABLE) === 0;
    const nextOwner = isOwner ? owner | error : owner;
    const isLast = attempt >= this.#layout.furtherTries;
    if (isLast || this.#tires) this.#ownError(run, next);
    if (!isLast) this.#attempt(run, next, attempt + 1, nextOwner);
  }

  /** `find_route_worker` (mod_proxy_balancer.c): not standbys first, then standbys; the axis found, or -1. */
  #lookup(route: string, state: number, depth: number): number {
    for (const { index, redirect } of this.#holders.get(route) ?? []) {
      if ((this.#soleCondition(index, state) & UNUSABLE) === 0) return index;
      if (redirect === "" || depth >= this.#layout.members.length) continue;
      const other = this.#lookup(redirect, state, depth + 1);
      if (other !== -1) return other;
    }
    return -1;
  }

  #soleCondition(index: number, state: number): number {
    const axis = this.#states.axes[index] as Axis;
    return axis.sole[abstractSpreadOf(axis, state)] as number;
  }

  #inError(axis: Axis, state: number): boolean {
    return this.#withoutError(axis, state) !== state;
  }

  #withoutError(axis: Axis, state: number): number {
    const spread = abstractSpreadOf(axis, state);
    return state + ((axis.recovered[spread] ?? spread) - spread) * axis.stride;
  }

  #served(run: Run, axis: number, state: number): void {
    run.answering.add(axis);
    run.after.add(this.#settled(state));
  }

  #ownError(run: Run, state: number): void {
    run.mayBreak ||= hasEligible(this.#states, state);
    run.after.add(this.#settled(state));
  }

  /** Between two requests a retry time of 0 has always passed. */
  #settled(state: number): number {
    let settled = state;
    for (const axis of this.#states.axes) if (axis.group.retriedAtOnce) settled = this.#withoutError(axis, settled);
    return settled;
  }
}

/** A member that has a route, as a class of its own. */
interface Holder {
  readonly index: number;
  readonly redirect: string;
}

/** Members by route in the order httpd looks them up. */
function holdersOf({ members }: SearchLayout, { axes }: AbstractStates): ReadonlyMap<string, readonly Holder[]> {
  const holders = new Map<string, Holder[]>();
  for (const last of [false, true]) {
    members.forEach(({ route, redirect, lookedUpLast }, m) => {
      if (route === "" || lookedUpLast !== last) return;
      const holder = { index: axes.findIndex(({ group }) => group.members[0] === m), redirect };
      holders.set(route, [...(holders.get(route) ?? []), holder]);
    });
  }
  return holders;
}

interface Tried {
  readonly axis: number;
  readonly condition: number;
  readonly state: number;
  readonly attempt: number;
  readonly owner: number;
}
