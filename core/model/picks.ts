import type { Way } from "../route/route.js";
import { isSentOnce } from "../scenario/method.js";
import type { RequestStep } from "../scenario/steps.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { Chronicle } from "./chronicle.js";
import type { ModelRequest } from "./model-request.js";
import type { Outcome } from "./request.js";
import { routeOf } from "./sticky.js";
import type { Answer, Pick } from "./trace.js";
import type { BalancerPlace } from "./world.js";

/** Bytes httpd sends to a backend for the head of a small request, where a scenario does not say. */
const HEAD_BYTES = 200;

/** What a client brings to one request. */
export interface Brought {
  readonly cookies: Readonly<Record<string, string>>;
  /** Its connection has carried a request before. */
  readonly kept: boolean;
  /** The member whose answer it got, for its jar. */
  readonly got?: (place: BalancerPlace, outcomes: readonly Outcome[]) => void;
}

/** A request of a step as its balancer sees it. */
export function modelRequest(
  { states }: BalancerPlace,
  url: string,
  step: RequestStep,
  { way, cookies, kept }: Omit<Brought, "got"> & { readonly way: Way | undefined },
): ModelRequest {
  const { body = 0, bytes = HEAD_BYTES + body } = step;
  const { balancer, settings } = states.likeliest;
  const pairs = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const sent = way === undefined ? pairs.join("; ") : (way.headers.get("cookie") ?? "");
  const route = routeOf(balancer, settings.sticky, { url, ...(sent !== "" && { cookie: sent }) });
  return { route, bytes, body, once: isSentOnce(step), kept };
}

/** Whether an answer is certain, and which lines could decide otherwise. */
export interface JudgedWay {
  readonly judged: boolean;
  readonly doubts: readonly Pointer[];
}

/** The pick, with what a way leaves open. */
export function withDoubts(pick: Pick, { judged, doubts }: JudgedWay): Pick {
  return judged ? pick : { ...pick, judged: false, doubts: [...new Set([...(pick.doubts ?? []), ...doubts])] };
}

/** What came of a request to a balancer, the likeliest first, and why where that was asked. */
export interface Outcomes {
  readonly outcomes: readonly Outcome[];
  readonly why: readonly string[] | undefined;
}

/** One request to a balancer. */
export function balancerOutcomes(place: BalancerPlace, request: ModelRequest, explain: boolean): Outcomes {
  const { states, backends, releases } = place;
  const chronicle = explain ? new Chronicle(states.likeliest.balancer) : undefined;
  const { now } = states.likeliest;
  const outcomes = states.serve(request, backends, chronicle);
  const more = releases.othersAfter(states.likeliest, outcomes, { now, backends, kept: request.kept === true });
  return { outcomes: [...outcomes, ...more], why: chronicle?.sentences() };
}

function memberPointer({ clusters }: Topology, cluster: Cluster, member: number): Pointer {
  return `/clusters/${clusters.indexOf(cluster)}/members/${member}`;
}

/** The pick that outcomes come to. */
export function pickOf(topology: Topology, { cluster, states }: BalancerPlace, { outcomes, why }: Outcomes): Pick {
  const { members } = states.likeliest.balancer;
  const answers = outcomes.map(({ member, status }): Answer => ({ member: members[member]?.url ?? null, status }));
  const [likeliest] = outcomes;
  const [answer] = answers;
  if (likeliest === undefined || answer === undefined) throw new Error("a request has no outcome");
  const name = cluster.members[likeliest.member]?.name;
  const unmeasured = outcomes.flatMap((outcome) => outcome.unmeasured ?? []);
  const doubts = [...new Set(unmeasured)].map((member) => memberPointer(topology, cluster, member));
  return {
    ...answer,
    ...(name !== undefined && { name }),
    attempts: likeliest.attempts,
    ...(answers.length > 1 && { either: answers }),
    ...(doubts.length > 0 && { judged: false, doubts }),
    ...(why && { why }),
  };
}
