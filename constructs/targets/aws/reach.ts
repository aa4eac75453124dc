import { isIpAddress, isLoopbackHost } from "../../../core/httpd/address.js";
import type { Egress, HostPlan } from "../../../core/host/plan.js";
import type { Problem } from "../../../core/vocabulary/problem.js";
import { shown } from "../../../core/vocabulary/shown.js";
import type { AwsTargetOptions } from "./options.js";

/** Machines that rules are made for: what clients connect to, the fronts, the application nodes. */
export type Group = "entry" | "fronts" | "nodes";

/** Who is at the other end: a group, an IPv4 or IPv6 network, or S3. */
export type Peer =
  { readonly group: Group } | { readonly cidr: string } | { readonly cidr6: string } | { readonly store: true };

/** A connection that is allowed, seen from one of its ends; all are TCP. */
export interface AllowedReach {
  readonly of: Group;
  readonly direction: "ingress" | "egress";
  readonly port: number;
  readonly peer: Peer;
}

/** What the rules are made from. */
export interface Reaching {
  readonly front: HostPlan;
  /** The plans of nodes that are made, by address; undefined for one whose application nobody described. */
  readonly nodes: ReadonlyMap<string, HostPlan | undefined>;
  readonly options: AwsTargetOptions;
  /** Whether S3 is reached by a way of the network's own. */
  readonly ownStoreWay: boolean;
}

const IN = "ingress";
const OUT = "egress";
const ANYWHERE = "0.0.0.0/0";

/**
 * Everything that may reach something; what is not in it is closed. Names are looked up, the time is told and an instance asks
 * for its metadata by ways that security groups do not see.
 */
export function reachOf(reaching: Reaching): readonly AllowedReach[] {
  const { front, options } = reaching;
  const open = openPorts(front);
  const balanced = options.entry !== "address";
  const of = balanced ? "entry" : "fronts";
  const clients = options.clients.flatMap((cidr) =>
    open.map((port): AllowedReach => ({ of, direction: IN, port, peer: { cidr } })),
  );
  return [
    ...clients,
    ...(balanced ? open.flatMap((port) => between("entry", "fronts", port)) : []),
    ...front.egress.flatMap((egress) => toMember(egress, reaching)),
    ...amongNodes(reaching),
    ...fetching("fronts", reaching),
    ...(reaching.nodes.size > 0 && options.installs !== false ? installing("nodes") : []),
  ];
}

/** The ports of a machine that others than the machine itself reach. */
export function openPorts({ ports }: Pick<HostPlan, "ports">): readonly number[] {
  return [...new Set(ports.filter(({ address }) => !onlyInside(address)).map(({ number }) => number))];
}

/** What keeps the rules from being made. */
export function reachProblems({ front, nodes, options }: Reaching): readonly Problem[] {
  const { backends = {} } = options;
  const unknown = front.egress.filter(
    ({ host }) => !isIpAddress(host) && !isLoopbackHost(host) && backends[host] === undefined,
  );
  const met = new Set(front.egress.map(({ host }) => host));
  return [
    ...lateProblems(front),
    ...unknown.map(({ member, host }): Problem => ({
      at: "",
      subject: `member ${shown(member)} of server ${shown(front.name)}`,
      found: `host ${shown(host)}, whose addresses are not known`,
      allowed: "an address, or a name with its network",
      fix: `give AwsTarget backends: { ${JSON.stringify(host)}: "10.9.0.0/16" }`,
    })),
    ...[...nodes.keys()]
      .filter((address) => !met.has(address))
      .map((address): Problem => ({
        at: "/nodes",
        subject: `node ${shown(address)} of AwsTarget`,
        found: `no member of server ${shown(front.name)} with this address`,
        allowed: "the address in a member's URL",
        fix: "add the member, or leave the node away",
      })),
  ];
}

function lateProblems({ name, files }: HostPlan): readonly Problem[] {
  if (files.every(({ text }) => typeof text === "string")) return [];
  const subject = `members of server ${shown(name)}`;
  const allowed = "addresses that security groups can be made for";
  const fix = "name nodes by fixed addresses, and have the target make them";
  return [{ at: "", subject, found: "an address that is known only at apply", allowed, fix }];
}

/** Both ends of a connection between groups. */
function between(from: Group, to: Group, port: number): readonly AllowedReach[] {
  return [
    { of: from, direction: OUT, port, peer: { group: to } },
    { of: to, direction: IN, port, peer: { group: from } },
  ];
}

function toMember({ host, port }: Egress, { nodes, options }: Reaching): readonly AllowedReach[] {
  if (isLoopbackHost(host)) return [];
  if (nodes.has(host)) return between("fronts", "nodes", port);
  return [{ of: "fronts", direction: OUT, port, peer: peerOf(host, options) }];
}

function peerOf(host: string, { backends = {} }: AwsTargetOptions): Peer {
  if (!isIpAddress(host)) return { cidr: backends[host] ?? "" };
  return host.includes(":") ? { cidr6: `${host}/128` } : { cidr: `${host}/32` };
}

/** Nodes of one group copy their sessions to each other. */
function amongNodes({ nodes }: Reaching): readonly AllowedReach[] {
  const ports = [...nodes.values()].flatMap((plan) => plan?.ports ?? []).filter(({ from }) => from === "nodes");
  return [...new Set(ports.map(({ number }) => number))].flatMap((port) => between("nodes", "nodes", port));
}

function fetching(of: Group, { options, ownStoreWay }: Reaching): readonly AllowedReach[] {
  const installs = options.installs !== false;
  return [
    ...(ownStoreWay ? [{ of, direction: OUT, port: 443, peer: { store: true } } as const] : []),
    ...(installs ? installing(of) : []),
    ...(!installs && (!ownStoreWay || options.secrets !== undefined)
      ? [{ of, direction: OUT, port: 443, peer: { cidr: ANYWHERE } } as const]
      : []),
  ];
}

/** Packages come over either. */
function installing(of: Group): readonly AllowedReach[] {
  return [80, 443].map((port): AllowedReach => ({ of, direction: OUT, port, peer: { cidr: ANYWHERE } }));
}

function onlyInside(address: string | undefined): boolean {
  return address !== undefined && isLoopbackHost(address);
}
