import { unhandledMembers } from "../model/unhandled.js";
import { shortName } from "../topology/short-name.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { PromiseFinding } from "./finding.js";
import type { ClusterPromise } from "./promise.js";
import { reenact, stepByStep } from "./reenact.js";
import type { SearchEvent } from "./search/machine.js";
import { named, sentence } from "./sentence.js";

/** Requests among which a member has its turn, if it ever has. */
const MOST_TURNS = 1_000;

/** Why nothing may be said to hold of a cluster with a member that httpd cannot ask; undefined where it has none. */
export function whyUnhandled(topology: Topology, cluster: Cluster): string | undefined {
  const [unhandled] = unhandledMembers(topology, cluster);
  if (unhandled === undefined) return undefined;
  const [member, { status }] = unhandled;
  const name = shortName(cluster.members[member]?.name ?? "");
  return `no module that is loaded handles the scheme of ${name} and httpd answers ${status} in its place`;
}

/** A member that httpd cannot ask breaks always-served when it has its turn, with everybody up; undefined where none has. */
export function brokenByUnhandled(
  topology: Topology,
  cluster: Cluster,
  promise: ClusterPromise,
): PromiseFinding | undefined {
  const [unhandled] = unhandledMembers(topology, cluster);
  if (promise.id !== "always-served" || unhandled === undefined) return undefined;
  const [member, { status }] = unhandled;
  const requests = Array.from({ length: MOST_TURNS }, (): SearchEvent => ({ kind: "request" }));
  const seen = reenact(topology, cluster, promise, stepByStep(topology, cluster, requests));
  if (seen === undefined) return undefined;
  const why = sentence`${named(member)} has its turn: no module that is loaded handles its scheme, and httpd answers ${status} in its place`;
  const events = requests.slice(0, seen.steps);
  const at: Pointer = `/members${pointerStep(member)}`;
  return {
    verdict: "broken",
    states: seen.steps,
    breach: { events, why, sure: seen.sighting === "broken", shortest: true, at },
    mends: [],
  };
}
