import type { Member, Topology } from "../../../topology/topology.js";
import type { Pointer, Problem } from "../../../vocabulary/problem.js";
import { shown } from "../../../vocabulary/shown.js";
import { memberAddress } from "../../member-address.js";
import type { MemberAddress } from "../../member-address.js";
import { replicasOf } from "./node.js";
import type { KubernetesNode, KubernetesNodes } from "./node.js";
import { meantPods, podHost, podName } from "./pod-name.js";

/** Names of a list that are told; of more, how many. */
const MOST_TOLD = 3;

/** A member that leads to a pod, and the pod. */
interface PodMember {
  readonly at: Pointer;
  readonly member: Member;
  readonly address: MemberAddress;
  readonly node: string;
  readonly pod: string;
}

/**
 * Where members and the pods of nodes do not match: a URL that leads to a pod that is not made, to a port at which it does not
 * listen, or past the page that is asked for its health; a route that is not the pod's name; a pod that no member leads to.
 */
export function checkKubernetesNodes(topology: Topology, beside: KubernetesNodes): readonly Problem[] {
  const members = podMembers(topology, beside);
  const met = new Set(members.map(({ pod }) => pod));
  return [
    ...members.flatMap((each) => memberProblems(each, beside)),
    ...Object.entries(beside.nodes).flatMap(([name, node]) => unaskedProblems(name, node, { met, beside })),
  ];
}

function podMembers({ clusters }: Topology, beside: KubernetesNodes): readonly PodMember[] {
  return clusters.flatMap(({ members }, cluster) =>
    members.flatMap((member, index): readonly PodMember[] => {
      const address = memberAddress(member);
      const meant = address === undefined ? undefined : meantPods(address.host, beside);
      if (address === undefined || meant?.pod === undefined) return [];
      return [{ at: `/clusters/${cluster}/members/${index}`, member, address, node: meant.node, pod: meant.pod }];
    }),
  );
}

function memberProblems(found: PodMember, { nodes, namespace }: KubernetesNodes): readonly Problem[] {
  const { at, member, node: name, pod } = found;
  const node = nodes[name];
  if (node === undefined) return [];
  const subject = `member ${shown(member.name)}`;
  const last = replicasOf(node) - 1;
  if (!isMade(pod, name, node)) {
    const allowed =
      last === 0 ? shown(podName(name, 0)) : `${shown(podName(name, 0))} to ${shown(podName(name, last))}`;
    const fix = `write for example http://${podHost(name, 0, namespace)}:${node.port}, or give the node more replicas`;
    return [{ at: `${at}/url`, subject, found: `pod ${shown(pod)}, which node ${shown(name)} has not`, allowed, fix }];
  }
  return [...portProblems(found, node, subject), ...routeProblems(found, subject), ...healthProblems(found, node)].map(
    (problem) => ({ ...problem, at: `${at}${problem.at}` }),
  );
}

function isMade(pod: string, name: string, node: KubernetesNode): boolean {
  const ordinal = Number(pod.slice(name.length + 1));
  return pod === podName(name, ordinal) && Number.isInteger(ordinal) && ordinal >= 0 && ordinal < replicasOf(node);
}

function portProblems({ address, pod }: PodMember, { port }: KubernetesNode, subject: string): readonly Problem[] {
  if (address.port === port) return [];
  const found = `port ${address.port} of pod ${shown(pod)}`;
  return [{ at: "/url", subject, found, allowed: `${port}, at which its node listens`, fix: "write the same at both" }];
}

function routeProblems({ member, pod }: PodMember, subject: string): readonly Problem[] {
  const { route } = member.parameters;
  if (route === undefined || route === pod) return [];
  const allowed = `${shown(pod)}, the name of its pod, which the application puts behind its sessions`;
  return [{ at: "/parameters/route", subject, found: `route ${shown(route)}`, allowed, fix: "write the pod's name" }];
}

/** AJP answers no page. */
function healthProblems({ address, node }: PodMember, { healthPath, healthPort, port }: KubernetesNode): Problem[] {
  if (address.scheme !== "ajp" || healthPath === undefined || (healthPort ?? port) !== port) return [];
  const found = `page ${shown(healthPath)} at port ${port}, which speaks AJP`;
  const fix = "give it the healthPort of its HTTP connector, or leave healthPath away";
  return [{ at: "/url", subject: `node ${shown(node)}`, found, allowed: "a page at a port that speaks HTTP", fix }];
}

interface Asking {
  /** Pods that members lead to. */
  readonly met: ReadonlySet<string>;
  readonly beside: KubernetesNodes;
}

function unaskedProblems(name: string, node: KubernetesNode, { met, beside }: Asking): readonly Problem[] {
  const pods = Array.from({ length: replicasOf(node) }, (_, ordinal) => ordinal);
  const unasked = pods.filter((ordinal) => !met.has(podName(name, ordinal)));
  const [first] = unasked;
  if (first === undefined) return [];
  const told = unasked.slice(0, MOST_TOLD).map((ordinal) => shown(podName(name, ordinal)));
  const more = unasked.length > MOST_TOLD ? ` and ${unasked.length - MOST_TOLD} more` : "";
  const pod = podName(name, first);
  return [
    {
      at: `/nodes/${name}`,
      subject: `node ${shown(name)}`,
      found: `no member for ${told.join(", ")}${more}`,
      allowed: "a member for each pod",
      fix: `add http://${podHost(name, first, beside.namespace)}:${node.port} with route=${pod}, or make fewer replicas`,
    },
  ];
}
