import type { Cluster, Topology } from "../topology/topology.js";
import { formatDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import { roleOf } from "../topology/roles.js";
import type { Counterexample } from "./counterexample.js";
import { lbsetEdit, retryEdit } from "./edits.js";
import type { Edit } from "./edits.js";
import type { Finding } from "./finding.js";
import { recheckedMend } from "./rechecked.js";
import { inError } from "./replay.js";
import { returnTime } from "./return-time.js";
import { toScenario, wordOf } from "./scenario.js";
import type { SearchLimits } from "./search/classes.js";
import { CONDITION } from "./search/condition.js";
import type { Served } from "./search/exact-machine.js";
import { conditionIn, ExactRequest } from "./search/exact-request.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { findRequest } from "./search/predicate.js";

interface Found {
  readonly events: readonly SearchEvent[];
  /** The active or spare that should have served. */
  readonly witness: number;
  /** True when it had been down before. */
  readonly returned: boolean;
}

/**
 * Decides `standby-idle`: no standby answers a request without a session while an active or spare has been back longer
 * than a time. Broken either by the order of sets, while somebody was up all the time, or by a retry time that outlasts
 * the return of somebody. Both are searched on exact states.
 */
export function judgeStandbyIdle(
  topology: Topology,
  cluster: Cluster,
  within: Duration,
  limits: SearchLimits,
  mend = true,
): Finding {
  const layout = searchLayout(topology, cluster);
  const standby = layout.members.some(({ place }) => place === "standby");
  const witnesses = layout.members.flatMap(({ place, condition }, m) =>
    place !== "standby" && condition === 0 ? [m] : [],
  );
  const found = !standby
    ? []
    : witnesses.flatMap((witness) => {
        const always = upAllTheTime(layout, limits, witness);
        const late = cluster.members[witness];
        const isLate = late !== undefined && returnTime(topology, late).milliseconds > within.milliseconds;
        return [...always, ...(isLate ? backAgain(topology, cluster, { layout, limits, witness, within }) : [])];
      });
  const [shortest] = found.sort((a, b) => a.events.length - b.events.length);
  if (shortest === undefined) return { holds: true, states: layout.members.length, proof: "argument" };
  const mends = recheckedMend(topology, cluster, remedies(topology, cluster, found, within), (changed, edited) =>
    judgeStandbyIdle(changed, edited, within, limits, false),
  );
  const counterexample = example(topology, cluster, shortest, within);
  return { holds: false, states: layout.members.length, counterexample, mends: mend ? mends() : [] };
}

/** Standbys in the last set of all, and retry times that do not outlast the promise. */
function remedies(topology: Topology, cluster: Cluster, found: readonly Found[], within: Duration): readonly Edit[] {
  const base: Pointer = `/clusters${pointerStep(topology.clusters.indexOf(cluster))}`;
  const at = (index: number): Pointer => `${base}/members${pointerStep(index)}`;
  const last = Math.max(...found.map(({ witness }) => cluster.members[witness]?.parameters.lbset ?? 0));
  const early = found.some(({ returned }) => !returned);
  const sets = cluster.members.flatMap((member, index) =>
    early && roleOf(member) === "standby" && (member.parameters.lbset ?? 0) < last
      ? [lbsetEdit(member, at(index), last)]
      : [],
  );
  const late = new Set(found.flatMap(({ witness, returned }) => (returned ? [witness] : [])));
  const times = cluster.members.flatMap((member, index) =>
    late.has(index) ? [retryEdit(member, at(index), Math.max(1, Math.floor(within.milliseconds / 1_000)))] : [],
  );
  return [...sets, ...times];
}

function upAllTheTime(layout: SearchLayout, limits: SearchLimits, witness: number): readonly Found[] {
  const { place, lbset } = layout.members[witness] as SearchLayout["members"][number];
  const hidden = layout.members.some((other) => other.place === "standby" && other.lbset < lbset);
  const idleSpare =
    place === "spare" && !layout.members.some((other) => other.place === "active" && other.lbset === lbset);
  if (!hidden && !idleSpare) return [];
  const events = findRequest(layout, {
    limits,
    untouched: [witness],
    breaks: ({ answer }) => layout.members[answer]?.place === "standby",
  });
  return events === undefined ? [] : [{ events, witness, returned: false }];
}

interface Return {
  readonly layout: SearchLayout;
  readonly limits: SearchLimits;
  readonly witness: number;
  readonly within: Duration;
}

/** A scenario that ends: the witness is back, its error outlasts the time, and a standby answers. */
function backAgain(
  topology: Topology,
  cluster: Cluster,
  { layout, limits, witness, within }: Return,
): readonly Found[] {
  const quick = cluster.members.map((member) => returnTime(topology, member).milliseconds <= within.milliseconds);
  const request = new ExactRequest(layout);
  const breaks = ({ before }: Served): boolean => {
    if (!inError(before, witness) || (conditionIn(before, witness) & CONDITION.down) !== 0) return false;
    const row = before.slice();
    quick.forEach((isQuick, m) => {
      if (isQuick) row[m] = conditionIn(row, m) & ~CONDITION.error;
    });
    return layout.members[request.serve(row, undefined)]?.place === "standby";
  };
  const events = findRequest(layout, { limits, breaks });
  const last = events?.at(-1);
  if (events === undefined || last === undefined) return [];
  const waited: readonly SearchEvent[] = [
    ...events.slice(0, -1),
    { kind: "wait", milliseconds: within.milliseconds + 1 },
    last,
  ];
  return [{ events: waited, witness, returned: true }];
}

function example(
  topology: Topology,
  cluster: Cluster,
  { events, witness, returned }: Found,
  within: Duration,
): Counterexample {
  const base: Pointer = `/clusters${pointerStep(topology.clusters.indexOf(cluster))}/members${pointerStep(witness)}`;
  const name = wordOf(topology, cluster, witness);
  const lbset = cluster.members[witness]?.parameters.lbset ?? 0;
  const explanation = returned
    ? `a standby answers although ${name} is back for more than ${formatDuration(within)}: its retry time has not passed`
    : `a standby answers although ${name} was up all the time: sets are walked in order, and a standby of an earlier ` +
      `set comes before lbset ${lbset} of ${name}`;
  return {
    scenario: toScenario(topology, cluster, events),
    events: events.length,
    explanation,
    sure: true,
    shortest: true,
    at: returned ? `${base}/parameters/retry` : `${base}/parameters/lbset`,
  };
}
