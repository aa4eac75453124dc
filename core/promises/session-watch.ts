import type { ModelBalancer } from "../model/engine.js";
import { copiesHeld, holdersOf } from "../topology/session-holders.js";
import type { Cluster, Topology } from "../topology/topology.js";

/** Whether a session was found again; `perhaps` lost where it depends on which members of a group held its copies. */
export type WatchedFate = "kept" | "perhaps" | "broken";

/**
 * Watches sessions. A member has one from the first request without a session that it answers; copies are on its
 * replication group. A session that carries a route is asked for by that route; where sessions do not stick, the one
 * client's next request without a session goes on with the first.
 */
export class SessionWatch {
  readonly #topology: Topology;
  readonly #cluster: Cluster;
  readonly #routes: readonly string[];
  readonly #sticky: boolean;
  readonly #nofailover: boolean;
  /** Members that made a session. */
  readonly #makers = new Set<number>();
  /** Those of which it depends on a race inside httpd whether they made one. */
  readonly #perhapsMakers = new Set<number>();
  /** Makers whose sessions are gone: all who held them were down at once. */
  readonly #gone = new Set<number>();
  /** Makers whose sessions may be gone: they and as many others were down at once as there are copies. */
  readonly #perhapsGone = new Set<number>();
  /** Maker of the client's session that nothing ties to its member. */
  #loose: number | undefined;

  constructor(topology: Topology, cluster: Cluster, { settings }: ModelBalancer) {
    this.#topology = topology;
    this.#cluster = cluster;
    this.#routes = settings.routes;
    this.#sticky = settings.sticky !== undefined;
    this.#nofailover = settings.nofailover;
  }

  /** True for a member that has made a session for certain. */
  has(maker: number): boolean {
    return this.#makers.has(maker) && !this.#perhapsMakers.has(maker);
  }

  /** Members stopped: sessions whose holders are all down are gone. */
  stopped(down: readonly boolean[]): void {
    for (const maker of this.#makers) {
      const holders = holdersOf(this.#cluster, maker);
      const missing = holders.filter((holder) => down[holder] === true).length;
      if (missing === holders.length) this.#gone.add(maker);
      const copies = copiesHeld(this.#topology, this.#cluster, maker);
      if (down[maker] === true && missing >= copies) (copies === 1 ? this.#gone : this.#perhapsGone).add(maker);
    }
  }

  /**
   * Whether a request finds its session: `broken` where it is gone with its holders, moved to a member without a copy, or
   * refused under `nofailover`.
   *
   * @param answer - index of the member that answered, -1 for httpd itself
   * @param certain - false where httpd may have given another answer as well
   */
  fate(route: string | undefined, answer: number, certain: boolean): WatchedFate {
    if (route !== undefined) {
      const fates = [...this.#makers]
        .filter((maker) => this.#routes[maker] === route)
        .map((maker) => this.#fateOf(maker, answer));
      if (fates.length === 0 || fates.includes("kept")) return "kept";
      return fates.includes("perhaps") ? "perhaps" : "broken";
    }
    const maker = this.#loose;
    const fate = maker === undefined ? "kept" : this.#fateOf(maker, answer);
    if (answer === -1) return fate;
    if (this.#sticky && this.#routes[answer] !== "") this.#make(answer, certain);
    else if (maker === undefined || fate === "broken") {
      this.#make(answer, certain);
      this.#loose = answer;
    }
    return fate;
  }

  #make(maker: number, certain: boolean): void {
    if (certain) this.#perhapsMakers.delete(maker);
    else if (!this.#makers.has(maker)) this.#perhapsMakers.add(maker);
    this.#makers.add(maker);
    this.#gone.delete(maker);
    this.#perhapsGone.delete(maker);
  }

  #fateOf(maker: number, answer: number): WatchedFate {
    const lost: WatchedFate = this.#perhapsMakers.has(maker) ? "perhaps" : "broken";
    if (answer === -1) return this.#nofailover && this.#sticky ? lost : "kept";
    if (this.#gone.has(maker) || !holdersOf(this.#cluster, maker).includes(answer)) return lost;
    return this.#perhapsGone.has(maker) ? "perhaps" : "kept";
  }
}
