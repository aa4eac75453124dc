import { accessChanges } from "../route/access-change.js";
import type { AccessChange } from "../route/access-change.js";
import type { Topology } from "../topology/topology.js";

/** Requests that are followed for one repair. */
const MOST_REQUESTS = 4_000;

/**
 * The first thing that a repair would change about who may reach what: it lets somebody reach a page of httpd or a
 * backend, takes a backend's answer away, or may do so by lines that are not read here. Undefined where it is shown to do
 * nothing of the kind. This machine itself is the operator's; and a repair may send requests to the backend that was meant.
 */
export function reachChange(before: Topology, after: Topology): AccessChange | undefined {
  const changes = before.servers.flatMap((server, index) => {
    const changed = after.servers[index];
    if (changed === undefined) return [];
    const all = accessChanges({ topology: before, server }, { topology: after, server: changed }, MOST_REQUESTS);
    return all.filter(({ client }) => !client.startsWith("127."));
  });
  return changes.find(({ kind }) => kind === "opened") ?? changes.find(({ kind }) => kind !== "elsewhere");
}
