import { urlText } from "../scenario/nodes.js";
import { copiesHeld, holdersOf } from "../topology/session-holders.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { Outcome } from "./request.js";
import type { SessionSeen } from "./trace.js";

/** A session and who may go on with it. */
interface HeldSession {
  /** URL of the member that answered last. */
  readonly maker: string;
  /** URLs of the members that hold copies or fetch them from each other, the maker included. */
  readonly holders: readonly string[];
  /** How many of them hold one at a time. */
  readonly copies: number;
  /** What a session is found as: `kept` while somebody surely holds it. */
  readonly fate: "kept" | "perhaps" | "lost";
}

/** First status that is no answer of an application's page: its session has not counted. */
const NO_PAGE = 500;

/**
 * The sessions of one client, one a cluster, and what the nodes' stops do to them: the memory of a stopped node is gone,
 * and who comes back fetches it from those of its replication group that are left.
 */
export class ClientSessions {
  readonly #held = new Map<string, HeldSession>();
  #seen: SessionSeen | undefined;

  /** What the client saw with its last request; undefined where no application answered. */
  get seen(): SessionSeen | undefined {
    return this.#seen;
  }

  /** The client sends a request: it has seen nothing yet. */
  ask(): void {
    this.#seen = undefined;
  }

  /**
   * The client is answered: its session is found or not, and is the answering member's from now on.
   *
   * @param outcomes - every answer that httpd may have given, the likeliest first
   */
  meet(topology: Topology, cluster: Cluster, outcomes: readonly Outcome[]): void {
    const [likeliest] = outcomes;
    if (likeliest === undefined) return;
    const held = this.#held.get(cluster.name);
    const fates = new Set(outcomes.map((outcome) => fateWith(held, cluster, outcome)));
    const fate = fateWith(held, cluster, likeliest);
    if (fate !== undefined) this.#held.set(cluster.name, sessionOf(topology, cluster, likeliest.member));
    this.#seen = fates.size > 1 ? "perhaps" : fate;
  }

  /** Nodes were stopped. */
  stopped(isDown: (url: string) => boolean): void {
    for (const [cluster, session] of this.#held) this.#held.set(cluster, afterStop(session, isDown));
  }

  /** An independent copy. */
  copy(): ClientSessions {
    const copy = new ClientSessions();
    for (const [cluster, session] of this.#held) copy.#held.set(cluster, session);
    return copy;
  }
}

function fateWith(
  held: HeldSession | undefined,
  cluster: Cluster,
  { member, status }: Outcome,
): SessionSeen | undefined {
  if (member === -1 || status === 0 || status >= NO_PAGE) return undefined;
  if (held === undefined) return "made";
  return held.holders.includes(urlOf(cluster, member)) ? held.fate : "lost";
}

function sessionOf(topology: Topology, cluster: Cluster, member: number): HeldSession {
  return {
    maker: urlOf(cluster, member),
    holders: holdersOf(cluster, member).map((holder) => urlOf(cluster, holder)),
    copies: copiesHeld(topology, cluster, member),
    fate: "kept",
  };
}

function afterStop(session: HeldSession, isDown: (url: string) => boolean): HeldSession {
  const { maker, holders, copies, fate } = session;
  const missing = holders.filter(isDown).length;
  if (missing === holders.length) return { ...session, fate: "lost" };
  if (fate === "lost" || !isDown(maker) || missing < copies) return session;
  return { ...session, fate: copies === 1 ? "lost" : "perhaps" };
}

function urlOf({ members }: Cluster, member: number): string {
  const url = members[member]?.url;
  return url === undefined ? "" : urlText(url);
}
