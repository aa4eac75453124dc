import { childResetsOf } from "../model/child-resets.js";
import { countsAfter, modelBalancer } from "../model/engine.js";
import { serverSettingsOf } from "../model/server-settings.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { pointerStep, ProblemError } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { PromiseFinding } from "./finding.js";
import { impossibleLoad } from "./impossible-load.js";
import { duringOutage, isRacing, outageEvents, outagesAgainst, outagesOf, RACING } from "./outages.js";
import type { Outage } from "./outages.js";
import { joinedWords, named, sentence } from "./sentence.js";
import type { OperatorAction, SearchLimits } from "./search/classes.js";
import { CONDITION } from "./search/condition.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout, SearchMember } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { longRunShares, mayPutBack, members, PUT_BACK, UNPREDICTABLE_SHARES } from "./serving.js";
import type { ExactShare } from "./serving.js";
import { unjudged } from "./unbroken.js";

/** Most outages that are looked at one by one. */
const MOST_OUTAGES = 40_000;

/** Most requests that a counterexample plays out. */
const MOST_REQUESTS = 2_000;

interface Overload extends Outage {
  readonly member: number;
  readonly load: number;
  readonly capacity: number;
}

/**
 * Decides `capacity`: under the load no member gets more than its declared capacity, whoever of up to so many members
 * fails and whichever zone is lost. Members without a declared capacity can take everything.
 *
 * @throws ProblemError when the capacities of all members together are below the load
 */
export function judgeCapacity(
  topology: Topology,
  cluster: Cluster,
  { load, limits, at }: { readonly load: number; readonly limits: SearchLimits; readonly at: Pointer },
): PromiseFinding {
  const impossible = impossibleLoad(cluster, load, at);
  if (impossible !== undefined) throw new ProblemError([impossible]);
  const layout = searchLayout(topology, cluster);
  const why = UNPREDICTABLE_SHARES[layout.lbmethod];
  if (why !== undefined) return unjudged(0, why);
  const kindOf = (member: number): string => {
    const { lbset, lbfactor, place, ignoresErrors, condition, checked, failsChecks, retry } = layout.members[
      member
    ] as SearchMember;
    const { capacity = "", zone = "" } = cluster.members[member] ?? {};
    const own = [lbset, lbfactor, place, ignoresErrors, condition, checked, failsChecks, retry === 0];
    return [...own, capacity, zone].join("|");
  };
  const scan: Scan = { topology, cluster, layout, load, states: 0, racing: false };
  const [failing, known] = firstOverload(scan, outagesOf(cluster, layout, limits.failures, kindOf));
  if (failing !== undefined) return overloaded(scan, failing);
  const managed = (limits.actions ?? []).filter((action) => action !== "restart");
  let least = known;
  for (const by of managed) {
    const changes = outagesOf(cluster, layout, members(layout).length - 1, kindOf);
    const [found, beyond] = firstOverload(scan, broughtBy(changes, by));
    if (found !== undefined) return overloaded(scan, found);
    least = beyond === undefined ? least : Math.min(beyond, least ?? Infinity);
  }
  if (mayPutBack(layout, limits)) return unjudged(scan.states, PUT_BACK);
  if (managed.length > 0 && limits.failures > 0) {
    return unjudged(scan.states, "failures together with operators' changes are not looked at");
  }
  if (scan.racing) return unjudged(scan.states, RACING);
  if (childResetsOf(topology) !== undefined) {
    return unjudged(
      scan.states,
      "new child processes set the counters back up to httpd 2.4.61, which moves the shares",
    );
  }
  if (least === undefined) return { verdict: "holds", states: scan.states, proof: "argument" };
  for (const member of members(layout)) {
    const [found] = firstOverload(scan, outagesAgainst(layout, limits.failures, member));
    if (found !== undefined) return overloaded(scan, found);
  }
  const note = `no loss of fewer than ${least} members breaks it; larger ones were not all looked at`;
  return { verdict: "bounded", states: scan.states, depth: least - 1, note };
}

/** The same outages, brought about by an operator. */
function* broughtBy(outages: Iterable<Outage>, by: Exclude<OperatorAction, "restart">): Generator<Outage> {
  for (const outage of outages) yield { ...outage, by };
}

interface Scan {
  readonly topology: Topology;
  readonly cluster: Cluster;
  readonly layout: SearchLayout;
  readonly load: number;
  states: number;
  /** True once an outage was met whose shares depend on races. */
  racing: boolean;
}

/** The first overload, or the size of the outages at which looking at all of them ended. */
function firstOverload(scan: Scan, outages: Iterable<Outage>): readonly [Overload | undefined, number | undefined] {
  const start = scan.states;
  for (const outage of outages) {
    if (scan.states - start >= MOST_OUTAGES) return [undefined, outage.downs.length];
    scan.states++;
    if (isRacing(scan.layout, outage)) {
      scan.racing = true;
      continue;
    }
    const found = overloadIn(scan.cluster, scan.layout, outage, scan.load);
    if (found !== undefined) return [found, undefined];
  }
  return [undefined, undefined];
}

function overloadIn(cluster: Cluster, layout: SearchLayout, outage: Outage, load: number): Overload | undefined {
  for (const { member, numerator, denominator } of sharesIn(layout, outage)) {
    const { capacity } = cluster.members[member] ?? {};
    const own = (load * numerator) / denominator;
    if (capacity !== undefined && own > capacity * (1 + 1e-9)) return { ...outage, member, capacity, load: own };
  }
  return undefined;
}

/** Who is out of service is out for httpd too, whatever it ignores; who is down is not before httpd has noticed. */
function sharesIn(layout: SearchLayout, { downs, by }: Outage): readonly ExactShare[] {
  if (by === undefined) return longRunShares(layout, new Set(downs));
  const members = layout.members.map((member, m) =>
    downs.includes(m) ? { ...member, condition: member.condition | CONDITION.out } : member,
  );
  return longRunShares({ ...layout, members }, new Set());
}

function overloaded(scan: Scan, overload: Overload): PromiseFinding {
  const { downs, zone, by, member, load, capacity } = overload;
  const gone = joinedWords(
    downs.map((down) => [named(down)]),
    ", ",
  );
  const out =
    by === undefined ? sentence`without ${gone}` : sentence`with ${gone} ${by === "drain" ? "drained" : "disabled"}`;
  const when =
    downs.length === 0 ? "with everybody up" : zone === undefined ? out : sentence`without zone ${zone} (${gone})`;
  return {
    verdict: "broken",
    states: scan.states,
    breach: {
      events: overloadEvents(scan, overload),
      why: sentence`${named(member)} gets ${load.toFixed(2)} requests per second ${when}; its capacity is ${capacity}`,
      sure: true,
      shortest: false,
      at: `/members${pointerStep(member)}`,
    },
  };
}

/** The outage, and requests at the rate of the load, so many that the member's part of them is above its capacity, too. */
function overloadEvents({ topology, cluster, load }: Scan, overload: Overload): readonly SearchEvent[] {
  const balancer = modelBalancer(cluster, { ...topology, settings: serverSettingsOf(topology, cluster) });
  const { state, backends } = duringOutage(balancer, overload);
  let count = 1;
  while (count < MOST_REQUESTS) {
    const own = countsAfter(state, count, backends)[overload.member] ?? 0;
    if ((load * own) / count > overload.capacity * (1 + 1e-9) && count > 3 * cluster.members.length) break;
    count = Math.ceil(count * 1.4);
  }
  const every = Math.round(1_000 / load);
  const request: SearchEvent = { kind: "request", ...(every >= 1 && { every }) };
  return [...outageEvents(balancer, overload), ...Array.from({ length: count }, () => request)];
}
