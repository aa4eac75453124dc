import type { Cluster, Topology } from "../../topology/topology.js";
import { pointerStep, ProblemError } from "../../vocabulary/problem.js";
import { alwaysServed } from "../always-served.js";
import { withCluster } from "../edits.js";
import { searchLayout } from "../search/layout.js";
import type { SearchLayout } from "../search/layout.js";
import { refusedSessions } from "../search/refused-sessions.js";
import { longRunShares } from "../serving.js";
import { clusterAfter } from "./live-cluster.js";
import type { ProvenStep, RunbookStep } from "./step.js";

/** What httpd holds at one moment of a runbook: its settings, and whose servers were stopped. */
interface Moment {
  readonly cluster: Cluster;
  readonly down: ReadonlySet<string>;
}

/** Proves moments of a runbook; equal ones once. */
export class RunbookProof {
  readonly #topology: Topology;
  readonly #described: Cluster;
  readonly #index: number;
  readonly #known = new Map<string, Omit<ProvenStep, "step"> | Refusal>();
  #refusedBefore: readonly (string | undefined)[] = [];

  constructor(topology: Topology, described: Cluster) {
    this.#topology = topology;
    this.#described = described;
    this.#index = topology.clusters.indexOf(described);
  }

  /**
   * Follows the steps and proves after each that every request is served, but for sessions that httpd refused before the
   * first step; then that the way back serves every request,
   * too, from wherever the steps were left.
   *
   * @throws ProblemError with the first step after which requests would be refused
   */
  follow(from: Cluster, steps: readonly RunbookStep[], undo: readonly RunbookStep[]): readonly ProvenStep[] {
    this.#refusedBefore = refusedSessions(searchLayout(withCluster(this.#topology, this.#index, from), from));
    const moments = momentsOf({ cluster: from, down: new Set() }, steps);
    const proven = steps.map((step, index): ProvenStep => ({ step, ...this.#served(moments[index], step) }));
    for (const moment of moments) {
      momentsOf(moment, undo).forEach((later, index) => this.#served(later, undo[index]));
    }
    return proven;
  }

  #served(moment: Moment | undefined, step: RunbookStep | undefined): Omit<ProvenStep, "step"> {
    if (moment === undefined || step === undefined) throw new RangeError("every step leads to a moment");
    const key = JSON.stringify([moment.cluster.parameters, moment.cluster.members, [...moment.down].sort()]);
    const known = this.#known.get(key) ?? this.#prove(moment);
    this.#known.set(key, known);
    if (typeof known === "string") this.#refuse(step, known);
    return known;
  }

  #prove({ cluster, down }: Moment): Omit<ProvenStep, "step"> | Refusal {
    const changed = withCluster(this.#topology, this.#index, cluster);
    const layout = searchLayout(changed, cluster);
    const downs = new Set(cluster.members.flatMap(({ name }, m) => (down.has(name) ? [m] : [])));
    const shares = longRunShares(layout, downs);
    if (shares.length === 0) return "nobody left to serve requests";
    const tried = layout.members.some(({ condition }, m) => downs.has(m) && condition === 0);
    const isServed = (): boolean =>
      alwaysServed(changed, cluster, { failures: 0 }).kind === "holds" || this.#refusesNoMore(layout);
    if (tried || !isServed()) {
      return "requests that httpd would refuse";
    }
    const quick = cluster.members.length > 8;
    return {
      serving: shares.map(({ member, numerator, denominator }) => ({
        member: cluster.members[member]?.name ?? "",
        share: numerator / denominator,
      })),
      survivesOneMore: shares.length > 1 && alwaysServed(changed, cluster, { failures: 1 }, { quick }).kind === "holds",
    };
  }

  /** True where all that is refused was refused before the first step, too. */
  #refusesNoMore(layout: SearchLayout): boolean {
    const refused = refusedSessions(layout);
    return refused.length > 0 && refused.every((route) => this.#refusedBefore.includes(route));
  }

  #refuse(step: RunbookStep, found: Refusal): never {
    throw new ProblemError([
      {
        at: `/clusters${pointerStep(this.#index)}`,
        subject: `step "${step.text}" of cluster '${this.#described.name}'`,
        found,
        allowed: "steps after which every request is served",
        fix: "add a member or a standby first",
      },
    ]);
  }
}

type Refusal = "nobody left to serve requests" | "requests that httpd would refuse";

/** The moments after each step. */
function momentsOf(start: Moment, steps: readonly RunbookStep[]): readonly Moment[] {
  let { cluster, down } = start;
  return steps.map((step): Moment => {
    cluster = clusterAfter(cluster, step);
    if (step.kind === "backend") {
      const left = [...down].filter((name) => name !== step.member);
      down = new Set(step.action === "stop" ? [...left, step.member] : left);
    }
    return { cluster, down };
  });
}
