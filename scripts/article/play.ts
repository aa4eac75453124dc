import { runScenario } from "../../core/model/run.js";
import { readScenarioText } from "../../core/scenario/read.js";
import type { Topology } from "../../core/topology/topology.js";
import { COUNTING_PAGE } from "./application.js";
import { CountingClient } from "./client.js";
import type { Counted } from "./client.js";
import type { JavaNode } from "./java-node.js";

/** A request of the article, and whom the model says to answer it. */
export interface PlayedRequest extends Counted {
  /** The part of the article. */
  readonly part: "a" | "b" | "c" | "d";
  readonly expected: string | undefined;
}

/** Milliseconds that a member stays in error. */
const RETRY = 10_000;

/**
 * The article: (a) all up, new clients, (b) one client whose session counts, (c) both actives die and the standby goes
 * on, (d) they return, and go on with the session.
 */
const PARTS = { a: 12, b: 7, c: 3, d: 6 } as const satisfies Record<PlayedRequest["part"], number>;

const SCENARIO = `steps:
  - request: { count: ${PARTS.a + PARTS.b}, path: ${COUNTING_PAGE} }
  - stop: [node1, node2]
  - request: { count: ${PARTS.c}, path: ${COUNTING_PAGE} }
  - start: [node1, node2]
  - wait: 11s
  - request: { count: ${PARTS.d}, path: ${COUNTING_PAGE} }
`;

/** What is played on. */
export interface ArticleStage {
  readonly topology: Topology;
  /** The page through httpd, which was started just now. */
  readonly url: string;
  readonly nodes: readonly JavaNode[];
  /** Told of each request as soon as it is answered. */
  readonly tell?: (request: PlayedRequest) => void;
}

/** Plays the article; nodes run, and httpd has answered nobody yet. */
export async function playArticle({ topology, url, nodes, tell }: ArticleStage): Promise<readonly PlayedRequest[]> {
  const expected = expectedMembers(topology);
  const played: PlayedRequest[] = [];
  const record = async (part: PlayedRequest["part"], client: CountingClient): Promise<void> => {
    const request = { ...(await client.ask()), part, expected: expected[played.length] };
    played.push(request);
    tell?.(request);
  };
  for (let request = 0; request < PARTS.a; request++) await record("a", new CountingClient(url));
  const client = new CountingClient(url);
  for (let request = 0; request < PARTS.b; request++) await record("b", client);
  const actives = nodes.filter(({ name }) => name !== "node3");
  await Promise.all(actives.map((node) => node.kill()));
  await settled();
  for (let request = 0; request < PARTS.c; request++) await record("c", client);
  const failed = Date.now();
  // One after the other: two that start beside each other may both come up without the sessions.
  for (const node of actives) await node.start();
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, failed + RETRY + 1_000 - Date.now())));
  for (let request = 0; request < PARTS.d; request++) await record("d", client);
  return played;
}

/** httpd meets a connection that a dead node has closed for some milliseconds as an answer that broke off: 502. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 500));
}

function expectedMembers(topology: Topology): readonly (string | undefined)[] {
  const read = readScenarioText(SCENARIO, "article.yaml");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return runScenario(topology, read.scenario).picks.map(({ name }) => name);
}
