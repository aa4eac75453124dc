import { modelBalancer } from "../model/engine.js";
import { serverSettingsOf } from "../model/server-settings.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { SearchLimits } from "./search/classes.js";
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

/** A request that must not come once a member has been back for a time. */
export interface ReturnQuestion extends SearchEffort {
  readonly layout: SearchLayout;
  readonly limits: SearchLimits;
  /** The member, and how long it must have been back. */
  readonly clock: ReturnClock;
  /** True for a request without a session that must not come then. */
  readonly offends: (served: Served) => boolean;
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
 */
export function findAfterReturn(topology: Topology, cluster: Cluster, question: ReturnQuestion): RequestFound {
  const { layout, limits, clock, offends, needsError, fit, obstacles = () => 0, mostStates, isOver } = question;
  const until = eventsUntilBack(clock.member, needsError);
  const search: PredicateSearch = {
    limits,
    clock,
    breaks: (served) => served.route === undefined && hasRung(served.before) && offends(served),
    distance: (row) => until(row) + obstacles(row),
    plans: () => plansOfReturn(layout, limits, clock, fit),
    ...(mostStates !== undefined && { mostStates }),
    ...(isOver && { isOver }),
  };
  return needsModel(layout) ? findInModel(topology, cluster, search) : findRequest(layout, search);
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
