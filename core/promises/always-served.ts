import { modelBalancer } from "../model/engine.js";
import type { ModelBalancer } from "../model/engine.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { serverSettingsOf } from "../model/server-settings.js";
import { argumentFor } from "./search/argument.js";
import { abstractSpace } from "./search/abstract-space.js";
import type { AbstractSpace } from "./search/abstract-space.js";
import { abstractStates } from "./search/abstract-state.js";
import { classesOf } from "./search/classes.js";
import type { SearchLimits } from "./search/classes.js";
import { abstractEstimate } from "./search/estimate.js";
import { FastMachine, refusedThoughServable } from "./search/fast-machine.js";
import type { MachineSearch } from "./search/fast-machine.js";
import { guidedSearch } from "./search/guided-search.js";
import { needsModel, searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import { FullMachine } from "./search/full-machine.js";
import { searchShortest } from "./search/shortest.js";
import type { SearchEffort, SearchResult } from "./search/shortest.js";
import { timed } from "./search/timed.js";
import { UNREACHABLE } from "./search/way-back.js";
import type { SearchVerdict, Violation } from "./verdict.js";

/** Most states of the abstraction that are closed; larger layouts are argued about or searched with a guide. */
const MOST_ABSTRACT_STATES = 600_000;

/** The same for proofs that must come quickly. */
const FEW_ABSTRACT_STATES = 5_000;

/** Integers the exact states may take together: bounds memory to a few hundred megabytes. */
const MOST_CELLS = 24_000_000;

/** Most exact states of one search. */
const MOST_STATES = 300_000;

/** Most exact states of a search that is not the first one. */
const FEW_STATES = 20_000;

/** Most states that are searched through the model, which is exact for everything and slower. */
const MOST_MODEL_STATES = 30_000;

/** How much an estimate counts in a search that hurries. */
const HURRY = 4;

/** How a search goes about it. */
export interface EffortOptions extends SearchEffort {
  /** Called now and then with the number of states seen and the length of the scenarios looked at. */
  readonly progress?: (states: number, depth: number) => void;
  /** Called before each of several searches: what of, how many came before it, how many there are. */
  readonly started?: (what: string, done: number, total: number) => void;
  /** Only proofs that come quickly: what needs exact states counts as not proven. @default false */
  readonly quick?: boolean;
  /** What was decided before, and takes what is decided now: clusters of one kind are searched once. @default - nothing */
  readonly decided?: Map<string, SearchVerdict>;
}

/**
 * Decides `always-served` for one cluster: while any member that is not administratively out accepts connections,
 * httpd never answers 503, 502 or 500 of its own.
 *
 * First by argument, then by closing an abstraction that forgets the counters (every real run is among its runs), then
 * by searching the exact states for a shortest violation with the abstraction as its guide. Where races inside httpd
 * can end either way, a violation that is sure is looked for before one that only may come.
 */
export function alwaysServed(
  topology: Topology,
  cluster: Cluster,
  limits: SearchLimits,
  effort: EffortOptions = {},
): SearchVerdict {
  const layout = searchLayout(topology, cluster);
  const argument = argumentFor(layout, limits);
  if (argument !== undefined) return { kind: "holds", states: argument.states, proof: "argument" };
  // What is searched through the model goes by more than its layout.
  const { decided } = needsModel(layout) ? {} : effort;
  if (decided === undefined) return searched(topology, cluster, layout, { limits, effort });
  const kind = kindOf(layout, limits, effort);
  const known = decided.get(kind);
  if (known !== undefined) return known;
  const verdict = searched(topology, cluster, layout, { limits, effort });
  // One that ended with its time says nothing of the next.
  if (verdict.kind !== "bounded" || effort.isOver?.() !== true) decided.set(kind, verdict);
  return verdict;
}

/** Everything that a search goes by, as text: names are none of it. */
function kindOf(layout: SearchLayout, limits: SearchLimits, { quick, mostStates }: EffortOptions): string {
  const members = layout.members.map((member) => ({ ...member, name: "" }));
  return JSON.stringify([{ ...layout, cluster: "", members }, limits, quick, mostStates]);
}

function searched(
  topology: Topology,
  cluster: Cluster,
  layout: SearchLayout,
  { limits, effort }: Omit<Means, "space">,
): SearchVerdict {
  const most = effort.quick === true ? FEW_ABSTRACT_STATES : MOST_ABSTRACT_STATES;
  const states = abstractStates(classesOf(layout, limits), limits.failures, most);
  const isLate = effort.quick === true || effort.isOver?.() === true;
  if (states === undefined) return isLate ? NOT_PROVEN : guided(layout, limits);
  const space = abstractSpace(layout, states, limits, effort.isOver);
  if (space === undefined) return NOT_PROVEN;
  if (!space.mayBreak || space.distance[states.start] === UNREACHABLE) {
    return { kind: "holds", states: space.reached, proof: "abstraction" };
  }
  if (isLate) return { kind: "bounded", depth: eventsWithout(layout, space), states: space.reached };
  return new ExactDecision(topology, cluster, layout, { limits, space, effort }).verdict();
}

/** No violation has so few events: the abstraction allows all that httpd does, but for waits inside a request. */
function eventsWithout(layout: SearchLayout, { states, distance }: AbstractSpace): number {
  return layout.waits ? 0 : Math.max(0, (distance[states.start] ?? 1) - 1);
}

const NOT_PROVEN: SearchVerdict = { kind: "bounded", depth: 0, states: 0 };

interface Search {
  readonly races: boolean;
  readonly mostStates: number;
  readonly hurry?: number;
  readonly waits?: boolean;
}

interface Means {
  readonly limits: SearchLimits;
  readonly space: AbstractSpace;
  readonly effort: EffortOptions;
}

/** The part of a decision that needs exact states. */
class ExactDecision {
  readonly #topology: Topology;
  readonly #cluster: Cluster;
  readonly #layout: SearchLayout;
  readonly #means: Means;

  constructor(topology: Topology, cluster: Cluster, layout: SearchLayout, means: Means) {
    this.#topology = topology;
    this.#cluster = cluster;
    this.#layout = layout;
    this.#means = means;
  }

  verdict(): SearchVerdict {
    const { space, limits } = this.#means;
    const racing = this.#timely(this.#racing());
    const sure = this.#racing() ? this.#timely(false, racing.kind === "found" ? FEW_STATES : MOST_STATES) : racing;
    const violations: Violation[] = [];
    if (sure.kind === "found") violations.push({ events: sure.events, sure: true, shortest: sure.shortest });
    if (racing.kind === "found" && (sure.kind !== "found" || racing.events.length < sure.events.length)) {
      violations.push({ events: racing.events, sure: false, shortest: racing.shortest });
    }
    const seen = { states: space.reached + sure.states, bytes: sure.bytes };
    if (violations.length > 0) return { kind: "breaks", violations, ...seen };
    if (racing.kind === "closed") return { kind: "holds", proof: "search", ...seen };
    const depth = Math.max(racing.kind === "bounded" ? racing.depth : 0, eventsWithout(this.#layout, space));
    if (this.#means.effort.isOver?.() === true) return { kind: "bounded", depth, ...seen };
    const hurried = this.#search({ races: false, mostStates: FEW_STATES * 5, hurry: HURRY, waits: false });
    if (hurried.kind !== "found") return { ...guided(this.#layout, limits, depth), ...seen };
    const violation: Violation = { events: hurried.events, sure: true, shortest: false, atLeast: depth + 1 };
    return { kind: "breaks", violations: [violation], ...seen };
  }

  /** A search whose violation can be timed: one that no waits bring about is looked for again without waits. */
  #timely(races: boolean, mostStates = MOST_STATES): SearchResult {
    const result = this.#search({ races, mostStates });
    if (result.kind !== "found" || needsModel(this.#layout)) return result;
    const events = timed(this.#layout, result.events);
    if (events !== undefined) return { ...result, events };
    const { states, bytes } = result;
    return { kind: "bounded", depth: result.events.length - 1, states, bytes };
  }

  #search({ races, mostStates, hurry = 1, waits = true }: Search): SearchResult {
    const { limits, space, effort } = this.#means;
    const inModel = needsModel(this.#layout);
    const bearable = Math.floor(MOST_CELLS / (2 * this.#layout.members.length));
    const search: MachineSearch = {
      limits,
      breaks: refusedThoughServable,
      distance: this.#layout.waits ? () => 1 : abstractEstimate(space),
      races,
      waits,
      mostStates: Math.min(effort.mostStates ?? Infinity, inModel ? MOST_MODEL_STATES : Math.min(mostStates, bearable)),
    };
    const machine = inModel ? new FullMachine(this.#balancer(), search) : new FastMachine(this.#layout, search);
    return searchShortest(machine, {
      hurry,
      ...(effort.progress && { progress: effort.progress }),
      ...(effort.isOver && { isOver: effort.isOver }),
    });
  }

  #balancer(): ModelBalancer {
    const settings = serverSettingsOf(this.#topology, this.#cluster);
    return modelBalancer(this.#cluster, { ...this.#topology, settings });
  }

  #racing(): boolean {
    const { members, lbmethod } = this.#layout;
    return lbmethod === "heartbeat" || members.some(({ retry, checked }) => retry === 0 || checked);
  }
}

function guided(layout: SearchLayout, limits: SearchLimits, depth = 0): SearchVerdict {
  const events = needsModel(layout) ? undefined : guidedSearch(layout, limits);
  if (events === undefined) return { kind: "bounded", depth, states: 0 };
  const violation: Violation = { events, sure: true, shortest: false, atLeast: depth + 1 };
  return { kind: "breaks", violations: [violation], states: events.length };
}
