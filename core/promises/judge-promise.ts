import { ANSWERS } from "../model/engine.js";
import { proxiedErrorPage } from "../model/error-page.js";
import { effectiveBalancer } from "../topology/effective.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { alwaysServed } from "./always-served.js";
import type { EffortOptions } from "./always-served.js";
import { explainRefusal } from "./refusal.js";
import { judgeCapacity } from "./capacity.js";
import { judgeFailback } from "./failback.js";
import type { PromiseFinding } from "./finding.js";
import { judgeServedAgain } from "./served-again.js";
import { judgeSessions } from "./sessions.js";
import { judgeShare } from "./share.js";
import { judgeStandbyIdle } from "./standby-idle.js";
import { mendAlwaysServed } from "./mend.js";
import type { Breach } from "./breach.js";
import { reenact, stepByStep } from "./reenact.js";
import { toScenario } from "./scenario.js";
import { modelOnly, searchLayout } from "./search/layout.js";
import { bounded, unjudged, worse } from "./unbroken.js";
import { brokenByUnhandled, whyUnhandled } from "./unhandled-member.js";
import type { Violation } from "./verdict.js";
import type { ClusterPromise } from "./promise.js";
import type { SearchLimits } from "./search/classes.js";

/** One promise of one cluster and how to check it. */
export interface Case {
  readonly topology: Topology;
  readonly cluster: Cluster;
  readonly promise: ClusterPromise;
  readonly limits: SearchLimits;
  /** Where the promise is declared. */
  readonly at: Pointer;
  readonly options: EffortOptions & { readonly mend?: boolean };
}

/** Checks one promise of one cluster. What is said to break it does so in the model, played from outside. */
export function judgePromise(checked: Case): PromiseFinding {
  const why = incalculable(checked);
  const finding =
    brokenByUnhandled(checked.topology, checked.cluster, checked.promise) ?? confirmed(checked, decided(checked));
  return finding.verdict === "broken" || why === undefined ? finding : unjudged(finding.states, why);
}

/** Why nothing may be said to hold, where what decides it is not among what the promises speak of. */
function incalculable({ topology, cluster, promise }: Case): string | undefined {
  const unhandled = whyUnhandled(topology, cluster);
  if (unhandled !== undefined) return unhandled;
  const { lbmethod, failOnStatus } = effectiveBalancer(cluster);
  if (failOnStatus.includes(ANSWERS.status))
    return "failonstatus=200 puts each member into error that answers as it should";
  const { members } = searchLayout(topology, cluster);
  const stuck = members.find(({ staysInError }) => staysInError);
  if (stuck !== undefined && promise.id !== "share" && promise.id !== "capacity")
    return `${stuck.name} is stopped and in error (status), which only forced recovery ends: no search keeps that`;
  if (lbmethod !== "heartbeat" || promise.id !== "always-served") return undefined;
  return "heartbeat goes by what servers report: one without a report of the last 10 s is never asked";
}

function decided(checked: Case): PromiseFinding {
  const { topology, cluster, promise, limits, at, options } = checked;
  switch (promise.id) {
    case "always-served":
      return judgeAlwaysServed(checked);
    case "failback": {
      const finding = judgeFailback(topology, cluster, promise.within, limits, options);
      const { requests } = promise;
      if (requests === undefined || finding.verdict === "broken") return finding;
      return worse(finding, judgeServedAgain(topology, cluster, { ...promise, requests }, limits, options));
    }
    case "standby-idle":
      return judgeStandbyIdle(topology, cluster, promise.within, limits, options);
    case "share":
      return judgeShare(topology, cluster, promise, limits);
    case "capacity":
      return judgeCapacity(topology, cluster, { load: promise.requestsPerSecond, limits, at });
    case "sessions":
      return judgeSessions(topology, cluster, limits, options);
  }
}

/** A breach is certain as far as `simulate` is, ends where it first breaks the promise, and is dropped where it does not. */
function confirmed({ topology, cluster, promise }: Case, finding: PromiseFinding): PromiseFinding {
  const { breach, race, mends, ...rest } = finding;
  if (breach === undefined) return finding;
  const shown = confirmedBreach(topology, cluster, promise, breach);
  const sooner = race && confirmedBreach(topology, cluster, promise, race);
  const first = shown ?? sooner;
  if (first === undefined) return unjudged(finding.states, unconfirmed(topology, cluster));
  return { ...rest, breach: first, ...(shown && sooner && { race: sooner }), ...(mends && { mends }) };
}

/** Why the model may keep a promise in what a search says to break it. */
function unconfirmed(topology: Topology, cluster: Cluster): string {
  const page = proxiedErrorPage(topology, cluster);
  const found = "a search found a scenario that the model does not confirm";
  if (page === undefined) return found;
  return `${found}: the page of ErrorDocument ${page.status} is asked of a balancer again, which no search follows; ProxyPass PATH ! above it keeps the page from that`;
}

function confirmedBreach(
  topology: Topology,
  cluster: Cluster,
  promise: ClusterPromise,
  breach: Breach,
): Breach | undefined {
  // Shares are of requests together; everything else is broken by one request, and steps tell which.
  const together = promise.id === "share" || promise.id === "capacity";
  const scenario = together
    ? toScenario(topology, cluster, breach.events)
    : stepByStep(topology, cluster, breach.events);
  const seen = reenact(topology, cluster, promise, scenario);
  if (seen === undefined) return undefined;
  const events = together ? breach.events : breach.events.slice(0, seen.steps);
  const shortest = breach.shortest && events.length === breach.events.length;
  return { ...breach, events, shortest, sure: seen.sighting === "broken" };
}

function judgeAlwaysServed({ topology, cluster, promise, limits, options }: Case): PromiseFinding {
  const verdict = alwaysServed(topology, cluster, limits, options);
  const { states } = verdict;
  const bytes = verdict.bytes === undefined ? {} : { bytes: verdict.bytes };
  if (verdict.kind === "holds") return { verdict: "holds", states, proof: verdict.proof, ...bytes };
  if (verdict.kind === "bounded") {
    return { ...bounded(states, verdict.depth, modelOnly(searchLayout(topology, cluster))), ...bytes };
  }
  const [first, second] = verdict.violations.map((violation) => told(topology, cluster, promise, violation));
  if (first === undefined) throw new Error("a broken promise has no violation");
  const mends = options.mend === false ? [] : mendAlwaysServed(topology, cluster, limits, options);
  return { verdict: "broken", states, breach: first, ...(second && { race: second }), mends, ...bytes };
}

/** Told in the order that is easiest to follow, unless that makes it a matter of chance. */
function told(topology: Topology, cluster: Cluster, promise: ClusterPromise, violation: Violation): Breach {
  const easy = explainRefusal(topology, cluster, violation);
  if (!violation.sure) return easy;
  const seen = reenact(topology, cluster, promise, stepByStep(topology, cluster, easy.events));
  return seen?.sighting === "broken" ? easy : explainRefusal(topology, cluster, violation, { asFound: true });
}
