import type { Cluster, Topology } from "../topology/topology.js";
import { formatDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import { roleOf } from "../topology/roles.js";
import type { Breach } from "./breach.js";
import { lbsetEdit, retryEdit } from "./edits.js";
import type { Edit } from "./edits.js";
import type { Finding } from "./finding.js";
import { held } from "./held.js";
import { recheckedMend } from "./rechecked.js";
import { backWithin, returnTime } from "./return-time.js";
import { named, sentence } from "./sentence.js";
import type { SearchLimits } from "./search/classes.js";
import { eventsUntilLate, planned, plansOfError, routesAbout, whenLate } from "./search/late.js";
import { firstOfEachKind, searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { findRequest, obstacles } from "./search/predicate.js";
import type { RequestFound } from "./search/predicate.js";

interface Witnessed {
  /** The active or spare that should have served. */
  readonly witness: number;
  /** True when it had been down before. */
  readonly returned: boolean;
}

interface Searched extends Witnessed {
  readonly result: RequestFound;
}

interface Found extends Witnessed {
  readonly events: readonly SearchEvent[];
  readonly sure: boolean;
  readonly shortest: boolean;
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
  const searched = !standby
    ? []
    : firstOfEachKind(layout, witnesses).flatMap((witness): readonly Searched[] => {
        const always = isHidden(layout, witness) ? [upAllTheTime(layout, limits, witness)] : [];
        const late = cluster.members[witness];
        const isLate = late !== undefined && returnTime(topology, late).milliseconds > within.milliseconds;
        const back = isLate ? [backAgain(topology, cluster, { layout, limits, witness, within })] : [];
        return [
          ...always.map((result) => ({ witness, returned: false, result })),
          ...back.map((result) => ({ witness, returned: true, result })),
        ];
      });
  const results = searched.map(({ result }) => result);
  const found = searched.flatMap(({ result, ...rest }) => (result.kind === "found" ? [{ ...rest, ...result }] : []));
  const [shortest] = found.sort((a, b) => a.events.length - b.events.length);
  if (shortest === undefined) return held(layout, results);
  const mends = recheckedMend(topology, cluster, remedies(cluster, found, within), (changed, edited) =>
    judgeStandbyIdle(changed, edited, within, limits, false),
  );
  const breach = example(cluster, shortest, within);
  const states = results.reduce((total, result) => total + result.states, 0);
  return { holds: false, states, breach, mends: mend ? mends() : [] };
}

/** Standbys in the last set of all, and retry times that do not outlast the promise. */
function remedies(cluster: Cluster, found: readonly Found[], within: Duration): readonly Edit[] {
  const last = Math.max(...found.map(({ witness }) => cluster.members[witness]?.parameters.lbset ?? 0));
  const early = found.some(({ returned }) => !returned);
  const sets = cluster.members.flatMap((member, index) =>
    early && roleOf(member) === "standby" && (member.parameters.lbset ?? 0) < last
      ? [lbsetEdit(member, index, last)]
      : [],
  );
  const late = new Set(found.flatMap(({ witness, returned }) => (returned ? [witness] : [])));
  const times = cluster.members.flatMap((member, index) =>
    late.has(index) ? [retryEdit(member, index, Math.max(1, Math.floor(within.milliseconds / 1_000)))] : [],
  );
  return [...sets, ...times];
}

/** True for a member that may be up and yet stand behind a standby: in a later set, or a spare nobody lets in. */
function isHidden(layout: SearchLayout, witness: number): boolean {
  const { place, lbset } = layout.members[witness] as SearchLayout["members"][number];
  const hidden = layout.members.some((other) => other.place === "standby" && other.lbset < lbset);
  const idleSpare =
    place === "spare" && !layout.members.some((other) => other.place === "active" && other.lbset === lbset);
  return hidden || idleSpare;
}

function upAllTheTime(layout: SearchLayout, limits: SearchLimits, witness: number): RequestFound {
  const stops = obstacles(layout, firstStandbySet(layout), witness);
  return findRequest(layout, {
    limits,
    untouched: [witness],
    breaks: ({ answer }) => isStandby(layout, answer),
    distance: (row) => stops(row) + 1,
    plans: () => [planned(layout, limits, [], { fit: (answer) => isStandby(layout, answer) || answer === witness })],
  });
}

function isStandby(layout: SearchLayout, answer: number): boolean {
  return layout.members[answer]?.place === "standby";
}

function firstStandbySet(layout: SearchLayout): number {
  return Math.min(...layout.members.flatMap(({ place, lbset }) => (place === "standby" ? [lbset] : [])));
}

interface Return {
  readonly layout: SearchLayout;
  readonly limits: SearchLimits;
  readonly witness: number;
  readonly within: Duration;
}

/** A scenario that ends: the witness is back, its error outlasts the time, and a standby answers. */
function backAgain(topology: Topology, cluster: Cluster, { layout, limits, witness, within }: Return): RequestFound {
  const late = whenLate(layout, {
    witness,
    quick: backWithin(topology, cluster, within),
    offends: (_, answer) => isStandby(layout, answer),
  });
  const until = eventsUntilLate(witness);
  const stops = obstacles(layout, firstStandbySet(layout), witness);
  const fit = (answer: number): boolean => isStandby(layout, answer) || answer === witness;
  return findRequest(layout, {
    limits,
    pause: { milliseconds: within.milliseconds + 1, ends: late.ends },
    breaks: late.breaks,
    distance: (row) => until(row) + stops(row),
    plans: () =>
      plansOfError(layout, limits, witness).map((plan) => planned(layout, limits, plan, { start: witness, fit })),
    routes: routesAbout(layout, witness),
  });
}

function example(cluster: Cluster, { events, witness, returned, sure, shortest }: Found, within: Duration): Breach {
  const base: Pointer = `/members${pointerStep(witness)}`;
  const name = named(witness);
  const lbset = cluster.members[witness]?.parameters.lbset ?? 0;
  const back = sentence`${name} is back for more than ${formatDuration(within)}: its retry time has not passed`;
  const order = sentence`sets are walked in order, and a standby of an earlier set comes before lbset ${lbset} of ${name}`;
  const why = returned ? back : sentence`${name} was up all the time: ${order}`;
  return {
    events,
    why: sentence`a standby answers although ${why}`,
    sure,
    shortest,
    at: returned ? `${base}/parameters/retry` : `${base}/parameters/lbset`,
  };
}
