import { readSpec } from "../../core/spec/read-spec.js";
import type { NodeProtocol } from "../../core/topology/app-node.js";
import type { Topology } from "../../core/topology/topology.js";
import { problemText } from "../../core/vocabulary/problem.js";
import { COUNTING_PAGE } from "./application.js";

/** The application servers that the article is played on. */
export type ArticleServer = "tomcat" | "wildfly";

/** The article, on the addresses of one run. */
export interface ArticleWords {
  readonly server: ArticleServer;
  /** Loopback address of all nodes and of httpd. */
  readonly address: string;
  /** Port of httpd. */
  readonly port: number;
  /** Folder of the application. */
  readonly application: string;
  readonly protocol: NodeProtocol;
  /**
   * False for the article as it is printed: without routes nothing sticks, one client goes from node to node in the
   * weights' order, and its session is on all of them. True for what the project makes of nodes that are named: a session
   * stays with its active node.
   */
  readonly routed: boolean;
}

/** What the AJP connectors of the nodes ask for. */
export const AJP_SECRET = "article";

/** Two actives with load factors 1 and 5, a hot standby, and the offsets of the article. */
const NODES = [
  { name: "node1", offset: 300, words: ", loadfactor: 1" },
  { name: "node2", offset: 500, words: ", loadfactor: 5" },
  { name: "node3", offset: 400, words: ", role: standby" },
] as const;

/** The topology of the article. */
export function articleTopology(words: ArticleWords): Topology {
  const { server, address, port, application, protocol } = words;
  const lines = [
    "nodes:",
    ...NODES.map(
      ({ name, offset }) =>
        `  ${name}: { server: ${server}, host: ${address}, portOffset: ${offset}, protocol: ${protocol}, replicationGroup: sessions, application: ${application}, healthPath: ${COUNTING_PAGE} }`,
    ),
    "replicationGroups:",
    "  sessions: {}",
    "clusters:",
    "  mycluster:",
    "    stickysession: JSESSIONID|jsessionid",
    "    members:",
    ...NODES.map(({ name, offset, words: own }) => `      ${name}: { ${place(words, offset)}retry: 10s${own} }`),
    "servers:",
    `  web: { listen: ["${address}:${port}"], serverName: localhost, mounts: { /demo/: mycluster } }`,
  ];
  const reading = readSpec(`${lines.join("\n")}\n`, "article.yaml");
  if (!reading.ok) throw new Error(reading.problems.map(problemText).join("\n"));
  return reading.topology;
}

/** A member that names its URL itself takes no route from its node. */
function place({ address, protocol, routed }: ArticleWords, offset: number): string {
  const url = `url: "${protocol}://${address}:${(protocol === "ajp" ? 8009 : 8080) + offset}", replicationGroup: sessions, `;
  const secret = protocol === "ajp" ? `secret: ${AJP_SECRET}, ` : "";
  return `${routed ? "" : url}${secret}`;
}
