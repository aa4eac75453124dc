import { effectiveBalancer, effectiveMember } from "../topology/effective.js";
import { initialStatus } from "../topology/roles.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import { seconds } from "../vocabulary/duration.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { StatusLetter } from "../vocabulary/status.js";
import { named, sentence } from "./sentence.js";
import type { Sentence } from "./sentence.js";

/** A change of a configuration, in words and as a function. */
export interface MendingEdit {
  readonly words: Sentence;
  /** Below the cluster. */
  readonly at: Pointer;
  apply(cluster: Cluster): Cluster;
}

/** Puts a changed cluster in the place of the one it came from. */
export function withCluster(topology: Topology, index: number, cluster: Cluster): Topology {
  return { ...topology, clusters: topology.clusters.map((other, place) => (place === index ? cluster : other)) };
}

/** `maxattempts=N` */
export function maxAttemptsEdit(tries: number): MendingEdit {
  return {
    words: [`maxattempts=${tries}`],
    at: "/parameters/maxattempts",
    apply: (cluster) => ({ ...cluster, parameters: { ...cluster.parameters, maxattempts: tries } }),
  };
}

/** Changes that take a weak point out of a cluster, each on its own: a flag of the balancer or of one member. */
export function weakPointEdits(cluster: Cluster): readonly MendingEdit[] {
  const balancer = effectiveBalancer(cluster);
  return [
    ...(balancer.forceRecovery ? [] : [balancerEdit("forcerecovery", true, "forcerecovery=On")]),
    ...(balancer.nofailover ? [balancerEdit("nofailover", false, "nofailover=Off")] : []),
    ...cluster.members.flatMap((member, index) => memberEdits(member, index)),
  ];
}

function balancerEdit(key: "forcerecovery" | "nofailover", value: boolean, text: string): MendingEdit {
  return {
    words: [text],
    at: `/parameters/${key}`,
    apply: (cluster) => ({ ...cluster, parameters: { ...cluster.parameters, [key]: value } }),
  };
}

function memberEdits(member: Member, index: number): readonly MendingEdit[] {
  const letters = initialStatus(member);
  const { retry } = effectiveMember(member);
  const without = (letter: StatusLetter): Sentence => sentence`${named(index)} without status=+${letter}`;
  const out = (["D", "S", "N", "U"] as const).some((letter) => letters.has(letter));
  return [
    ...(out ? [removal(member, index)] : []),
    ...(letters.has("I") ? [statusEdit(member, index, "I", without("I"))] : []),
    ...(letters.has("R") ? [statusEdit(member, index, "R", without("R"))] : []),
    ...(retry === 0n ? [retryEdit(member, index)] : []),
  ];
}

function removal(member: Member, index: number): MendingEdit {
  return {
    words: sentence`take ${named(index)} out of the balancer instead of out of service`,
    at: memberAt(index),
    apply: (cluster) => ({ ...cluster, members: cluster.members.filter(({ name }) => name !== member.name) }),
  };
}

function statusEdit(member: Member, index: number, letter: StatusLetter, words: Sentence): MendingEdit {
  const left = [...initialStatus(member)].filter((other) => other !== letter).join("");
  return {
    words,
    at: `${memberAt(index)}/parameters/status`,
    apply: (cluster) =>
      changed(cluster, member.name, ({ parameters }) => {
        const others = Object.entries(parameters).filter(([key]) => key !== "status");
        return { ...Object.fromEntries(others), ...(left !== "" && { status: `+${left}` }) };
      }),
  };
}

/** Another `retry` of a member, in whole seconds. */
export function retryEdit(member: Member, index: number, time = 1): MendingEdit {
  return {
    words: sentence`${named(index)} retry=${time}`,
    at: `${memberAt(index)}/parameters/retry`,
    apply: (cluster) => changed(cluster, member.name, ({ parameters }) => ({ ...parameters, retry: seconds(time) })),
  };
}

/** Another `lbset` of a member. */
export function lbsetEdit(member: Member, index: number, lbset: number): MendingEdit {
  return {
    words: sentence`${named(index)} lbset=${lbset}`,
    at: `${memberAt(index)}/parameters/lbset`,
    apply: (cluster) => changed(cluster, member.name, ({ parameters }) => ({ ...parameters, lbset })),
  };
}

function memberAt(index: number): Pointer {
  return `/members${pointerStep(index)}`;
}

/** The cluster with other parameters of one member. */
function changed(cluster: Cluster, name: string, change: (member: Member) => Member["parameters"]): Cluster {
  const members = cluster.members.map((member) =>
    member.name === name ? { ...member, parameters: change(member) } : member,
  );
  return { ...cluster, members };
}
