import { entriesOf } from "../shape/collections.js";
import { text, whole, words } from "../shape/plain.js";
import { record } from "../shape/record.js";
import { defined } from "../shape/shape.js";
import type { Shape, ValueOf } from "../shape/shape.js";
import { LARGEST_OFFSET } from "../topology/app-node.js";
import type { AppNode, AppServer, NodeProtocol, ReplicationGroup } from "../topology/app-node.js";

const SERVERS: readonly AppServer[] = ["wildfly", "tomcat", "generic"];
const PROTOCOLS: readonly NodeProtocol[] = ["http", "ajp"];

const NODE_KEYS = record(
  {
    server: { doc: "What it runs.", shape: words(SERVERS), required: true },
    host: { doc: "Host that balancers and its group reach it at. Default: localhost.", shape: text() },
    portOffset: {
      doc: "Added to each of the server's ports. Default: 0.",
      shape: whole(0, LARGEST_OFFSET, "write a number in this range"),
    },
    port: { doc: "Port of requests. Default: that of the server, moved by portOffset.", shape: whole(1, 65_535) },
    protocol: { doc: "What balancers speak to it. Default: http.", shape: words(PROTOCOLS) },
    replicationGroup: { doc: "Group that its sessions are copied in. Default: none.", shape: text() },
    healthPath: { doc: "A page of the application: 200 means that it is deployed. Default: /.", shape: text() },
    application: { doc: "Where the application is on its machine, an archive or a folder.", shape: text() },
    contextPath: { doc: "Path that the application is found at.", shape: text() },
  },
  { doc: "An application server. A member of its name takes address and route from it." },
);

/** Application servers by name. */
export const NODES: Shape<readonly AppNode[]> = entriesOf(defined("node", NODE_KEYS), {
  noun: "node",
  allowed: "a mapping of names to nodes",
  join: (name, node: ValueOf<typeof NODE_KEYS>): AppNode => ({ name, ...node }),
  split: ({ name, ...node }) => [name, node],
});

const GROUP_KEYS = record(
  { copies: { doc: "Nodes that hold a session. Default: all of the group.", shape: whole(1, 1_000) } },
  { doc: "Nodes that hold copies of each other's sessions." },
);

/** Replication groups by name. */
export const REPLICATION_GROUPS: Shape<readonly ReplicationGroup[]> = entriesOf(
  defined("replicationGroup", GROUP_KEYS),
  {
    noun: "replication group",
    allowed: "a mapping of names to groups",
    join: (name, group: ValueOf<typeof GROUP_KEYS>): ReplicationGroup => ({ name, ...group }),
    split: ({ name, ...group }) => [name, group],
  },
);
