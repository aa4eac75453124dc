import { effectiveMember } from "../topology/effective.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { formatDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Counterexample } from "./counterexample.js";
import { retryEdit } from "./edits.js";
import type { Edit } from "./edits.js";
import type { Finding } from "./finding.js";
import { recheckedMend } from "./rechecked.js";
import { inError } from "./replay.js";
import { returnTime } from "./return-time.js";
import { toScenario, wordOf } from "./scenario.js";
import type { SearchLimits } from "./search/classes.js";
import { searchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { findRequest } from "./search/predicate.js";

/**
 * Decides `failback`: an active that returned serves again within a time.
 *
 * It is out of use for its {@link returnTime} at most, and somebody has to have tried it while it was down; so the
 * promise holds exactly when no active with a longer return time can be brought into error.
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
  const found = late.flatMap((member) => {
    const events = outageOf(layout, limits, member);
    return events === undefined ? [] : [{ member, events }];
  });
  const [shortest] = found.sort((a, b) => a.events.length - b.events.length);
  if (shortest === undefined) return { holds: true, states: cluster.members.length, proof: "argument" };
  const { member, events } = shortest;
  const ending: readonly SearchEvent[] = [
    { kind: "start", member },
    { kind: "wait", milliseconds: within.milliseconds },
    { kind: "request" },
  ];
  const counterexample = example(topology, cluster, { member, events: [...events, ...ending], within });
  const mends = recheckedMend(topology, cluster, remedies(topology, cluster, late, within), (changed, edited) =>
    judgeFailback(changed, edited, within, limits, false),
  );
  return { holds: false, states: cluster.members.length, counterexample, mends: mend ? mends() : [] };
}

/** A shortest scenario after which a member is down and in error. */
function outageOf(
  layout: ReturnType<typeof searchLayout>,
  limits: SearchLimits,
  member: number,
): readonly SearchEvent[] | undefined {
  return findRequest(layout, {
    limits,
    breaks: ({ before, after }) => !inError(before, member) && inError(after, member),
  });
}

function example(
  topology: Topology,
  cluster: Cluster,
  {
    member,
    events,
    within,
  }: { readonly member: number; readonly events: readonly SearchEvent[]; readonly within: Duration },
): Counterexample {
  const name = wordOf(topology, cluster, member);
  const time = formatDuration(returnTime(topology, cluster.members[member] as Cluster["members"][number]));
  const checked = effectiveMember(
    cluster.members[member] as Cluster["members"][number],
    topology.healthCheckTemplates,
  ).healthCheck;
  const cause = checked === undefined ? `retry=${time} keeps it in error` : `its health checks need up to ${time}`;
  const parameter = checked === undefined ? "retry" : "hcinterval";
  return {
    scenario: toScenario(topology, cluster, events),
    events: events.length,
    explanation:
      `${name} is back for ${formatDuration(within)} and still gets no request: ${cause} after the last failed try. ` +
      "The last request goes elsewhere.",
    sure: true,
    shortest: true,
    at: `${memberPointer(topology, cluster, member)}/parameters/${parameter}`,
  };
}

/** Shorter retry times for everybody who is late; none where health checks decide. */
function remedies(topology: Topology, cluster: Cluster, late: readonly number[], within: Duration): readonly Edit[] {
  const time = Math.floor(within.milliseconds / 1_000);
  return late.flatMap((index) => {
    const member = cluster.members[index];
    const checked = member && effectiveMember(member, topology.healthCheckTemplates).healthCheck;
    if (member === undefined || checked !== undefined || time < 1) return [];
    return [retryEdit(member, memberPointer(topology, cluster, index), time)];
  });
}

function memberPointer(topology: Topology, cluster: Cluster, member: number): Pointer {
  return `/clusters${pointerStep(topology.clusters.indexOf(cluster))}/members${pointerStep(member)}`;
}
