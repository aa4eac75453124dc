import { LARGEST_OFFSET, nodeHost, nodePorts } from "../topology/app-node.js";
import type { AppNode, ReplicationGroup } from "../topology/app-node.js";
import { initialStatus } from "../topology/roles.js";
import type { Cluster, Topology } from "../topology/topology.js";
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

function checkNode(node: AppNode, at: Pointer, groups: readonly string[]): readonly Problem[] {
  const { name, portOffset = 0, replicationGroup } = node;
  const owner = `node ${shown(name)}`;
  const problems: Problem[] = [...checkText(name, { at: `${at}/name`, subject: "name of a node" })];
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    const fix = "rename it: httpd takes what stands behind the last dot of a session for its route";
    problems.push({
      at: `${at}/name`,
      subject: `name of ${owner}`,
      found: shown(name),
      allowed: "letters, digits, '_' and '-'",
      fix,
    });
  }
  if (!/^[A-Za-z0-9._:-]+$/.test(nodeHost(node))) {
    const subject = `host of ${owner}`;
    problems.push({
      at: `${at}/host`,
      subject,
      found: shown(nodeHost(node)),
      allowed: "a host name or an address",
      fix: "correct it",
    });
  }
  if (portOffset < 0 || portOffset > LARGEST_OFFSET || !Number.isInteger(portOffset)) {
    const subject = `portOffset of ${owner}`;
    const allowed = `a whole number from 0 to ${LARGEST_OFFSET}`;
    problems.push({ at: `${at}/portOffset`, subject, found: shown(portOffset), allowed, fix: "correct the value" });
  }
  if (node.server === "wildfly" && node.protocol === "ajp") {
    const fix = "use http: WildFly's AJP listener asks for no secret, and new releases have none";
    problems.push({ at: `${at}/protocol`, subject: `protocol of ${owner}`, found: "'ajp'", allowed: "http", fix });
  }
  for (const word of ["healthPath", "contextPath"] as const) {
    const path = node[word];
    if (path === undefined || /^\/[\w./~-]*$/.test(path)) continue;
    const allowed = "a path of letters, digits and . _ ~ - that begins with '/'";
    problems.push({
      at: `${at}/${word}`,
      subject: `${word} of ${owner}`,
      found: shown(path),
      allowed,
      fix: "correct it",
    });
  }
  if (node.application !== undefined && !/^\/[\w./+-]+$/.test(node.application)) {
    const allowed = "an absolute path of letters, digits and . _ + -";
    problems.push({
      at: `${at}/application`,
      subject: `application of ${owner}`,
      found: shown(node.application),
      allowed,
      fix: "correct it",
    });
  }
  if (replicationGroup !== undefined) {
    problems.push(
      ...checkKnown(replicationGroup, groups, {
        at: `${at}/replicationGroup`,
        subject: `replicationGroup of ${owner}`,
      }),
    );
  }
  return problems;
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
    for (const { port } of listen)
      taken.set(`localhost:${port}`, { who: `server ${shown(name)}`, at: "", what: "listens on" });
  }
  return nodes.flatMap((node, index) => {
    const host = nodeHost(node);
    const place = /^(127\.\d+\.\d+\.\d+|::1)$/.test(host) ? "localhost" : host;
    const ports = Object.values(nodePorts(node)).filter((port) => port !== undefined);
    const rival = ports.map((port) => ({ port, by: taken.get(`${place}:${port}`) })).find(({ by }) => by !== undefined);
    const own: Listener = { who: `node ${shown(node.name)}`, at: `/nodes/${index}`, what: "has" };
    for (const port of ports) taken.set(`${place}:${port}`, own);
    if (rival?.by === undefined) return [];
    const { port, by } = rival;
    const subject = `portOffset of node ${shown(node.name)}`;
    const found = `port ${port} of ${shown(host)}, which ${by.who} ${by.what}`;
    return [
      {
        at: `/nodes/${index}/portOffset`,
        subject,
        found,
        allowed: "ports of its own",
        fix: "give one of the two another offset",
      },
    ];
  });
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
  const copies = groups.find(({ name }) => name === group)?.copies;
  const actives = placed.filter(({ member }) => !initialStatus(member).has("H")).length;
  const promised = (cluster.promises ?? []).some(({ id }) => id === "sessions");
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
    ...secretless.map(({ node, at: place }): Problem => ({
      at: `${place}/parameters/secret`,
      subject: `secret of member ${shown(node.name)} in cluster ${shown(cluster.name)}`,
      found: "none",
      allowed: "a secret that the server's AJP connector asks for",
      fix: "set secret: without it whoever reaches the port may say who he is",
    })),
    ...(promised && copies !== undefined && copies <= actives && copies < placed.length
      ? [
          {
            at: `/replicationGroups/${groups.findIndex(({ name }) => name === group)}/copies` as const,
            subject: `copies of replication group ${shown(group)}`,
            found: String(copies),
            allowed: `${actives + 1} or more, as cluster ${shown(cluster.name)} promises 'sessions' while all ${actives} actives are down`,
            fix: `set copies: ${actives + 1}, or leave it out`,
          },
        ]
      : []),
  ];
}
