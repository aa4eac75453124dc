import type { Cluster, Topology } from "../topology/topology.js";
import { formatDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Breach } from "./breach.js";
import { retryEdit } from "./edits.js";
import type { MendingEdit } from "./edits.js";
import type { PromiseFinding } from "./finding.js";
import { checkedMend } from "./mend-check.js";
import { findAfterReturn } from "./return-search.js";
import { isChecked, returnTime, staysOut } from "./return-time.js";
import { named, sentence } from "./sentence.js";
import { mayBeInService } from "./search/classes.js";
import type { SearchLimits } from "./search/classes.js";
import { CONDITION } from "./search/condition.js";
import { CLOCK } from "./search/error-epochs.js";
import { conditionIn } from "./search/fast-request.js";
import { searchedInTurn, searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import type { RequestFound } from "./search/predicate.js";
import type { SearchEffort } from "./search/shortest.js";
import { unbroken } from "./unbroken.js";

/**
 * Decides `failback`: an active that returned is out of error within a time, so that requests may go to it again.
 *
 * Nothing fails at a member that accepts connections, so its last error was marked before its return, and it is out of
 * use for its {@link returnTime} at most: only an active with a longer one needs a search of every scenario.
 */
export function judgeFailback(
  topology: Topology,
  cluster: Cluster,
  within: Duration,
  limits: SearchLimits,
  effort: SearchEffort & { readonly mend?: boolean } = {},
): PromiseFinding {
  const layout = searchLayout(topology, cluster);
  const late = cluster.members.flatMap((member, index) => {
    const seen = layout.members[index];
    // Who ignores errors is taken out all the same where health checks fail.
    const mayBeOut =
      seen?.ignoresErrors === false || isChecked(topology, member) || staysOut(topology, member) !== undefined;
    const active = seen?.place === "active" && mayBeInService(seen, limits) && mayBeOut;
    return active && returnTime(topology, member).milliseconds > within.milliseconds ? [index] : [];
  });
  const searched = searchedInTurn(layout, late, (member) => ({
    member,
    result: stillOut(topology, cluster, { layout, limits, member, within, ...effort }),
  }));
  const states = searched.reduce((total, { result }) => total + result.states, 0);
  const [shortest] = searched
    .flatMap(({ member, result }) => (result.kind === "found" ? [{ ...result, member }] : []))
    .sort((a, b) => a.events.length - b.events.length);
  if (shortest === undefined)
    return unbroken(
      layout,
      searched.map(({ result }) => result),
    );
  const breach = example(topology, cluster, { ...shortest, within });
  const mends = checkedMend(topology, cluster, remedies(topology, cluster, late, within), (changed, edited) =>
    judgeFailback(changed, edited, within, limits, { ...effort, mend: false }),
  );
  return { verdict: "broken", states, breach, mends: effort.mend === false ? [] : mends() };
}

interface Late extends SearchEffort {
  readonly layout: SearchLayout;
  readonly limits: SearchLimits;
  readonly member: number;
  readonly within: Duration;
}

/** A scenario that ends with a request at which a member has been back for the time promised and is still in error. */
function stillOut(topology: Topology, cluster: Cluster, { member, within, ...known }: Late): RequestFound {
  return findAfterReturn(topology, cluster, {
    ...known,
    clock: { member, milliseconds: within.milliseconds, start: CLOCK.off },
    offends: ({ after }) => (conditionIn(after, member) & (CONDITION.error | CONDITION.failed)) !== 0,
    needsError: true,
    fit: () => true,
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
  const own = cluster.members[member] as Cluster["members"][number];
  const time = formatDuration(returnTime(topology, own));
  const checked = isChecked(topology, own);
  const stays = staysOut(topology, own);
  const cause = checked ? `its health checks need up to ${time}` : `retry=${time} keeps it in error`;
  const late = sentence`${named(member)} is back for ${formatDuration(within)} and still gets no request`;
  const parameter = checked ? "hcinterval" : "retry";
  return {
    events,
    why: sentence`${late}: ${stays ?? `${cause} after the last failed try`}. The last request goes elsewhere.`,
    sure,
    shortest,
    at: `/members${pointerStep(member)}/parameters/${parameter}`,
  };
}

/** Shorter retry times for everybody who is late; none where health checks decide. */
function remedies(
  topology: Topology,
  cluster: Cluster,
  late: readonly number[],
  within: Duration,
): readonly MendingEdit[] {
  const time = Math.floor(within.milliseconds / 1_000);
  return late.flatMap((index) => {
    const member = cluster.members[index];
    if (member === undefined || isChecked(topology, member) || time < 1) return [];
    return [retryEdit(member, index, time)];
  });
}
