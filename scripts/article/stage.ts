import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppNode } from "../../core/topology/app-node.js";
import type { Topology } from "../../core/topology/topology.js";
import { claimLoopback } from "../../live/ports.js";
import { writeApplication } from "./application.js";
import type { Front } from "./front.js";
import type { JavaNode } from "./java-node.js";
import { STANDBY } from "./parts.js";
import { playArticle } from "./play.js";
import type { PlayedRequest } from "./play.js";
import { tomcatNode } from "./tomcat.js";
import { together } from "./together.js";
import type { ArticleServer } from "./topology.js";
import { waysOf } from "./ways.js";
import { wildflyNode } from "./wildfly.js";

/** What the article is played with. */
export interface ArticleOptions {
  readonly server: ArticleServer;
  /** Folder with the server's files: Debian's packages unpacked, or WildFly's archive. */
  readonly root: string;
  /** httpd's program. */
  readonly httpd: string;
  /** Path of mod_jk.so, to be played through mod_jk and mod_proxy_ajp. @default - through mod_proxy_http */
  readonly modJk?: string | undefined;
  readonly tell?: (request: PlayedRequest) => void;
  /** Told in words what goes on. */
  readonly say?: (sentence: string) => void;
}

/** How nodes of a server are made and started. */
interface NodeKind {
  readonly make: (topology: Topology, node: AppNode, root: string, folder: string) => Promise<JavaNode>;
  /** True where nodes may start beside each other once one serves: a Tomcat may come up without the sessions then. */
  readonly beside: boolean;
}

/** The application servers; a new one is one entry. */
const NODES = {
  tomcat: { make: tomcatNode, beside: false },
  wildfly: { make: wildflyNode, beside: true },
} as const satisfies Record<ArticleServer, NodeKind>;

/**
 * The article on real servers: three nodes of one kind that copy their sessions, and a real httpd for each way to them, all
 * on a loopback address of their own; everything that was started is ended.
 */
export async function stageArticle(options: ArticleOptions): Promise<readonly PlayedRequest[]> {
  const { server, root, tell, say = () => undefined } = options;
  const { make, beside } = NODES[server];
  const loopback = await claimLoopback();
  const folder = mkdtempSync(join(tmpdir(), "article-"));
  chmodSync(folder, 0o755);
  const nodes: JavaNode[] = [];
  const fronts: Front[] = [];
  const startNode = async (node: JavaNode): Promise<void> => {
    await node.start();
    say(`${node.name} serves`);
  };
  const startNodes = async (wanted: readonly JavaNode[]): Promise<void> => {
    if (beside) await together(wanted.map(startNode));
    else for (const node of wanted) await startNode(node);
  };
  try {
    const application = join(folder, "demo");
    writeApplication(application, server);
    const ways = waysOf(options, { server, address: loopback.address, application });
    const [{ topology }] = ways;
    const makeNode = async (described: AppNode): Promise<JavaNode> => {
      const node = await make(topology, described, root, folder);
      nodes.push(node);
      return node;
    };
    const { nodes: described = [] } = topology;
    const actives = described.filter(({ name }) => name !== STANDBY);
    // The standby first: those that start beside nobody have nobody to ask for sessions.
    const starting = described
      .filter(({ name }) => name === STANDBY)
      .map(makeNode)
      .map(async (node) => startNode(await node));
    const making = actives.map(makeNode);
    await together<unknown>([...starting, ...making]);
    await startNodes(await together(making));
    for (const way of ways) fronts.push(await way.start(folder));
    say("httpd serves");
    return await playArticle({ topology, fronts, nodes, startNodes, ...(tell === undefined ? {} : { tell }) });
  } finally {
    await Promise.all([...fronts.map((front) => front.stop()), ...nodes.map((node) => node.kill())]);
    await loopback.release();
    rmSync(folder, { recursive: true, force: true });
  }
}
