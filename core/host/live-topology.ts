import { workerName } from "../httpd/shared-workers.js";
import { urlText } from "../scenario/nodes.js";
import { effectiveBalancer, effectiveMember } from "../topology/effective.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import { seconds } from "../vocabulary/duration.js";
import { isLbMethodName } from "../vocabulary/lbmethods.js";
import { managedLetters } from "../vocabulary/status.js";
import type { LiveBalancer, LiveWorker } from "./live-state.js";

/**
 * A description with the values that are live: what balancer-manager shows counts, and the file says what it does not
 * show. Members that were added by hand come last, those that are gone are left out; balancers that the manager does not
 * show stay as they are described.
 */
export function liveTopology(topology: Topology, live: readonly LiveBalancer[]): Topology {
  const byName = new Map(live.map((balancer) => [balancer.name.toLowerCase(), balancer]));
  const clusters = topology.clusters.map((cluster) => {
    const balancer = byName.get(cluster.name.toLowerCase());
    return balancer === undefined ? cluster : liveCluster(topology, cluster, balancer);
  });
  return { ...topology, clusters };
}

function liveCluster(topology: Topology, cluster: Cluster, live: LiveBalancer): Cluster {
  const workers = new Map(live.workers.map((worker) => [worker.name, worker]));
  const names = cluster.members.map(({ url }) => workerName(urlText(url)));
  const kept = cluster.members.flatMap((member, index) => {
    const worker = workers.get(names[index] ?? "");
    return worker === undefined ? [] : [liveMember(topology, member, worker)];
  });
  const added = live.workers
    .filter(({ name }) => !names.includes(name))
    .map((worker) => liveMember(topology, { name: worker.name, url: worker.name, parameters: {} }, worker));
  // What is not said depends on how many members there are.
  const now = { ...cluster, members: [...kept, ...added] };
  return { ...now, parameters: liveParameters(now, live) };
}

function liveParameters(cluster: Cluster, live: LiveBalancer): Cluster["parameters"] {
  const { lbmethod, timeout, maxAttempts, nofailover, sticky } = effectiveBalancer(cluster);
  const { stickysession, ...rest } = cluster.parameters;
  const same = live.stickysession === (sticky?.cookie ?? "");
  const sticks = same ? stickysession : live.stickysession;
  return {
    ...rest,
    ...(live.lbmethod !== lbmethod && isLbMethodName(live.lbmethod) && { lbmethod: live.lbmethod }),
    ...(live.timeout !== Number(timeout / 1_000_000n) && { timeout: seconds(live.timeout) }),
    ...(live.maxattempts !== undefined && live.maxattempts !== maxAttempts && { maxattempts: live.maxattempts }),
    // Shown only where sessions stick.
    ...(live.stickysession !== "" && live.nofailover !== nofailover && { nofailover: live.nofailover }),
    ...(sticks !== undefined && sticks !== "" && { stickysession: sticks }),
  };
}

/** What health checks and failed requests found is no word of an operator: a reload forgets it whatever is written. */
function liveMember(topology: Topology, member: Member, worker: LiveWorker): Member {
  const { lbfactor, lbset, ...known } = effectiveMember(member, topology.healthCheckTemplates);
  const { status, route, redirect, ...rest } = member.parameters;
  const letters = managedLetters(topology.httpd).filter((letter) => letter !== "C");
  const same = letters.every((letter) => known.status.has(letter) === worker.status.has(letter));
  const live = letters.filter((letter) => worker.status.has(letter)).join("");
  const now = same ? status : live === "" ? undefined : `+${live}`;
  const names = {
    route: worker.route === known.route ? route : worker.route,
    redirect: worker.redirect === known.redirect ? redirect : worker.redirect,
  };
  return {
    ...member,
    parameters: {
      ...rest,
      ...(now !== undefined && { status: now }),
      ...(worker.lbfactor !== lbfactor && { loadfactor: worker.lbfactor / 100 }),
      ...(worker.lbset !== lbset && { lbset: worker.lbset }),
      ...(isSaid(names.route) && { route: names.route }),
      ...(isSaid(names.redirect) && { redirect: names.redirect }),
    },
  };
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== "";
}
