import { effectiveMember } from "../topology/effective.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { formatDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Breach } from "./breach.js";
import { retryEdit } from "./edits.js";
import type { Edit } from "./edits.js";
import type { Finding } from "./finding.js";
import { recheckedMend } from "./rechecked.js";
import { held } from "./held.js";
import { inError } from "./replay.js";
import { backWithin, returnTime } from "./return-time.js";
import { named, sentence } from "./sentence.js";
import type { SearchLimits } from "./search/classes.js";
import { firstOfEachKind, searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { eventsUntilLate, planned, plansOfError, routesAbout, whenLate } from "./search/late.js";
import { findRequest } from "./search/predicate.js";
import type { RequestFound } from "./search/predicate.js";

/**
 * Decides `failback`: an active that returned serves again within a time.
 *
 * It is out of use for its {@link returnTime} at most, so only an active with a longer one can be late: when a request
 * tried it while it was down, it is up again for the time, and no forced recovery brings it back before.
 */
export function judgeFailback(
  topology: Topology,
  cluster: Cluster,
  within: Duration,
  limits: SearchLimits,
  mend = true,
): Finding {
  const layout = searchLayout(topology, cluster);
  const late = cluster.members.flatMap((member, index) => {
    const seen = layout.members[index];
    const active = seen?.place === "active" && seen.condition === 0 && !seen.ignoresErrors;
    return active && returnTime(topology, member).milliseconds > within.milliseconds ? [index] : [];
  });
  const searched = firstOfEachKind(layout, late).map((member) => ({
    member,
    found: stillOut(topology, cluster, { layout, limits, member, within }),
  }));
  const states = searched.reduce((total, { found }) => total + found.states, 0);
  const [shortest] = searched
    .flatMap(({ member, found }) => (found.kind === "found" ? [{ ...found, member }] : []))
    .sort((a, b) => a.events.length - b.events.length);
  if (shortest === undefined)
    return held(
      layout,
      searched.map(({ found }) => found),
    );
  const breach = example(topology, cluster, { ...shortest, within });
  const mends = recheckedMend(topology, cluster, remedies(topology, cluster, late, within), (changed, edited) =>
    judgeFailback(changed, edited, within, limits, false),
  );
  return { holds: false, states, breach, mends: mend ? mends() : [] };
}

interface Late {
  readonly layout: SearchLayout;
  readonly limits: SearchLimits;
  readonly member: number;
  readonly within: Duration;
}

/** A scenario that ends with a request at which a member has been back for the time promised and is still in error. */
function stillOut(topology: Topology, cluster: Cluster, { layout, limits, member, within }: Late): RequestFound {
  const late = whenLate(layout, {
    witness: member,
    quick: backWithin(topology, cluster, within),
    offends: (after) => inError(after, member),
  });
  return findRequest(layout, {
    limits,
    pause: { milliseconds: within.milliseconds, ends: late.ends },
    breaks: late.breaks,
    distance: eventsUntilLate(member),
    plans: () =>
      plansOfError(layout, limits, member).map((plan) =>
        planned(layout, limits, plan, { start: member, fit: () => true }),
      ),
    routes: routesAbout(layout, member),
  });
}

interface Example {
  readonly member: number;
  readonly events: readonly SearchEvent[];
  readonly sure: boolean;
  readonly shortest: boolean;
  readonly within: Duration;
}

function example(topology: Topology, cluster: Cluster, { member, events, sure, shortest, within }: Example): Breach {
  const time = formatDuration(returnTime(topology, cluster.members[member] as Cluster["members"][number]));
  const checked = effectiveMember(
    cluster.members[member] as Cluster["members"][number],
    topology.healthCheckTemplates,
  ).healthCheck;
  const cause = checked === undefined ? `retry=${time} keeps it in error` : `its health checks need up to ${time}`;
  const late = sentence`${named(member)} is back for ${formatDuration(within)} and still gets no request`;
  const parameter = checked === undefined ? "retry" : "hcinterval";
  return {
    events,
    why: sentence`${late}: ${cause} after the last failed try. The last request goes elsewhere.`,
    sure,
    shortest,
    at: `/members${pointerStep(member)}/parameters/${parameter}`,
  };
}

/** Shorter retry times for everybody who is late; none where health checks decide. */
function remedies(topology: Topology, cluster: Cluster, late: readonly number[], within: Duration): readonly Edit[] {
  const time = Math.floor(within.milliseconds / 1_000);
  return late.flatMap((index) => {
    const member = cluster.members[index];
    const checked = member && effectiveMember(member, topology.healthCheckTemplates).healthCheck;
    if (member === undefined || checked !== undefined || time < 1) return [];
    return [retryEdit(member, index, time)];
  });
}
