import type { Topology } from "../../core/topology/topology.js";
import { balancerFront } from "./balancer-front.js";
import type { Front } from "./front.js";
import { jkFront } from "./jk-front.js";
import { articleTopology } from "./topology.js";
import type { ArticleWords } from "./topology.js";

/** A front that is not started yet. */
export interface Way {
  /** What it is described by; the nodes are those of the first one. */
  readonly topology: Topology;
  start(folder: string): Promise<Front>;
}

/** What decides which ways there are. */
export interface WayOptions {
  /** httpd's program. */
  readonly httpd: string;
  /** Path of mod_jk.so. @default - none, and httpd speaks HTTP */
  readonly modJk?: string | undefined;
}

/** Port of the first front. */
const FIRST_PORT = 8888;

/** The ways to the nodes of a run. */
export function waysOf(
  { httpd, modJk }: WayOptions,
  words: Pick<ArticleWords, "server" | "address" | "application">,
): readonly [Way, ...(readonly Way[])] {
  const protocol = modJk === undefined ? "http" : "ajp";
  const way = (title: string, place: number, routed: boolean, jk?: string): Way => {
    const port = FIRST_PORT + place;
    const topology = articleTopology({ ...words, protocol, port, routed });
    const origin = `http://${words.address}:${port}`;
    return {
      topology,
      start(folder) {
        const options = { title, topology, origin, folder, httpd };
        return jk === undefined ? balancerFront(options) : jkFront(options, jk);
      },
    };
  };
  const printed = way(`mod_proxy_${protocol}`, 0, false);
  if (modJk !== undefined) return [printed, way("mod_jk", 1, false, modJk)];
  // A Tomcat bears its route in its session, so that routes would have to be those of all fronts.
  return words.server === "tomcat" ? [printed] : [printed, way("mod_proxy_http with routes", 1, true)];
}
