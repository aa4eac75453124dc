import { accessChanges, unfollowedText } from "../route/access-change.js";
import type { AccessChange } from "../route/access-change.js";
import type { Topology } from "../topology/topology.js";

/** What a repair does to who may reach what. */
export interface Reach {
  /** The first thing that it would change. */
  readonly change: AccessChange | undefined;
  /** What was left out of the comparison, a sentence for each server. */
  readonly unfollowed: readonly string[];
}

/** Requests that are followed for one repair. */
const MOST_REQUESTS = 4_000;

/**
 * The first thing that a repair would change about who may reach what: it lets somebody reach a page of httpd or a
 * backend, takes a backend's answer away, or may do so by lines that are not read here. Undefined where it is shown to do
 * nothing of the kind, as far as it was followed. This machine itself is the operator's; and a repair may send requests
 * to the backend that was meant.
 */
export function reachChange(before: Topology, after: Topology): Reach {
  const comparisons = before.servers.flatMap((server, index) => {
    const changed = after.servers[index];
    if (changed === undefined) return [];
    return [accessChanges({ topology: before, server }, { topology: after, server: changed }, MOST_REQUESTS)];
  });
  const changes = comparisons.flatMap((one) => one.changes).filter(({ client }) => !client.startsWith("127."));
  const change = changes.find(({ kind }) => kind === "opened") ?? changes.find(({ kind }) => kind !== "elsewhere");
  return { change, unfollowed: comparisons.flatMap((one) => unfollowedText(one) ?? []) };
}
