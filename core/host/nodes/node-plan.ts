import { isEveryAddress } from "../../httpd/address.js";
import { nodeHost, nodePorts } from "../../topology/app-node.js";
import type { AppNode } from "../../topology/app-node.js";
import { copiesOf } from "../../topology/surviving-copies.js";
import type { Topology } from "../../topology/topology.js";
import type { Drain, Egress, Health, HostPlan, Port } from "../plan.js";
import { withhold } from "../withheld.js";
import type { WithheldSecret } from "../withheld.js";
import type { NodeService, NodeSite } from "./node-site.js";
import { genericService } from "./generic.js";
import { bindAddress, httpAddress } from "./tomcat-server-xml.js";
import { tomcatService } from "./tomcat.js";
import { wildflyService } from "./wildfly.js";

/** The application servers; a new one is one entry. */
const SERVICES = {
  wildfly: wildflyService,
  tomcat: tomcatService,
  generic: genericService,
} as const satisfies Record<AppNode["server"], (site: NodeSite) => NodeService>;

/**
 * A stop in the middle of traffic loses requests (measured: 300 of 3,000 on WildFly, none when its members were disabled
 * first): balancers hear of it before the server does.
 */
const DRAIN: Drain = { notice: 5, signal: "SIGTERM", limit: 60 };

/** What a machine must have to run a node; the topology must have passed `checkTopology`. */
export function nodePlan(topology: Topology, node: AppNode): HostPlan {
  const site = siteOf(topology, node);
  return {
    name: node.name,
    kind: "node",
    httpd: topology.httpd,
    ...SERVICES[node.server](site),
    ports: portsOf(node),
    egress: site.group.filter(({ name }) => name !== node.name).map(peer),
    health: healthOf(node),
    drain: DRAIN,
    ...(site.secret === undefined ? {} : { variables: [{ name: site.secret.name, what: site.secret.what }] }),
  };
}

/** A node among the others of a topology. */
export function siteOf(topology: Topology, node: AppNode): NodeSite {
  const { nodes = [], replicationGroups = [], clusters } = topology;
  const { replicationGroup } = node;
  const group =
    replicationGroup === undefined ? [] : nodes.filter((other) => other.replicationGroup === replicationGroup);
  const routed = clusters.some(
    ({ members }) =>
      members.some(({ name }) => name === node.name) &&
      members.some(({ parameters }) => parameters.route !== undefined),
  );
  return {
    node,
    group,
    copies: copiesOf(
      replicationGroups.find(({ name }) => name === replicationGroup),
      group.length,
    ),
    route: routed ? node.name : undefined,
    secret: node.protocol === "ajp" ? secretOf(topology, node) : undefined,
  };
}

/** Secrets of the members of a description, by their names: found once for all of its nodes. */
const SECRETS = new WeakMap<Topology, ReadonlyMap<string, WithheldSecret>>();

/** The variable that httpd reads the secret from, too. */
function secretOf(topology: Topology, { name }: AppNode): WithheldSecret | undefined {
  const known = SECRETS.get(topology) ?? secretsOf(topology);
  SECRETS.set(topology, known);
  return known.get(name);
}

/** Of members of one name the first one's. */
function secretsOf(topology: Topology): ReadonlyMap<string, WithheldSecret> {
  const withheld = withhold(topology);
  const markers = new Map(withheld.secrets.map((secret) => [secret.marker, secret]));
  const found = new Map<string, WithheldSecret | undefined>();
  for (const { name, parameters } of withheld.topology.clusters.flatMap(({ members }) => members)) {
    const { secret } = parameters;
    if (!found.has(name)) found.set(name, typeof secret === "string" ? markers.get(secret) : undefined);
  }
  return new Map([...found].flatMap(([name, secret]) => (secret === undefined ? [] : [[name, secret] as const])));
}

function portsOf(node: AppNode): readonly Port[] {
  const { http, ajp, replication, management } = nodePorts(node);
  const address = listenedAddress(node);
  return [
    { number: node.protocol === "ajp" ? ajp : http, address, from: "fronts" },
    ...(replication === undefined || node.replicationGroup === undefined
      ? []
      : [{ number: replication, address, from: "nodes" } as const]),
    ...(isAjpTomcat(node) ? [{ number: http, address: httpAddress(node), from: "operators" } as const] : []),
    ...(management === undefined ? [] : [{ number: management, address: "127.0.0.1", from: "operators" } as const]),
  ];
}

/** AJP answers no page: whether the application serves is asked over HTTP, from the node's own machine. */
function isAjpTomcat({ server, protocol }: AppNode): boolean {
  return server === "tomcat" && protocol === "ajp";
}

function listenedAddress(node: AppNode): string | undefined {
  const address = bindAddress(node);
  return isEveryAddress(address) ? undefined : address;
}

function peer(node: AppNode): Egress {
  return { member: node.name, host: nodeHost(node), port: nodePorts(node).replication ?? 0 };
}

/** An open port means nothing yet: a starting server accepts and does not answer, or answers 404 for a while. */
function healthOf(node: AppNode): Health {
  const { http, management } = nodePorts(node);
  if (node.server === "wildfly" && management !== undefined) {
    return { address: "127.0.0.1", port: management, path: "/health/ready", failsFrom: 300 };
  }
  const address = isAjpTomcat(node) ? httpAddress(node) : listenedAddress(node);
  return { address, port: http, path: node.healthPath ?? "/", failsFrom: 400 };
}
