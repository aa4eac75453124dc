import { isEveryAddress, isLoopbackHost } from "../httpd/address.js";
import { LARGEST_OFFSET, nodeHost, nodePorts, nodeUrl } from "../topology/app-node.js";
import type { AppNode, ReplicationGroup } from "../topology/app-node.js";
import { initialStatus } from "../topology/roles.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { checkKnown, checkOwnNames } from "./names.js";
import { checkText } from "./text.js";

/** What is wrong with the application servers of a description, each problem with the places of both sides. */
export function checkAppNodes(topology: Topology): readonly Problem[] {
  const { nodes = [], replicationGroups = [], clusters, servers } = topology;
  if (nodes.length === 0 && replicationGroups.length === 0) return [];
  const names = replicationGroups.map(({ name }) => name);
  return [
    ...checkOwnNames(nodes, (index) => `/nodes/${index}/name`, "node"),
    ...checkOwnNames(replicationGroups, (index) => `/replicationGroups/${index}/name`, "replication group"),
    ...nodes.flatMap((node, index) => checkNode(node, `/nodes/${index}`, names)),
    ...mixedGroups(nodes),
    ...sharedPorts(nodes, servers),
    ...clusters.flatMap((cluster, index) => checkMembers(cluster, `/clusters/${index}`, nodes, replicationGroups)),
  ];
}

/** A value of a node that no application server, or not this one, can have. */
interface WrongValue {
  readonly key: keyof AppNode;
  readonly found: string;
  readonly allowed: string;
  /** @default - correct it */
  readonly fix?: string;
}

function checkNode(node: AppNode, at: Pointer, groups: readonly string[]): readonly Problem[] {
  const owner = `node ${shown(node.name)}`;
  const { replicationGroup } = node;
  const wrong = [...wrongNames(node), ...wrongPlaces(node), ...wrongPaths(node)];
  const group = { at: `${at}/replicationGroup`, subject: `replicationGroup of ${owner}` } as const;
  return [
    ...checkText(node.name, { at: `${at}/name`, subject: "name of a node" }),
    ...wrong.map(({ key, found, allowed, fix = "correct it" }) => {
      return { at: `${at}/${key}`, subject: `${key} of ${owner}`, found, allowed, fix } as const;
    }),
    ...(replicationGroup === undefined ? [] : checkKnown(replicationGroup, groups, group)),
  ];
}

function wrongNames({ name }: AppNode): readonly WrongValue[] {
  if (/^[A-Za-z0-9_-]+$/.test(name)) return [];
  const fix = "rename it: a session's route begins behind a dot, and mod_jk takes what precedes another for a domain";
  return [{ key: "name", found: shown(name), allowed: "letters, digits, '_' and '-'", fix }];
}

function wrongPlaces(node: AppNode): readonly WrongValue[] {
  const { portOffset = 0, server, protocol } = node;
  const host = nodeHost(node);
  const wrong: WrongValue[] = [];
  if (!/^[A-Za-z0-9._:-]+$/.test(host)) {
    wrong.push({ key: "host", found: shown(host), allowed: "a host name or an address" });
  }
  if (portOffset < 0 || portOffset > LARGEST_OFFSET || !Number.isInteger(portOffset)) {
    const allowed = `a whole number from 0 to ${LARGEST_OFFSET}`;
    wrong.push({ key: "portOffset", found: shown(portOffset), allowed, fix: "correct the value" });
  }
  if (server === "wildfly" && protocol === "ajp") {
    const fix = "use http: WildFly's AJP listener asks for no secret, and new releases have none";
    wrong.push({ key: "protocol", found: "'ajp'", allowed: "http", fix });
  }
  return wrong;
}

/** Forms of the paths of a node, by key: they come into files of other languages. */
const PATHS = {
  healthPath: { form: /^\/[\w./~-]*$/, allowed: "a path of letters, digits and . _ ~ - that begins with '/'" },
  contextPath: { form: /^\/[\w./~-]*$/, allowed: "a path of letters, digits and . _ ~ - that begins with '/'" },
  application: { form: /^\/[\w./+-]+$/, allowed: "an absolute path of letters, digits and . _ + -" },
} as const;

function wrongPaths(node: AppNode): readonly WrongValue[] {
  return (["healthPath", "contextPath", "application"] as const).flatMap((key) => {
    const path = node[key];
    const { form, allowed } = PATHS[key];
    return path === undefined || form.test(path) ? [] : [{ key, found: shown(path), allowed }];
  });
}

/** Sessions are copied between servers of one kind only. */
function mixedGroups(nodes: readonly AppNode[]): readonly Problem[] {
  const first = new Map<string, AppNode>();
  return nodes.flatMap((node, index): readonly Problem[] => {
    const { replicationGroup, server } = node;
    if (replicationGroup === undefined) return [];
    const other = first.get(replicationGroup);
    if (other === undefined) first.set(replicationGroup, node);
    if (other === undefined || other.server === server) return [];
    return [
      {
        at: `/nodes/${index}/server`,
        subject: `server of node ${shown(node.name)} in replication group ${shown(replicationGroup)}`,
        found: shown(server),
        allowed: `${other.server}, as node ${shown(other.name)} of the group`,
        fix: "put nodes of another server into another group",
      },
    ];
  });
}

/** A port of a host, and who listens on it. */
interface Listener {
  readonly who: string;
  readonly at: Pointer;
  readonly what: string;
}

/** Every port that two listen on; one problem a pair, however many ports they share. */
function sharedPorts(nodes: readonly AppNode[], servers: Topology["servers"]): readonly Problem[] {
  const taken = new Map<string, Listener>();
  for (const { name, listen } of servers) {
    for (const { address, port } of listen)
      taken.set(`${listenedAt(address)}:${port}`, { who: `server ${shown(name)}`, at: "", what: "listens on" });
  }
  return nodes.flatMap((node, index) => {
    const host = nodeHost(node);
    const place = listenedAt(host);
    const ports = Object.values<number | undefined>({ ...nodePorts(node) }).filter((port) => port !== undefined);
    const rival = ports.map((port) => ({ port, by: taken.get(`${place}:${port}`) })).find(({ by }) => by !== undefined);
    const own: Listener = { who: `node ${shown(node.name)}`, at: `/nodes/${index}`, what: "has" };
    for (const port of ports) taken.set(`${place}:${port}`, own);
    if (rival?.by === undefined) return [];
    const { port, by } = rival;
    const key = node.port === port ? "port" : "portOffset";
    const subject = `${key} of node ${shown(node.name)}`;
    const found = `port ${port} of ${shown(host)}, which ${by.who} ${by.what}`;
    const fix = `give one of the two another ${key === "port" ? "port" : "offset"}`;
    return [{ at: `/nodes/${index}/${key}`, subject, found, allowed: "ports of its own", fix }];
  });
}

/** Whose ports they are: this machine's, or those of another address. */
function listenedAt(address: string | undefined): string {
  return address === undefined || isEveryAddress(address) || isLoopbackHost(address) ? "localhost" : address;
}

/** A member of a node's name. */
interface PlacedNode {
  readonly member: Member;
  readonly node: AppNode;
  readonly at: Pointer;
}

/** A route that the sessions of the member's node do not bear; of a server that is set up elsewhere, nobody knows. */
function bearsAnother({ url, parameters: { route } }: Member, node: AppNode): boolean {
  return route !== undefined && route !== node.name && node.server !== "generic" && url === nodeUrl(node);
}

/** What the members of a cluster promise each other. */
function checkMembers(
  cluster: Cluster,
  at: Pointer,
  nodes: readonly AppNode[],
  groups: readonly ReplicationGroup[],
): readonly Problem[] {
  const known = new Map(nodes.map((node) => [node.name, node]));
  const placed = cluster.members.flatMap((member, index) => {
    const node = known.get(member.name);
    return node === undefined ? [] : [{ member, node, at: `${at}/members/${index}` as const }];
  });
  const group = placed.find(({ node }) => node.replicationGroup !== undefined)?.node.replicationGroup;
  const outside = placed.filter(({ node }) => group !== undefined && node.replicationGroup !== group);
  const secretless = placed.filter(
    ({ member, node }) => node.protocol === "ajp" && member.parameters.secret === undefined,
  );
  const isShared = ({ parameters: { route } }: Member): boolean =>
    cluster.members.filter((other) => other.parameters.route === route).length > 1;
  const strange = placed.filter(({ member, node }) => bearsAnother(member, node) && !isShared(member));
  return [
    ...outside.map(({ member, node, at: place }): Problem => {
      const role = initialStatus(member).has("H") ? "standby" : "member";
      return {
        at: `${place}/replicationGroup`,
        subject: `replication group of ${role} ${shown(node.name)} in cluster ${shown(cluster.name)}`,
        found: node.replicationGroup === undefined ? "none" : shown(node.replicationGroup),
        allowed: `${shown(group)}, as the others of the cluster`,
        fix: `set replicationGroup: ${group ?? ""} of node ${node.name}: it would answer without the sessions`,
      };
    }),
    ...strange.map(({ member, node, at: place }): Problem => ({
      at: `${place}/parameters/route`,
      subject: `route of member ${shown(node.name)} in cluster ${shown(cluster.name)}`,
      found: shown(member.parameters.route),
      allowed: `${shown(node.name)}, which the server of node ${shown(node.name)} writes into its sessions`,
      fix: "leave route out, or rename the node",
    })),
    ...secretless.map(({ node, at: place }): Problem => ({
      at: `${place}/parameters/secret`,
      subject: `secret of member ${shown(node.name)} in cluster ${shown(cluster.name)}`,
      found: "none",
      allowed: "a secret that the server's AJP connector asks for",
      fix: "set secret: without it whoever reaches the port may say who he is",
    })),
    ...fewCopies(cluster, placed, groups),
  ];
}

/** Fewer copies than the cluster's promise of sessions needs while all of its actives are down. */
function fewCopies(
  { name, promises = [] }: Cluster,
  placed: readonly PlacedNode[],
  groups: readonly ReplicationGroup[],
): readonly Problem[] {
  const group = placed.find(({ node }) => node.replicationGroup !== undefined)?.node.replicationGroup;
  const index = groups.findIndex((one) => one.name === group);
  const copies = groups[index]?.copies;
  const actives = placed.filter(({ member }) => !initialStatus(member).has("H")).length;
  if (!promises.some(({ id }) => id === "sessions") || copies === undefined) return [];
  if (copies > actives || copies >= placed.length) return [];
  return [
    {
      at: `/replicationGroups/${index}/copies`,
      subject: `copies of replication group ${shown(group)}`,
      found: String(copies),
      allowed: `${actives + 1} or more, as cluster ${shown(name)} promises 'sessions' while all ${actives} actives are down`,
      fix: `set copies: ${actives + 1}, or leave it out`,
    },
  ];
}
