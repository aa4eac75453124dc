import { explainCluster } from "../../model/explain.js";
import { explanationText } from "../../model/explain-text.js";
import { htmlPage, htmlText } from "../../report/html-page.js";
import type { Cluster, Topology } from "../../topology/topology.js";
import { trafficOf, valueOf } from "../traffic.js";
import { failoverText } from "./sentences.js";
import { trafficPercent } from "../traffic-words.js";
import { drawLanes, lanePicture } from "./pictures.js";
import { topologyPicture } from "./topology-picture.js";

/**
 * Every balancer of a description as a page by itself: where its requests come from, who serves, and who then.
 *
 * @param of - the httpd that is meant, as a phrase
 */
export function explainPage(topology: Topology, path: string, of: string): string {
  const title = `Balancers of ${path}`;
  const body = [
    `<h1>${htmlText(title)}</h1>`,
    topologyPicture(topology),
    ...topology.clusters.flatMap((cluster) => part(topology, cluster)),
    `<p class="soft">${htmlText(of)}</p>`,
  ];
  return htmlPage({ title, body });
}

function part(topology: Topology, cluster: Cluster): readonly string[] {
  const { failover, shares } = trafficOf(topology, cluster);
  const label = (member: string): string => {
    const share = shares[member];
    return share === undefined ? "" : trafficPercent(valueOf(share));
  };
  const title = `${cluster.name}: ${failoverText(failover)}`;
  const [, ...lines] = explanationText(explainCluster(topology, cluster)).split("\n");
  return [
    "<section>",
    `<h2>balancer://${htmlText(cluster.name)}</h2>`,
    lanePicture(title, drawLanes(failover, label)),
    `<pre tabindex="0"><code>${lines.map(htmlText).join("\n")}</code></pre>`,
    "</section>",
  ];
}
