import type { ReviewReport } from "../review/report.js";
import { reviewOf as reviewSides } from "../review/review.js";
import { describedSide } from "../review/side.js";
import type { Topology } from "../topology/topology.js";

/**
 * What a change of a description does to traffic: shares, failover, sessions, promises and findings before and after.
 *
 * @param base - how it was; undefined for something new
 * @param head - how it is to be
 */
export function review(base: Topology | undefined, head: Topology): ReviewReport {
  const side = (topology: Topology) => describedSide(topology, { path: "description" });
  return reviewSides([{ name: "description", head: side(head), ...(base === undefined ? {} : { base: side(base) }) }]);
}
