import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { cardOf } from "../core/review/formats/card.js";
import { htmlReview } from "../core/review/formats/html.js";
import { markdownReview } from "../core/review/formats/markdown.js";
import { textReview } from "../core/review/formats/text.js";
import { reviewOf } from "../core/review/review.js";
import type { ReviewReport } from "../core/review/report.js";
import { describedSide } from "../core/review/side.js";
import type { ReviewSide } from "../core/review/side.js";
import type { Topology } from "../core/topology/topology.js";
import { ActivePassiveStack } from "./active-passive.js";

/**
 * What `npm run demo:review` shows: the review of "node2's weight 5 to 9, standby removed" on the article's stack. The
 * comment, the page and the picture are written to a folder; returned is what a terminal shows.
 */
export function reviewDemo(folder: string): string {
  const report = demoReport(folder);
  const files = {
    "comment.md": markdownReview(report),
    "review.html": htmlReview(report),
    "review.svg": cardOf(report),
    "review.json": `${JSON.stringify(report, undefined, 2)}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const paths = Object.keys(files).map((name) => `  ${join(folder, name)}`);
  return [textReview(report), "Written:", ...paths, ""].join("\n");
}

/**
 * The review that the demo shows, and the README in its picture.
 *
 * @param folder - where the stack would be synthesized to; made where it is not there
 */
export function demoReport(folder: string): ReviewReport {
  mkdirSync(folder, { recursive: true });
  const { web } = new ActivePassiveStack(new App({ outdir: folder }), "active-passive");
  const base = web.describe();
  const side = (topology: Topology): ReviewSide => describedSide(topology, { path: "active-passive" });
  return reviewOf([{ name: "active-passive", base: side(base), head: side(changed(base)) }]);
}

function changed(base: Topology): Topology {
  return {
    ...base,
    clusters: base.clusters.map((cluster) => ({
      ...cluster,
      members: cluster.members
        .filter(({ name }) => name !== "node3")
        .map((member) =>
          member.name === "node2" ? { ...member, parameters: { ...member.parameters, loadfactor: 9 } } : member,
        ),
    })),
  };
}
