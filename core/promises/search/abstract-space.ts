import { ADMINISTRATIVE, CONDITION, UNUSABLE } from "./condition.js";
import { AbstractRequest } from "./abstract-request.js";
import type { AbstractSession } from "./abstract-request.js";
import { eachChange, expiriesOf, togglesOf } from "./abstract-changes.js";
import type { Changes } from "./abstract-changes.js";
import { downsOf, abstractSpreadOf } from "./abstract-state.js";
import type { AbstractStates, Axis } from "./abstract-state.js";
import type { SearchLimits } from "./classes.js";
import type { SearchLayout } from "./layout.js";
import { distances } from "./way-back.js";

const { down } = CONDITION;

/** States between two looks at the clock, some milliseconds of work: so many are always looked at. */
const STRIDE = 1_024;

/** The reachable states of the abstraction. */
export interface AbstractSpace {
  readonly states: AbstractStates;
  /** Number of reachable states. */
  readonly reached: number;
  /** True when a request in some reachable state may break the promise. */
  readonly mayBreak: boolean;
  /** For each state, the fewest events to a violation that the abstraction allows; `UNREACHABLE` for none. */
  readonly distance: Uint8Array;
}

/**
 * Everything reachable from the start, and how far each state is from a violation; undefined when the time was over
 * before.
 *
 * @param isOver - @default - never
 */
export function abstractSpace(
  layout: SearchLayout,
  states: AbstractStates,
  limits: SearchLimits,
  isOver?: () => boolean,
): AbstractSpace | undefined {
  const reach = new Reach(layout, states, limits);
  if (!reach.close(isOver)) return undefined;
  const { order, breaking, requests, seen, toggles, expiries } = reach;
  const pairs = [requests, ...(reach.restarts ? [restartPairs(reach)] : [])];
  return {
    states,
    reached: order.length,
    mayBreak: breaking.length > 0,
    distance:
      breaking.length > 0
        ? distances({ size: states.size, seen, breaking, pairs, toggles, expiries })
        : new Uint8Array(0),
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

/** Forward closure; keeps what the way back needs. */
class Reach {
  readonly states: AbstractStates;
  readonly seen: Uint8Array;
  readonly order: number[] = [];
  readonly breaking: number[] = [];
  /** Requests that change the state, as pairs of before and after. */
  readonly requests: number[] = [];
  /** Changes that are one event each: stop, start, and what operators do. */
  readonly toggles: Changes;
  /** Changes that waiting brings. */
  readonly expiries: Changes;
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
    this.toggles = togglesOf(states, limits);
    this.expiries = expiriesOf(states);
    this.restarts = limits.actions?.includes("restart") ?? false;
    this.#limits = limits;
    this.#answers = answers;
    this.#request = new AbstractRequest(layout, states);
  }

  /** False when the time was over before everything was reached. */
  close(isOver?: () => boolean): boolean {
    this.#reach(this.states.start);
    for (let next = 0; next < this.order.length; next++) {
      if (next > 0 && next % STRIDE === 0 && isOver?.() === true) return false;
      this.#expand(this.order[next] as number);
    }
    return true;
  }

  /** The state after httpd was restarted: what backends do stays, what httpd remembers goes. */
  restarted(state: number): number {
    return this.states.axes.reduce(
      (sum, axis) => sum + restartedSpread(axis, abstractSpreadOf(axis, state)) * axis.stride,
      0,
    );
  }

  #expand(state: number): void {
    const mayFell = downsOf(this.states, state) < this.#limits.failures;
    const reach = (next: number, fells: boolean): void => {
      if (mayFell || !fells) this.#reach(next);
    };
    eachChange(this.toggles, "forth", state, reach);
    eachChange(this.expiries, "forth", state, reach);
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

function restartedSpread(axis: Axis, spread: number): number {
  const { conditions, start } = axis.group;
  const counts = conditions.map(() => 0);
  conditions.forEach((condition, k) => {
    const target = conditions.indexOf((condition & down) | (start & (ADMINISTRATIVE | UNUSABLE)));
    counts[target] = (counts[target] ?? 0) + (axis.table.counts[spread * conditions.length + k] ?? 0);
  });
  return axis.table.find(counts);
}

function restartPairs(reach: Reach): readonly number[] {
  return reach.order.flatMap((state) => [state, reach.restarted(state)]);
}
