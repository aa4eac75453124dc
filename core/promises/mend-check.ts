import type { Cluster, Topology } from "../topology/topology.js";
import { withCluster } from "./edits.js";
import type { Edit } from "./edits.js";
import type { Finding } from "./finding.js";
import type { Mend } from "./mend.js";

/** The edits as one mend, when the promise holds with them; it is checked when asked for. */
export function checkedMend(
  topology: Topology,
  cluster: Cluster,
  edits: readonly Edit[],
  judge: (topology: Topology, cluster: Cluster) => Finding,
): () => readonly Mend[] {
  return () => {
    if (edits.length === 0) return [];
    const edited = edits.reduce((before, edit) => edit.apply(before), cluster);
    const { verdict, states } = judge(withCluster(topology, topology.clusters.indexOf(cluster), edited), edited);
    return verdict === "holds" ? [{ changes: edits.map(({ words, at }) => ({ words, at })), states }] : [];
  };
}
