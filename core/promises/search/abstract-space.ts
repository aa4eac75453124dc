import { ADMINISTRATIVE, CONDITION, UNUSABLE } from "./condition.js";
import { AbstractRequest } from "./abstract-request.js";
import type { AbstractSession } from "./abstract-request.js";
import { downsOf, moved, abstractSpreadOf } from "./abstract-state.js";
import type { AbstractStates, Axis } from "./abstract-state.js";
import { afterChecks } from "./classes.js";
import type { SearchLimits } from "./classes.js";
import type { SearchLayout } from "./layout.js";

const { down, error, out, draining } = CONDITION;

/** Distance of a state from which no violation can be reached. */
export const UNREACHABLE = 255;

/** The reachable states of the abstraction. */
export interface AbstractSpace {
  readonly states: AbstractStates;
  /** Number of reachable states. */
  readonly reached: number;
  /** True when a request in some reachable state may break the promise. */
  readonly mayBreak: boolean;
  /** For each state, the fewest events to a violation that the abstraction allows; {@link UNREACHABLE} for none. */
  readonly distance: Uint8Array;
}

/** Everything reachable from the start, and how far each state is from a violation. */
export function abstractSpace(layout: SearchLayout, states: AbstractStates, limits: SearchLimits): AbstractSpace {
  const reach = new Reach(layout, states, limits);
  reach.close();
  return {
    states,
    reached: reach.order.length,
    mayBreak: reach.breaking.length > 0,
    distance: reach.breaking.length > 0 ? distances(reach) : new Uint8Array(0),
  };
}

/** Who may answer: members by index, to requests without a session and to sessions of each route. */
export interface PossibleAnswers {
  readonly plain: ReadonlySet<number>;
  readonly ofRoute: ReadonlyMap<string, ReadonlySet<number>>;
}

/**
 * Who may answer requests in any state that can be reached. Every run of a real httpd is among those of the abstraction,
 * so a member that is not named never answers.
 *
 * @param states - of classes of one member each
 */
export function possibleAnswers(layout: SearchLayout, states: AbstractStates, limits: SearchLimits): PossibleAnswers {
  const reach = new Reach(layout, states, limits, true);
  reach.close();
  return { plain: reach.plain, ofRoute: reach.ofRoute };
}

/** A change of one member of a class. */
interface Change {
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
}

/** Forward closure; keeps what the way back needs. */
class Reach {
  readonly states: AbstractStates;
  readonly seen: Uint8Array;
  readonly order: number[] = [];
  readonly breaking: number[] = [];
  /** Requests that change the state, as pairs of before and after. */
  readonly requests: number[] = [];
  /** Changes that are one event each: stop, start, and what operators do. */
  readonly toggles: readonly Change[];
  /** Changes that waiting brings. */
  readonly expiries: readonly Change[];
  readonly restarts: boolean;
  /** Members that may answer requests without a session. */
  readonly plain = new Set<number>();
  /** Members that may answer a session of each route. */
  readonly ofRoute = new Map<string, Set<number>>();
  readonly #limits: SearchLimits;
  readonly #request: AbstractRequest;
  readonly #answers: boolean;

  /** @param answers - note who may answer; the states must be of classes of one member each */
  constructor(layout: SearchLayout, states: AbstractStates, limits: SearchLimits, answers = false) {
    this.states = states;
    this.seen = new Uint8Array(states.size);
    this.toggles = states.axes.flatMap((axis) => togglesOf(axis, limits));
    this.expiries = states.axes.flatMap(expiriesOf);
    this.restarts = limits.actions?.includes("restart") ?? false;
    this.#limits = limits;
    this.#answers = answers;
    this.#request = new AbstractRequest(layout, states);
  }

  close(): void {
    this.#reach(this.states.start);
    for (let next = 0; next < this.order.length; next++) this.#expand(this.order[next] as number);
  }

  /** False for states with more members down than the limit. */
  allowed(state: number): boolean {
    return downsOf(this.states, state) <= this.#limits.failures;
  }

  /** The state after httpd was restarted: what backends do stays, what httpd remembers goes. */
  restarted(state: number): number {
    return this.states.axes.reduce(
      (sum, axis) => sum + restartedSpread(axis, abstractSpreadOf(axis, state)) * axis.stride,
      0,
    );
  }

  #expand(state: number): void {
    for (const { axis, from, to } of [...this.toggles, ...this.expiries]) {
      const next = moved(axis, state, from, to);
      if (next !== -1 && this.allowed(next)) this.#reach(next);
    }
    if (this.restarts) this.#reach(this.restarted(state));
    let breaks = false;
    for (const session of this.#sessions(state)) {
      const { after, mayBreak, answering } = this.#request.outcomes(state, session);
      breaks ||= mayBreak;
      if (this.#answers) this.#note(session, answering);
      for (const next of after) {
        if (next === state) continue;
        this.requests.push(state, next);
        this.#reach(next);
      }
    }
    if (breaks) this.breaking.push(state);
  }

  #note(session: AbstractSession, answering: ReadonlySet<number>): void {
    const noted = this.#notedOf(session);
    for (const axis of answering) noted.add(this.states.axes[axis]?.group.members[0] ?? -1);
  }

  #notedOf(session: AbstractSession): Set<number> {
    if (session.kind === "none") return this.plain;
    const route = session.kind === "own" ? this.#request.routeOf(session.axis) : session.route;
    const known = this.ofRoute.get(route);
    if (known !== undefined) return known;
    const noted = new Set<number>();
    this.ofRoute.set(route, noted);
    return noted;
  }

  /** Every kind of session a client can have in a state. */
  #sessions(state: number): readonly AbstractSession[] {
    const sessions: AbstractSession[] = [{ kind: "none" }];
    const routes = new Set<string>();
    this.states.axes.forEach((axis, index) => {
      const { group, table } = axis;
      if (group.route === "none") return;
      if (group.route === "special") {
        routes.add(this.#request.routeOf(index));
        return;
      }
      const base = abstractSpreadOf(axis, state) * group.conditions.length;
      group.conditions.forEach((condition, k) => {
        if ((table.counts[base + k] ?? 0) > 0) sessions.push({ kind: "own", axis: index, condition });
      });
    });
    for (const route of routes) {
      const isNew = !this.#request.leavesAlone(state, route) && !this.#request.strays(state, route);
      // What changes nothing that others do not is answered all the same.
      if (isNew || this.#answers) sessions.push({ kind: "special", route });
    }
    return sessions;
  }

  #reach(state: number): void {
    if (this.seen[state] === 1) return;
    this.seen[state] = 1;
    this.order.push(state);
  }
}

function togglesOf(axis: Axis, { actions = [] }: SearchLimits): readonly Change[] {
  const bits: readonly number[] = [
    down,
    ...(actions.includes("drain") ? [draining] : []),
    ...(actions.includes("disable") ? [out] : []),
  ];
  return changes(axis, (from, to) => bits.includes(from ^ to));
}

/** Clocks that run out clear Err; health checks set HcFl and clear both. */
function expiriesOf(axis: Axis): readonly Change[] {
  const { checks } = axis.group;
  return changes(axis, (from, to) => {
    if ((from & error) !== 0 && to === (from & ~error)) return true;
    return checks !== undefined && to === afterChecks(from, checks);
  });
}

function changes(axis: Axis, isChange: (from: number, to: number) => boolean): readonly Change[] {
  const { conditions } = axis.group;
  return conditions.flatMap((before, from) =>
    conditions.flatMap((after, to) => (from !== to && isChange(before, after) ? [{ axis, from, to }] : [])),
  );
}

function restartedSpread(axis: Axis, spread: number): number {
  const { conditions, start } = axis.group;
  const counts = conditions.map(() => 0);
  conditions.forEach((condition, k) => {
    const target = conditions.indexOf((condition & down) | (start & (ADMINISTRATIVE | UNUSABLE)));
    counts[target] = (counts[target] ?? 0) + (axis.table.counts[spread * conditions.length + k] ?? 0);
  });
  return axis.table.find(counts);
}

/** Breadth-first from the violations backwards; waiting is one event however many clocks run out meanwhile. */
function distances(reach: Reach): Uint8Array {
  const { states, seen, toggles, expiries } = reach;
  const distance = new Uint8Array(states.size).fill(UNREACHABLE);
  const waited = new Uint8Array(states.size);
  const before = predecessors(reach.requests);
  const beforeRestart = reach.restarts ? predecessors(restartPairs(reach)) : undefined;
  let level: number[] = [...reach.breaking];
  for (const state of level) distance[state] = 1;
  for (let cost = 2; level.length > 0 && cost < UNREACHABLE; cost++) {
    const next: number[] = [];
    const visit = (state: number): void => {
      if (state === -1 || seen[state] !== 1 || distance[state] !== UNREACHABLE) return;
      distance[state] = cost;
      next.push(state);
    };
    for (const state of level) {
      for (const { axis, from, to } of toggles) visit(moved(axis, state, to, from));
      before(state).forEach(visit);
      beforeRestart?.(state).forEach(visit);
    }
    const flood = [...level];
    for (let state = flood.pop(); state !== undefined; state = flood.pop()) {
      for (const { axis, from, to } of expiries) {
        const earlier = moved(axis, state, to, from);
        if (earlier === -1 || waited[earlier] === 1) continue;
        waited[earlier] = 1;
        visit(earlier);
        flood.push(earlier);
      }
    }
    level = next;
  }
  return distance;
}

function restartPairs(reach: Reach): readonly number[] {
  return reach.order.flatMap((state) => [state, reach.restarted(state)]);
}

/** Looks up the states that lead to a state. */
function predecessors(pairs: readonly number[]): (state: number) => readonly number[] {
  const lists = new Map<number, number[]>();
  for (let k = 0; k < pairs.length; k += 2) {
    const [from, to] = [pairs[k] as number, pairs[k + 1] as number];
    const list = lists.get(to);
    if (list === undefined) lists.set(to, [from]);
    else list.push(from);
  }
  return (state) => lists.get(state) ?? [];
}
