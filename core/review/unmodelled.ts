import { diffTopologies } from "../topology/diff.js";
import type { Change } from "../topology/diff.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { pointerSteps } from "../vocabulary/problem.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { lineChanges, parameterChanges, plainChange } from "./cluster-changes.js";
import { heardLines } from "./heard-lines.js";
import { pairMembers } from "./match.js";
import { keptLinesOf, serverChange } from "./server-changes.js";
import { shortName } from "../topology/short-name.js";

/**
 * Parameters about which the figures of a review say everything: shares, failover, costs of failures, promises, sessions.
 * Any other may decide about requests in a way that no figure shows, as `failonstatus` does when applications fail.
 */
const MODELLED: ReadonlySet<string> = new Set([
  ...["loadfactor", "lbset", "retry", "status", "route"],
  ...["lbmethod", "maxattempts", "stickysession", "stickysessionsep"],
]);

/** How connections are kept and bytes are passed on; what may be added by hand. */
const UNSEEN: ReadonlySet<string> = new Set([
  ...["min", "smax", "ttl", "keepalive", "disablereuse", "enablereuse", "flushpackets", "flushwait", "flusher"],
  ...["iobuffersize", "receivebuffersize", "nonce", "growth"],
]);

/** Settings that decide about no request. */
const QUIET_SETTINGS: ReadonlySet<string> = new Set(["proxystatus", "balancergrowth"]);

/** What else was changed in a cluster and may decide about requests, though no figure shows it; both are meanings. */
export function unmodelledIn(before: Cluster, after: Cluster): readonly string[] {
  const members = pairMembers(before, after).flatMap(({ before: old, after: young }) => {
    if (old === undefined || young === undefined) return [];
    const isChecked = [old, young].some(({ parameters: { hcmethod = "NONE", hctemplate } }) => {
      return hcmethod !== "NONE" || hctemplate !== undefined;
    });
    const [was, is] = [old, young].map(({ parameters }) => deciding(parameters, isChecked));
    return parameterChanges(WORKER_PARAMETERS, was ?? {}, is ?? {}, (key) => `${key} of ${shortName(young.name)}`);
  });
  const [was, is] = [before, after].map(({ parameters }) => deciding(parameters, false));
  return [
    ...parameterChanges(BALANCER_PARAMETERS, was ?? {}, is ?? {}, (key) => key),
    ...members,
    ...plainChange("route cookie", before.routeCookie, after.routeCookie),
    ...lineChanges(heardLines(before.extra ?? []), heardLines(after.extra ?? [])),
  ];
}

/** What was changed beside clusters and may decide about requests, though no path leads elsewhere; both are meanings. */
export function unmodelledBeside(before: Topology, after: Topology): readonly string[] {
  const sides = { before: { ...before, clusters: [] }, after: { ...after, clusters: [] } };
  return diffTopologies(sides.before, sides.after)
    .map(ofHeardLines)
    .filter(isHeardOf)
    .flatMap((change) => serverChange(change, sides));
}

function deciding(parameters: object, isChecked: boolean): object {
  const kept = Object.entries(parameters).filter(([key]) => {
    if (key.startsWith("hc")) return isChecked;
    return !MODELLED.has(key) && !UNSEEN.has(key);
  });
  return Object.fromEntries(kept);
}

/** Of lines that are kept as they are, those that clients may see. */
function ofHeardLines(change: Change): Change {
  if (change.kind === "moved" || pointerSteps(change.at).at(-1) !== "extra") return change;
  const was = change.kind === "added" ? [] : keptLinesOf(change.before);
  const is = change.kind === "removed" ? [] : keptLinesOf(change.after);
  return { kind: "changed", at: change.at, before: heardLines(was), after: heardLines(is) };
}

/** A change that clients may see. The ways of mounts' paths are followed, and another release is judged, by themselves. */
function isHeardOf(change: Change): boolean {
  const steps = pointerSteps(change.at);
  const [kind = "", key = ""] = [steps.at(-2), steps.at(-1)];
  if (change.kind === "moved") return key !== "mounts";
  if (kind === "settings") return !QUIET_SETTINGS.has(key);
  return kind !== "mounts" && !["acknowledged", "promises", "httpd", "settings"].includes(key);
}
