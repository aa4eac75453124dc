import type { Server, Topology } from "./topology.js";

/**
 * A question about a server of a topology that is answered once, and asked by each cluster. Topologies may share their
 * servers, as the two sides of a comparison do: each keeps its own answers.
 */
export function oncePerServer<V>(find: (topology: Topology, server: Server) => V): typeof find {
  const found = new WeakMap<Topology, Map<Server, V>>();
  return (topology, server) => {
    const known = found.get(topology) ?? new Map<Server, V>();
    found.set(topology, known);
    if (!known.has(server)) known.set(server, find(topology, server));
    return known.get(server) as V;
  };
}
