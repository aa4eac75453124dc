import { ALL_LOADED, loadedBy } from "../route/loaded.js";
import { isHandled, unhandledAnswer } from "../route/scheme-handler.js";
import { urlText } from "../scenario/nodes.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { Backend } from "./backend.js";

/** What httpd answers in the place of a member that it cannot ask. */
type Unhandled = Extract<Backend, { kind: "unhandled" }>;

/** Members of a cluster, by index, whose scheme no module of the server handles. */
export function unhandledMembers(topology: Topology, { members }: Cluster): ReadonlyMap<number, Unhandled> {
  const [server] = topology.servers;
  const loaded = server === undefined ? ALL_LOADED : loadedBy(topology, server);
  const found = members.flatMap(({ url, parameters }, index): readonly (readonly [number, Unhandled])[] => {
    const [, scheme = ""] = /^(?:unix:[^|]*\|)?([^:]*):/i.exec(urlText(url)) ?? [];
    const handled = isHandled(scheme, loaded);
    if (handled === true) return [];
    const isCertain = handled === false && parameters.hcmethod === undefined && parameters.hctemplate === undefined;
    return [[index, { kind: "unhandled", status: unhandledAnswer(scheme, loaded), isCertain }]];
  });
  return new Map(found);
}
