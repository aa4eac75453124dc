import type { ModelBalancer } from "../model/engine.js";
import type { Cluster } from "../topology/topology.js";

/** Members that hold copies of a member's sessions, itself included: those of its replication group, else it alone. */
export function holdersOf(cluster: Cluster, member: number): readonly number[] {
  const group = cluster.members[member]?.replicationGroup;
  if (group === undefined) return [member];
  return cluster.members.flatMap(({ replicationGroup }, other) => (replicationGroup === group ? [other] : []));
}

/**
 * Watches sessions. A member has one from the first request without a session that it answers; copies are on its
 * replication group. A session that carries a route is asked for by that route; where sessions do not stick, the one
 * client's next request without a session goes on with the first.
 */
export class SessionWatch {
  readonly #cluster: Cluster;
  readonly #routes: readonly string[];
  readonly #sticky: boolean;
  readonly #nofailover: boolean;
  /** Members that made a session. */
  readonly #makers = new Set<number>();
  /** Makers whose sessions are gone: all who held them were down at once. */
  readonly #gone = new Set<number>();
  /** Maker of the client's session that nothing ties to its member. */
  #loose: number | undefined;

  constructor(cluster: Cluster, { settings }: ModelBalancer) {
    this.#cluster = cluster;
    this.#routes = settings.routes;
    this.#sticky = settings.sticky !== undefined;
    this.#nofailover = settings.nofailover;
  }

  /** True for a member that has made a session. */
  has(maker: number): boolean {
    return this.#makers.has(maker);
  }

  /** Members stopped: sessions whose holders are all down are gone. */
  stopped(down: readonly boolean[]): void {
    for (const maker of this.#makers) {
      if (holdersOf(this.#cluster, maker).every((holder) => down[holder] === true)) this.#gone.add(maker);
    }
  }

  /**
   * True when a request finds its session lost: gone with its holders, moved to a member without a copy, or refused under
   * `nofailover`.
   *
   * @param answer - index of the member that answered, -1 for httpd itself
   */
  loses(route: string | undefined, answer: number): boolean {
    if (route !== undefined) {
      const makers = [...this.#makers].filter((maker) => this.#routes[maker] === route);
      return makers.length > 0 && makers.every((maker) => this.#isLost(maker, answer));
    }
    const maker = this.#loose;
    const lost = maker !== undefined && this.#isLost(maker, answer);
    if (answer === -1) return lost;
    if (this.#sticky && this.#routes[answer] !== "") this.#make(answer);
    else if (maker === undefined || lost) {
      this.#make(answer);
      this.#loose = answer;
    }
    return lost;
  }

  #make(maker: number): void {
    this.#makers.add(maker);
    this.#gone.delete(maker);
  }

  #isLost(maker: number, answer: number): boolean {
    if (answer === -1) return this.#nofailover && this.#sticky;
    return this.#gone.has(maker) || !holdersOf(this.#cluster, maker).includes(answer);
  }
}
