import type { Cluster, Topology } from "../topology/topology.js";
import { formatDuration } from "../vocabulary/duration.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { PromiseFinding } from "./finding.js";
import type { ClusterPromise } from "./promise.js";
import { findAfterReturn } from "./return-search.js";
import { named, sentence } from "./sentence.js";
import { mayBeInService } from "./search/classes.js";
import type { SearchLimits } from "./search/classes.js";
import { CLOCK } from "./search/error-epochs.js";
import { FastRequest } from "./search/fast-request.js";
import type { Row } from "./search/fast-request.js";
import { modelOnly, searchedInTurn, searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import type { RequestFound } from "./search/predicate.js";
import type { SearchEffort } from "./search/shortest.js";
import { unbroken, unjudged } from "./unbroken.js";

/** The promise that a member that returned answers one of so many requests. */
export type ServedAgain = Extract<ClusterPromise, { readonly id: "failback" }> & { readonly requests: number };

/**
 * Decides the second half of `failback`: once an active has been back for the time, it answers one of the next so many
 * requests without a session that come in a row.
 *
 * Being out of error is not enough for it: a member keeps its `lbstatus`, and one that answered many requests with a
 * session waits as many turns (300 of them: the 302nd request; measured on httpd 2.4.71). Every scenario is searched for
 * a moment from which on that many requests go elsewhere.
 */
export function judgeServedAgain(
  topology: Topology,
  cluster: Cluster,
  promise: ServedAgain,
  limits: SearchLimits,
  effort: SearchEffort = {},
): PromiseFinding {
  const layout = searchLayout(topology, cluster);
  const why = modelOnly(layout);
  if (why !== undefined) return unjudged(0, `${why}: who answers which request is not searched there`);
  const actives = layout.members.flatMap((own, member) =>
    own.place === "active" && mayBeInService(own, limits) ? [member] : [],
  );
  const searched = searchedInTurn(layout, actives, (member) => ({
    member,
    result: passedOver(topology, cluster, { layout, limits, member, promise, ...effort }),
  }));
  const results = searched.map(({ result }) => result);
  const [shortest] = searched
    .flatMap(({ member, result }) => (result.kind === "found" ? [{ ...result, member }] : []))
    .sort((a, b) => a.events.length - b.events.length);
  if (shortest !== undefined) {
    const { member, events, sure, shortest: isShortest } = shortest;
    const back = sentence`${named(member)} is back for ${formatDuration(promise.within)}`;
    return {
      verdict: "broken",
      states: results.reduce((total, { states }) => total + states, 0),
      breach: {
        events: [...events, ...requestsOf(promise.requests - 1)],
        why: sentence`${back} and answers none of the next ${promise.requests} requests: it is their turn first`,
        sure,
        shortest: isShortest,
        at: `/members${pointerStep(member)}`,
      },
    };
  }
  if (limits.failures > 0 && layout.members.some(({ retry }) => retry === 0)) {
    return unjudged(0, "with retry=0 whose turn it is depends on races inside httpd");
  }
  return unbroken(layout, results);
}

interface PassedOver extends SearchEffort {
  readonly layout: SearchLayout;
  readonly limits: SearchLimits;
  readonly member: number;
  readonly promise: ServedAgain;
}

/** A scenario up to the first of so many requests that a member does not answer though it is back for the time. */
function passedOver(topology: Topology, cluster: Cluster, { member, promise, ...known }: PassedOver): RequestFound {
  const request = new FastRequest(known.layout);
  const isPassedOver = (before: Row): boolean => {
    const row = before.slice();
    for (let turn = 0; turn < promise.requests; turn++) if (request.serve(row, undefined) === member) return false;
    return true;
  };
  return findAfterReturn(topology, cluster, {
    ...known,
    clock: { member, milliseconds: promise.within.milliseconds, start: CLOCK.off },
    offends: ({ before }) => isPassedOver(before),
    counterless: false,
    needsError: false,
    fit: () => true,
  });
}

function requestsOf(count: number): readonly SearchEvent[] {
  return Array.from({ length: count }, () => ({ kind: "request" }) as const);
}
