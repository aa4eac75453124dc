import { shortName } from "../../topology/short-name.js";
import type { ClusterReview } from "../report.js";
import { memberRows } from "./sentences.js";

/** Members that are drawn. */
const MOST_MEMBERS = 24;

/** A cluster after the change as a flowchart of Mermaid: members with their share, removed ones dashed. */
export function mermaidOf(cluster: ClusterReview): readonly string[] {
  const rows = memberRows(cluster).slice(0, MOST_MEMBERS);
  return [
    "flowchart LR",
    `  c["${label(`balancer ${cluster.name}`)}"]`,
    ...rows.map(({ member, before, after }, index) => {
      const gone = after === "–";
      const said = gone ? `${member}: removed, before ${before}` : `${member}: ${after}`;
      return `  c ${arrow(after)} m${index}["${label(said)}"]`;
    }),
  ];
}

function arrow(after: string): string {
  if (after === "–" || after === "out of service") return "-.-x";
  return after === "stands by" ? "-.->" : "-->";
}

/** Only what Mermaid gives no meaning to. */
function label(text: string): string {
  return shortName(text).replace(/[^\p{L}\p{N} .,:/()%–_-]/gu, "?");
}
