/** An application server behind balancers. Its name is its route, and its place in its replication group. */
export interface AppNode {
  readonly name: string;
  readonly server: AppServer;
  /** Host that balancers and the rest of its group reach it at. @default "localhost" */
  readonly host?: string;
  /** Added to each of the server's ports. @default 0 */
  readonly portOffset?: number;
  /** Port of requests. @default - that of the server and the protocol, moved by the offset */
  readonly port?: number;
  /** What balancers speak to it. @default "http" */
  readonly protocol?: NodeProtocol;
  /** Group that its sessions are copied in. @default - they are on this node only */
  readonly replicationGroup?: string;
  /** A page of the application: 200 means that it is deployed. @default "/" */
  readonly healthPath?: string;
  /** Where the application is on the node's machine, an archive or a folder. @default - it is deployed otherwise */
  readonly application?: string;
  /** Path that the application is found at. @default - that of its archive's name */
  readonly contextPath?: string;
}

/** A kind of application server. */
export type AppServer = "wildfly" | "tomcat" | "generic";

/** What balancers speak to application servers. */
export type NodeProtocol = "http" | "ajp";

/** Nodes that hold copies of each other's sessions. */
export interface ReplicationGroup {
  readonly name: string;
  /** Nodes that hold a session, the one that made it included. @default - all of the group */
  readonly copies?: number;
}

/** Ports of a server without an offset. */
const PORTS = {
  wildfly: { http: 8080, ajp: 8009, replication: 7600, management: 9990 },
  tomcat: { http: 8080, ajp: 8009, replication: 4000, management: undefined },
  generic: { http: 8080, ajp: 8009, replication: undefined, management: undefined },
} as const satisfies Record<AppServer, NodePorts>;

/** The ports of a node; undefined for what its server has not. */
export interface NodePorts {
  readonly http: number;
  readonly ajp: number;
  /** Where the rest of its group reaches it. */
  readonly replication: number | undefined;
  /** Where operators reach it, from its own machine. */
  readonly management: number | undefined;
}

/** Largest port of a server without an offset. */
const HIGHEST_PORT = 9_990;

/** Largest offset with which every port is one. */
export const LARGEST_OFFSET = 65_535 - HIGHEST_PORT;

/** The ports of a node, moved by its offset. */
export function nodePorts({ server, portOffset = 0, port, protocol }: AppNode): NodePorts {
  const { http, ajp, replication, management } = PORTS[server];
  const moved = (given: number | undefined): number | undefined =>
    given === undefined ? undefined : given + portOffset;
  const own = protocol === "ajp" ? "ajp" : "http";
  return {
    http: own === "http" && port !== undefined ? port : http + portOffset,
    ajp: own === "ajp" && port !== undefined ? port : ajp + portOffset,
    replication: moved(replication),
    management: moved(management),
  };
}

/** The host of a node. */
export function nodeHost({ host = "localhost" }: AppNode): string {
  return host;
}

/** The URL of a node's BalancerMember line. */
export function nodeUrl(node: AppNode): string {
  const { protocol = "http" } = node;
  const host = nodeHost(node);
  return `${protocol}://${host.includes(":") ? `[${host}]` : host}:${nodePorts(node)[protocol]}`;
}

/** The address at which the others of its group find a node: `localhost` may be either of two. */
export function groupAddress(node: AppNode): string {
  const host = nodeHost(node);
  return host === "localhost" ? "127.0.0.1" : host;
}
