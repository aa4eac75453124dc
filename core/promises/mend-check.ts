import type { Cluster, Topology } from "../topology/topology.js";
import { withCluster } from "./edits.js";
import type { MendingEdit } from "./edits.js";
import type { PromiseFinding } from "./finding.js";
import type { Mend } from "./mend.js";

/** The edits as one mend, when the promise holds with them; it is checked when asked for. */
export function checkedMend(
  topology: Topology,
  cluster: Cluster,
  edits: readonly MendingEdit[],
  judge: (topology: Topology, cluster: Cluster) => PromiseFinding,
): () => readonly Mend[] {
  return () => {
    if (edits.length === 0) return [];
    const edited = edits.reduce((before, edit) => edit.apply(before), cluster);
    const { verdict, states } = judge(withCluster(topology, topology.clusters.indexOf(cluster), edited), edited);
    return verdict === "holds" ? [{ changes: edits.map(({ words, at }) => ({ words, at })), states }] : [];
  };
}
