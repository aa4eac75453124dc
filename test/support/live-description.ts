import { workerName } from "../../core/httpd/shared-workers.js";
import type { LiveBalancer, LiveWorker } from "../../core/host/live-state.js";
import { effectiveBalancer, effectiveMember } from "../../core/topology/effective.js";
import type { Cluster, Member } from "../../core/topology/topology.js";

/** What a manager shows of a member right after the start of httpd. */
function workerOf(member: Member): LiveWorker {
  const { status, lbfactor, lbset, route, redirect } = effectiveMember(member);
  const counters = { lbstatus: 0, elected: 0, busy: 0, transferred: 0, read: 0 };
  const name = workerName(typeof member.url === "string" ? member.url : "");
  return { name, status: new Set([...status, "O"]), lbfactor, lbset, route, redirect, ...counters };
}

/** The same of a balancer. */
export function balancerOf(cluster: Cluster): LiveBalancer {
  const { lbmethod, sticky, nofailover, maxAttempts, timeout } = effectiveBalancer(cluster);
  return {
    name: cluster.name,
    lbmethod,
    timeout: Number(timeout / 1_000_000n),
    maxattempts: maxAttempts,
    nofailover: sticky !== undefined && nofailover,
    stickysession: sticky?.cookie ?? "",
    workers: cluster.members.map(workerOf),
  };
}
