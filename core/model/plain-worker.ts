import { urlText } from "../scenario/nodes.js";
import { initialStatus } from "../topology/roles.js";
import type { MountTarget, Topology } from "../topology/topology.js";
import { BITS, bitsOf } from "./bits.js";

/** The worker a URL without a balancer goes to: the longest one it begins with. */
export function workerOf({ servers }: Topology, url: string): Extract<MountTarget, { kind: "url" }> | undefined {
  const targets = servers.flatMap((server) =>
    [server, ...server.virtualHosts].flatMap(({ mounts }) =>
      mounts.flatMap(({ to }) => (to.kind === "url" ? [to] : [])),
    ),
  );
  const fitting = targets.filter((to) => url.startsWith(urlText(to.url)));
  return fitting.toSorted((left, right) => urlText(right.url).length - urlText(left.url).length)[0];
}

/** A worker without a balancer ignores errors, so that one it starts with is forgotten by the first request. */
export function statusWithoutBalancer(to: Parameters<typeof initialStatus>[0]): number {
  return (bitsOf(initialStatus(to)) | BITS.init | BITS.ignoreErrors) & ~BITS.error;
}
