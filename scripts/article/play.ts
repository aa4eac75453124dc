import { copiesAfter } from "../../core/topology/surviving-copies.js";
import type { Topology } from "../../core/topology/topology.js";
import { COPY_PAGE } from "./application.js";
import { CountingClient } from "./client.js";
import type { Counted } from "./client.js";
import type { Front } from "./front.js";
import type { JavaNode } from "./java-node.js";
import { ACTIVES, PARTS, STANDBY } from "./parts.js";
import type { Part } from "./parts.js";

/** A request of the article, and what the models say about it. */
export interface PlayedRequest extends Counted {
  /** The part of the article. */
  readonly part: Part;
  /** Title of the front that it was sent to. */
  readonly front: string;
  /** Whom the model says to answer it; several where it cannot say who of them. */
  readonly expected: readonly string[];
  /** The session's counter, as the group's copies let it be. */
  readonly expectedCount: number;
}

/** What is played on. */
export interface ArticleStage {
  readonly topology: Topology;
  /** Each started just now, and asked by nobody yet. */
  readonly fronts: readonly Front[];
  /** They run. */
  readonly nodes: readonly JavaNode[];
  /** Starts nodes in the way their server needs. */
  readonly startNodes: (nodes: readonly JavaNode[]) => Promise<void>;
  /** Told of each request as soon as it is answered. */
  readonly tell?: (request: PlayedRequest) => void;
}

/** Milliseconds until the standby has to hold what a client was answered. */
const COPY_LIMIT = 60_000;

/**
 * Plays the article through each front: (a) all up, new clients, (b) one client whose session counts, (c) both actives die
 * and the standby goes on, (d) they return, and go on with the session.
 */
export async function playArticle(stage: ArticleStage): Promise<readonly PlayedRequest[]> {
  const { fronts, nodes, startNodes, tell = () => undefined } = stage;
  const played: PlayedRequest[] = [];
  const players = fronts.map((front) =>
    playerOf(stage.topology, front, (request) => {
      played.push(request);
      tell(request);
    }),
  );
  const actives = nodes.filter(({ name }) => ACTIVES.includes(name));
  const standby = nodes.find(({ name }) => name === STANDBY);
  for (const player of players) await player.all("a");
  for (const player of players) await player.all("b");
  for (const { front } of players) await front.beforeFailure();
  for (const player of players) await player.isCopied(`${standby?.origin ?? ""}${COPY_PAGE}`);
  await Promise.all(actives.map((node) => node.kill()));
  for (const player of players) await player.all("c");
  const failed = Date.now();
  await startNodes(actives);
  for (const player of players) {
    await player.front.recovered(failed);
    await player.all("d");
  }
  return played;
}

interface Player {
  readonly front: Front;
  /** All requests of a part. */
  all(part: Part): Promise<void>;
  /** Waits until a node holds what the client was answered last: a WildFly answers before the others have it. */
  isCopied(copy: string): Promise<void>;
}

function playerOf(topology: Topology, front: Front, tell: (request: PlayedRequest) => void): Player {
  const client = new CountingClient(front.url);
  let last: Counted | undefined;
  return {
    front,
    async all(part) {
      for (let index = 0; index < PARTS[part]; index++) {
        const isNew = part === "a";
        const expectedCount = isNew ? 1 : nextCount(topology, last, part === "c");
        const counted = await (isNew ? new CountingClient(front.url) : client).ask();
        if (!isNew) last = counted;
        tell({ ...counted, part, front: front.title, expected: front.expected[part][index] ?? [], expectedCount });
      }
    },
    async isCopied(copy) {
      const deadline = Date.now() + COPY_LIMIT;
      while ((await client.look(copy)).count !== last?.count) {
        if (Date.now() > deadline) throw new Error(`${STANDBY} does not hold the session of ${front.title}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

/** The counter goes on where somebody surely holds a copy after the failure. */
function nextCount(topology: Topology, last: Counted | undefined, failed: boolean): number {
  if (last?.node === undefined) return 1;
  const { nodes = [], replicationGroups = [] } = topology;
  const gone = failed ? ACTIVES : [];
  return copiesAfter(nodes, replicationGroups, last.node, gone).kept === "certain" ? (last.count ?? 0) + 1 : 1;
}
