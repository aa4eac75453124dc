import { modelBalancer } from "../model/engine.js";
import { serverSettingsOf } from "../model/server-settings.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { SearchLimits } from "./search/classes.js";
import { counterlessMachine } from "./search/counterless-machine.js";
import type { Served } from "./search/fast-machine.js";
import type { Row } from "./search/fast-request.js";
import { FullMachine } from "./search/full-machine.js";
import { eventsUntilBack, hasRung, plansOfReturn } from "./search/late-member.js";
import { needsModel } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import { findRequest } from "./search/predicate.js";
import type { PredicateSearch, RequestFound } from "./search/predicate.js";
import type { ReturnClock } from "./search/row-change.js";
import { searchShortest } from "./search/shortest.js";
import type { SearchEffort } from "./search/shortest.js";

/** Most states that are searched through the model, which is exact for everything and slower. */
const MOST_MODEL_STATES = 4_000;

/** Most states without counters; they are few, and where they are more the exact ones are far more. */
const MOST_COUNTERLESS_STATES = 20_000;

/** A request that must not come once a member has been back for a time. */
export interface ReturnQuestion extends SearchEffort {
  readonly layout: SearchLayout;
  readonly limits: SearchLimits;
  /** The member, and how long it must have been back. */
  readonly clock: ReturnClock;
  /** True for a request without a session that must not come then. */
  readonly offends: (served: Served) => boolean;
  /** False where it is counters that decide whether it offends. @default true */
  readonly counterless?: boolean;
  /** True when the member must still be in error for it. */
  readonly needsError: boolean;
  /** Answers that offend, for plans. */
  readonly fit: (answer: number) => boolean;
  /** Further events that are needed from a row on. */
  readonly obstacles?: (row: Row) => number;
}

/**
 * Searches every scenario, with pauses and requests anywhere, for a request without a session that comes when a member
 * has been back for a time and offends: the search that `failback` and `standby-idle` share.
 *
 * First without counters: where that finds nothing, nothing is there, whatever the lbmethod, the sessions and the moments
 * of health checks. What it finds is looked for again among exact states, which know the counters; or through the model.
 */
export function findAfterReturn(topology: Topology, cluster: Cluster, question: ReturnQuestion): RequestFound {
  const { layout, limits, clock, offends, needsError, fit, obstacles = () => 0, mostStates, isOver } = question;
  const failing = layout.members.some(({ failsChecks }) => failsChecks);
  const until = eventsUntilBack(clock.member, needsError);
  const search: PredicateSearch = {
    limits,
    clock,
    breaks: (served) => served.route === undefined && hasRung(served.before) && offends(served),
    distance: failing ? () => 1 : (row) => until(row) + obstacles(row),
    plans: () => plansOfReturn(layout, limits, clock, fit),
    ...(mostStates !== undefined && { mostStates }),
    ...(isOver && { isOver }),
  };
  const least = question.counterless === false ? undefined : withoutCounters(layout, search);
  if (least?.kind === "closed") return least;
  const found = needsModel(layout) ? findInModel(topology, cluster, search) : findRequest(layout, search);
  if (found.kind !== "bounded") return found;
  return { ...found, depth: Math.max(found.depth, least?.depth ?? 0) };
}

/** Proves that there is no such request, or says of how many events a scenario has at least. */
function withoutCounters(
  layout: SearchLayout,
  search: PredicateSearch,
): Extract<RequestFound, { kind: "closed" | "bounded" }> | undefined {
  const mostStates = Math.min(search.mostStates ?? Infinity, MOST_COUNTERLESS_STATES);
  const { distance = () => 1 } = search;
  const machine = counterlessMachine(layout, { ...search, distance, races: true, mostStates });
  if (machine === undefined) return undefined;
  const result = searchShortest(machine, search);
  if (result.kind === "closed") return result;
  const depth = result.kind === "bounded" ? result.depth : result.events.length - 1;
  // A request that waits for a usable member is several events without counters, so that their number bounds nothing.
  const known = !layout.waits && (result.kind === "bounded" || result.shortest);
  return { kind: "bounded", depth: known ? depth : 0, states: result.states };
}

function findInModel(topology: Topology, cluster: Cluster, search: PredicateSearch): RequestFound {
  const { limits, breaks, clock, mostStates = MOST_MODEL_STATES } = search;
  const balancer = modelBalancer(cluster, { ...topology, settings: serverSettingsOf(topology, cluster) });
  let states = 0;
  for (const races of [false, true]) {
    const machine = new FullMachine(balancer, {
      limits,
      breaks,
      distance: () => 1,
      races,
      mostStates: Math.min(mostStates, MOST_MODEL_STATES),
      ...(clock && { clock }),
    });
    const result = searchShortest(machine, search);
    states += result.states;
    if (result.kind === "found") {
      return { kind: "found", events: result.events, sure: !races, shortest: false, states };
    }
  }
  return { kind: "bounded", depth: 0, states };
}
