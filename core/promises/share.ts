import { childResetsOf, sharesBetweenResets } from "../model/child-resets.js";
import { countsAfter, modelBalancer, settledState } from "../model/engine.js";
import type { ModelBalancer } from "../model/engine.js";
import { fraction, fractionText, partText, percentText } from "../model/fraction.js";
import { serverSettingsOf } from "../model/server-settings.js";
import { spreadOf } from "../model/share.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Breach } from "./breach.js";
import type { PromiseFinding } from "./finding.js";
import type { ClusterPromise } from "./promise.js";
import { named, sentence } from "./sentence.js";
import type { Outage } from "./outages.js";
import { duringOutage, isRacing, outageEvents, RACING } from "./outages.js";
import type { SearchLimits } from "./search/classes.js";
import { searchLayout } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { longRunShares, mayPutBack, members, PUT_BACK, UNPREDICTABLE_SHARES } from "./serving.js";
import { unjudged } from "./unbroken.js";

/** Requests of the long run: each member's part of them is its share to six digits. */
const LONG_RUN = 10_000_000;

/** Most requests that a counterexample plays out. */
const MOST_REQUESTS = 5_000;

type SharePromise = Extract<ClusterPromise, { id: "share" }>;

/**
 * Decides `share`: the long-run share of one sequential client's requests without a session, all up, and after each
 * single failure (or change of an operator, where operators may do something). The model counts them: this is exact.
 *
 * A failed member leaves its part to the others, so after it a share may be anything from the promised one to the
 * promised one over what the others had before.
 */
export function judgeShare(
  topology: Topology,
  cluster: Cluster,
  promise: SharePromise,
  limits: SearchLimits,
): PromiseFinding {
  const layout = searchLayout(topology, cluster);
  const why = UNPREDICTABLE_SHARES[layout.lbmethod];
  if (why !== undefined) return unjudged(0, why);
  const member = cluster.members.findIndex(({ name }) => name === promise.member);
  const balancer = modelBalancer(cluster, { ...topology, settings: serverSettingsOf(topology, cluster) });
  const before = sharesOf(balancer, []);
  const outages = singleOutages(members(layout), limits).filter(({ downs }) => !downs.includes(member));
  const certain = outages.filter((outage) => !isRacing(layout, outage));
  for (const outage of [{ downs: [] }, ...certain]) {
    const [failed] = outage.downs;
    const share = (outage.downs.length === 0 ? before : sharesOf(balancer, outage.downs, outage.by))[member] ?? 0;
    const left = 1 - (failed === undefined ? 0 : (before[failed] ?? 0));
    const most = left <= 0 ? 1 : promise.about / left;
    if (share >= promise.about - promise.within - 1e-6 && share <= most + promise.within + 1e-6) continue;
    const exact = exactText(layout, outage, member, share);
    const breach = example(balancer, { promise, outage, member, share, exact, most });
    return breach === undefined
      ? unjudged(outages.length + 1, `no ${MOST_REQUESTS} requests show the share of ${partText(share)}`)
      : { verdict: "broken", states: outages.length + 1, breach };
  }
  if (certain.length < outages.length) return unjudged(outages.length + 1, RACING);
  if (mayPutBack(layout, limits)) return unjudged(outages.length + 1, PUT_BACK);
  const open = resetNote(topology, limits, balancer, { member, promise });
  if (open !== undefined) return unjudged(outages.length + 1, open);
  return { verdict: "holds", states: outages.length + 1, proof: "argument" };
}

/**
 * Why nothing is said where new child processes set the counters back; undefined where none does, or where the share
 * keeps the promise all the same and nobody is looked at who is down.
 */
function resetNote(
  topology: Topology,
  { failures }: SearchLimits,
  balancer: ModelBalancer,
  { member, promise }: { readonly member: number; readonly promise: SharePromise },
): string | undefined {
  const resets = childResetsOf(topology);
  if (resets === undefined) return undefined;
  const bounds = sharesBetweenResets(spreadOf(settledState(balancer)), resets)?.find((one) => one.member === member);
  const why = `new child processes set the counters back up to httpd 2.4.61 (${resets.connections} connections each)`;
  if (bounds === undefined) return why;
  const { least, most } = bounds;
  const kept = least >= promise.about - promise.within - 1e-6 && most <= promise.about + promise.within + 1e-6;
  if (kept && failures === 0) return undefined;
  const range = `its share lies between ${percentText(least)} and ${percentText(most)} then`;
  return kept ? `${why}: ${range}, and with somebody down it is not known` : `${why}: ${range}`;
}

/** Every single failure, and every single change that operators may make. */
function singleOutages(members: readonly number[], { failures, actions = [] }: SearchLimits): readonly Outage[] {
  const ways = [...(failures === 0 ? [] : [undefined]), ...actions.filter((action) => action !== "restart")];
  return ways.flatMap((by) => members.map((down): Outage => ({ downs: [down], ...(by && { by }) })));
}

function sharesOf(balancer: ModelBalancer, downs: readonly number[], by?: Outage["by"]): readonly number[] {
  const { state, backends } = duringOutage(balancer, { downs, ...(by && { by }) });
  return countsAfter(state, LONG_RUN, backends).map((count) => count / LONG_RUN);
}

/** The fraction of load factors that a counted share is; a percentage where it is none. */
function exactText(layout: SearchLayout, { downs, by }: Outage, member: number, share: number): string {
  const own = by === undefined && longRunShares(layout, new Set(downs)).find((one) => one.member === member);
  if (own === undefined || own === false) return percentText(share);
  if (Math.abs(own.numerator / own.denominator - share) > 1e-6) return percentText(share);
  return fractionText(fraction(own.numerator, own.denominator));
}

interface Deviation {
  readonly promise: SharePromise;
  readonly outage: Outage;
  readonly member: number;
  readonly share: number;
  /** The share as text, as a fraction where one is known. */
  readonly exact: string;
  readonly most: number;
}

/** So many requests in a row that the share of them is out of what was promised, too. */
function example(balancer: ModelBalancer, deviation: Deviation): Breach | undefined {
  const { promise, outage, member, share, exact, most } = deviation;
  const { state, backends } = duringOutage(balancer, outage);
  for (let count = 10; count <= MOST_REQUESTS; count = Math.ceil(count * 1.3)) {
    const shown = (countsAfter(state, count, backends)[member] ?? 0) / count;
    const isOut = shown < promise.about - promise.within - 1e-9 || shown > most + promise.within + 1e-9;
    if (!isOut || Math.abs(shown - share) > 0.005) continue;
    const events: readonly SearchEvent[] = [
      ...outageEvents(balancer, outage),
      ...Array.from({ length: count }, (): SearchEvent => ({ kind: "request" })),
    ];
    const [failed] = outage.downs;
    const when =
      failed === undefined
        ? "with everybody up"
        : sentence`after ${named(failed)} ${outage.by === undefined ? "failed" : `was ${outage.by === "drain" ? "drained" : "disabled"}`}`;
    const serves = sentence`${named(member)} serves ${exact} of the requests in the long run ${when}`;
    return {
      events,
      why: sentence`${serves}; promised is ${partText(promise.about)} within ${percentText(promise.within)}`,
      sure: true,
      shortest: false,
      at: `/members${pointerStep(member)}/parameters/loadfactor`,
    };
  }
  return undefined;
}
