import type { Cluster, Topology } from "../topology/topology.js";
import { formatDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import { roleOf } from "../topology/roles.js";
import type { Breach } from "./breach.js";
import { lbsetEdit, retryEdit } from "./edits.js";
import type { MendingEdit } from "./edits.js";
import type { PromiseFinding } from "./finding.js";
import { checkedMend } from "./mend-check.js";
import { findAfterReturn } from "./return-search.js";
import { isChecked, returnTime, staysOut } from "./return-time.js";
import { named, sentence } from "./sentence.js";
import { mayBeInService } from "./search/classes.js";
import type { SearchLimits } from "./search/classes.js";
import { ADMINISTRATIVE, CONDITION } from "./search/condition.js";
import { CLOCK } from "./search/error-epochs.js";
import { searchedInTurn, searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { obstacles } from "./search/predicate.js";
import type { RequestFound } from "./search/predicate.js";
import type { SearchEffort } from "./search/shortest.js";
import { unbroken } from "./unbroken.js";

interface Searched {
  /** The active or spare that should have served. */
  readonly witness: number;
  readonly result: RequestFound;
}

interface Found {
  readonly witness: number;
  readonly events: readonly SearchEvent[];
  readonly sure: boolean;
  readonly shortest: boolean;
  /** True when it had been down before, or out of service. */
  readonly returned: boolean;
  /** True when it stands behind a standby though it is up. */
  readonly hidden: boolean;
}

/**
 * Decides `standby-idle`: no standby answers a request without a session while an active or spare has been back longer
 * than a time; who was up from the start on has been back for ever. Broken by the order of sets, or by a retry time that
 * outlasts the return of somebody.
 *
 * Nothing fails at a member that accepts connections, so its last error was marked before its return, and it is usable
 * again {@link returnTime} after it at the latest. Where that is within the time, and no standby's set comes before
 * its own, and it is no spare that nobody lets in, and it does not start with C, the walk finds it or somebody beside it
 * before any standby: it needs no search. For everybody else every scenario is searched.
 */
export function judgeStandbyIdle(
  topology: Topology,
  cluster: Cluster,
  within: Duration,
  limits: SearchLimits,
  effort: SearchEffort & { readonly mend?: boolean } = {},
): PromiseFinding {
  const layout = searchLayout(topology, cluster);
  const witnesses = layout.members.flatMap((member, m) => {
    if (member.place === "standby" || !mayBeInService(member, limits)) return [];
    return isHidden(layout, m) || startsFailed(member) || mayBeLate(topology, cluster, m, within) ? [m] : [];
  });
  const standby = layout.members.some(({ place }) => place === "standby");
  const searched = !standby
    ? []
    : searchedInTurn(layout, witnesses, (witness): Searched => ({
        witness,
        result: search(topology, cluster, { layout, limits, witness, within, ...effort }),
      }));
  const results = searched.map(({ result }) => result);
  const found = searched.flatMap(({ witness, result }): readonly Found[] =>
    result.kind === "found"
      ? [{ witness, returned: isReturn(result.events, witness), hidden: isHidden(layout, witness), ...result }]
      : [],
  );
  const [shortest] = found.sort((a, b) => a.events.length - b.events.length);
  if (shortest === undefined) return unbroken(layout, results);
  const mends = checkedMend(topology, cluster, remedies(topology, cluster, found, within), (changed, edited) =>
    judgeStandbyIdle(changed, edited, within, limits, { ...effort, mend: false }),
  );
  const breach = example(topology, cluster, shortest, within);
  const states = results.reduce((total, result) => total + result.states, 0);
  return { verdict: "broken", states, breach, mends: effort.mend === false ? [] : mends() };
}

/** `status=+C`: its first checks must pass before it serves anybody, after each start of httpd. */
function startsFailed(member: SearchLayout["members"][number] | undefined): boolean {
  return ((member?.condition ?? 0) & CONDITION.failed) !== 0;
}

function mayBeLate(topology: Topology, cluster: Cluster, member: number, within: Duration): boolean {
  const own = cluster.members[member];
  return own !== undefined && returnTime(topology, own).milliseconds > within.milliseconds;
}

function isReturn(events: readonly SearchEvent[], witness: number): boolean {
  return events.some((event) => (event.kind === "start" || event.kind === "set") && event.member === witness);
}

/** Standbys in the last set of all, and retry times that do not outlast the promise; none where health checks decide. */
function remedies(
  topology: Topology,
  cluster: Cluster,
  found: readonly Found[],
  within: Duration,
): readonly MendingEdit[] {
  const last = Math.max(...found.map(({ witness }) => cluster.members[witness]?.parameters.lbset ?? 0));
  const early = found.some(({ returned, hidden }) => !returned && hidden);
  const sets = cluster.members.flatMap((member, index) =>
    early && roleOf(member) === "standby" && (member.parameters.lbset ?? 0) < last
      ? [lbsetEdit(member, index, last)]
      : [],
  );
  const late = new Set(found.flatMap(({ witness, returned }) => (returned ? [witness] : [])));
  const times = cluster.members.flatMap((member, index) =>
    late.has(index) && !isChecked(topology, member)
      ? [retryEdit(member, index, Math.max(1, Math.floor(within.milliseconds / 1_000)))]
      : [],
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

function isStandby(layout: SearchLayout, answer: number): boolean {
  return layout.members[answer]?.place === "standby";
}

function firstStandbySet(layout: SearchLayout): number {
  return Math.min(...layout.members.flatMap(({ place, lbset }) => (place === "standby" ? [lbset] : [])));
}

interface Return extends SearchEffort {
  readonly layout: SearchLayout;
  readonly limits: SearchLimits;
  readonly witness: number;
  readonly within: Duration;
}

/** A scenario that ends with a request that a standby answers when the witness has been back for longer than the time. */
function search(topology: Topology, cluster: Cluster, { witness, within, ...known }: Return): RequestFound {
  const { layout } = known;
  const own = layout.members[witness];
  const inService = ((own?.condition ?? 0) & ADMINISTRATIVE) === 0;
  const offends = (answer: number): boolean => isStandby(layout, answer);
  return findAfterReturn(topology, cluster, {
    ...known,
    clock: {
      member: witness,
      milliseconds: within.milliseconds + 1,
      start: inService ? CLOCK.rung : CLOCK.off,
    },
    offends: ({ answer }) => offends(answer),
    needsError: !isHidden(layout, witness) && own?.failsChecks !== true && !startsFailed(own),
    fit: offends,
    obstacles: obstacles(layout, firstStandbySet(layout), witness),
  });
}

function example(
  topology: Topology,
  cluster: Cluster,
  { events, witness, returned, hidden, sure, shortest }: Found,
  within: Duration,
): Breach {
  const base: Pointer = `/members${pointerStep(witness)}`;
  const own = cluster.members[witness];
  const checked = isChecked(topology, own);
  const stays = own && staysOut(topology, own);
  const later = checked ? "its health checks have not passed often enough" : "its retry time has not passed";
  const open = stays ?? later;
  const name = named(witness);
  const lbset = cluster.members[witness]?.parameters.lbset ?? 0;
  const back = sentence`${name} is back for more than ${formatDuration(within)}: ${open}`;
  const order = sentence`sets are walked in order, and a standby of an earlier set comes before lbset ${lbset} of ${name}`;
  const first = ["status=+C keeps it out until its first health checks have passed"];
  const kept = stays === undefined ? (hidden ? order : first) : [stays];
  const why = returned ? back : sentence`${name} was up all the time: ${kept}`;
  const late = checked ? "hcinterval" : "retry";
  return {
    events,
    why: sentence`a standby answers although ${why}`,
    sure,
    shortest,
    at: `${base}/parameters/${returned || stays !== undefined ? late : hidden ? "lbset" : "status"}`,
  };
}
