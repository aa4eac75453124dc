import { explanationJson, explainTopology } from "../model/explain.js";
import { explanationText } from "../model/explain-text.js";
import { outlookOf } from "../promises/outlook.js";
import { outlookJson, outlookText } from "../promises/outlook-text.js";
import type { Topology } from "../topology/topology.js";
import type { JsonValue } from "../vocabulary/json.js";

/** What an explanation takes into account. */
export interface ExplainOptions {
  /**
   * How many httpd of this configuration there are, each with counters of its own.
   *
   * @default - what the servers say, else 1
   */
  readonly fronts?: number;
  /**
   * Load of httpd in requests per second; of all of them where there are several.
   *
   * @default - that of the cluster's promise `capacity`, else not known
   */
  readonly requestsPerSecond?: number;
  /**
   * Search for outage holes and what mends them.
   *
   * @default true
   */
  readonly search?: boolean;
}

/** A cluster explained. */
export interface ClusterExplanation {
  readonly cluster: string;
  /** Shares, period, failover order, cost of each failure and the outage holes, in sentences. */
  readonly text: readonly string[];
  /** The same as data: members by name, times in seconds, shares as fractions of 1. */
  readonly data: Readonly<Record<string, JsonValue>>;
}

/** Explains every cluster of a topology. */
export function explain(topology: Topology, options: ExplainOptions = {}): readonly ClusterExplanation[] {
  const explanations = explainTopology(topology);
  return topology.clusters.flatMap((cluster, index) => {
    const explanation = explanations[index];
    if (explanation === undefined) return [];
    const outlook = outlookOf(topology, cluster, options);
    return [
      {
        cluster: cluster.name,
        text: [...explanationText(explanation).split("\n"), ...outlookText(outlook)].map((line) => line.trim()),
        data: { ...explanationJson(explanation), outlook: outlookJson(outlook) },
      },
    ];
  });
}
