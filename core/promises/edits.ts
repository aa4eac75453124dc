import { effectiveBalancer, effectiveMember } from "../topology/effective.js";
import { initialStatus } from "../topology/roles.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import { seconds } from "../vocabulary/duration.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { StatusLetter } from "../vocabulary/status.js";

/** A change of a configuration, in words and as a function. */
export interface Edit {
  readonly text: string;
  readonly at: Pointer;
  apply(cluster: Cluster): Cluster;
}

/** Puts a changed cluster in the place of the one it came from. */
export function withCluster(topology: Topology, index: number, cluster: Cluster): Topology {
  return { ...topology, clusters: topology.clusters.map((other, place) => (place === index ? cluster : other)) };
}

/** `maxattempts=N` */
export function maxAttemptsEdit(base: Pointer, tries: number): Edit {
  return {
    text: `maxattempts=${tries}`,
    at: `${base}/parameters/maxattempts`,
    apply: (cluster) => ({ ...cluster, parameters: { ...cluster.parameters, maxattempts: tries } }),
  };
}

/** Changes that take a weak point out of a cluster, each on its own: a flag of the balancer or of one member. */
export function weakPointEdits(cluster: Cluster, base: Pointer): readonly Edit[] {
  const balancer = effectiveBalancer(cluster);
  return [
    ...(balancer.forceRecovery ? [] : [balancerEdit(base, "forcerecovery", true, "forcerecovery=On")]),
    ...(balancer.nofailover ? [balancerEdit(base, "nofailover", false, "nofailover=Off")] : []),
    ...cluster.members.flatMap((member) => memberEdits(cluster, member, base)),
  ];
}

function balancerEdit(base: Pointer, key: "forcerecovery" | "nofailover", value: boolean, text: string): Edit {
  return {
    text,
    at: `${base}/parameters/${key}`,
    apply: (cluster) => ({ ...cluster, parameters: { ...cluster.parameters, [key]: value } }),
  };
}

function memberEdits(cluster: Cluster, member: Member, base: Pointer): readonly Edit[] {
  const letters = initialStatus(member);
  const { retry } = effectiveMember(member);
  const at: Pointer = `${base}/members${pointerStep(cluster.members.indexOf(member))}`;
  const named = (letter: StatusLetter): string => `${member.name} without status=+${letter}`;
  const out = (["D", "S", "N", "U"] as const).some((letter) => letters.has(letter));
  return [
    ...(out ? [removal(member, at)] : []),
    ...(letters.has("I") ? [statusEdit(member, at, "I", named("I"))] : []),
    ...(letters.has("R") ? [statusEdit(member, at, "R", named("R"))] : []),
    ...(retry === 0n ? [retryEdit(member, at)] : []),
  ];
}

function removal(member: Member, at: Pointer): Edit {
  return {
    text: `take ${member.name} out of the balancer instead of out of service`,
    at,
    apply: (cluster) => ({ ...cluster, members: cluster.members.filter(({ name }) => name !== member.name) }),
  };
}

function statusEdit(member: Member, at: Pointer, letter: StatusLetter, text: string): Edit {
  const left = [...initialStatus(member)].filter((other) => other !== letter).join("");
  return {
    text,
    at: `${at}/parameters/status`,
    apply: (cluster) =>
      changed(cluster, member.name, ({ parameters }) => {
        const others = Object.entries(parameters).filter(([key]) => key !== "status");
        return { ...Object.fromEntries(others), ...(left !== "" && { status: `+${left}` }) };
      }),
  };
}

/** Another `retry` of a member, in whole seconds. */
export function retryEdit(member: Member, at: Pointer, time = 1): Edit {
  return {
    text: `${member.name} retry=${time}`,
    at: `${at}/parameters/retry`,
    apply: (cluster) => changed(cluster, member.name, ({ parameters }) => ({ ...parameters, retry: seconds(time) })),
  };
}

/** Another `lbset` of a member. */
export function lbsetEdit(member: Member, at: Pointer, lbset: number): Edit {
  return {
    text: `${member.name} lbset=${lbset}`,
    at: `${at}/parameters/lbset`,
    apply: (cluster) => changed(cluster, member.name, ({ parameters }) => ({ ...parameters, lbset })),
  };
}

/** The cluster with other parameters of one member. */
function changed(cluster: Cluster, name: string, change: (member: Member) => Member["parameters"]): Cluster {
  const members = cluster.members.map((member) =>
    member.name === name ? { ...member, parameters: change(member) } : member,
  );
  return { ...cluster, members };
}
