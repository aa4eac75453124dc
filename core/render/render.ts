import { checkTopology } from "../topology/check.js";
import type { Server, Topology } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { Layout } from "../vocabulary/layouts.js";
import type { Problem } from "../vocabulary/problem.js";
import type { OutputFile } from "./files.js";
import { renderFragment, renderHttpdConf } from "./httpd.js";

/** What to write. */
export interface Rendering {
  /**
   * Layout of every server.
   *
   * @default - the one each server names
   */
  readonly layout?: Layout;
  /**
   * Write a part to be included into an httpd.conf that is there already.
   *
   * @default false
   */
  readonly fragment?: boolean;
}

/** Files, or everything that keeps them from being written. */
export type Rendered =
  | { readonly ok: true; readonly files: readonly OutputFile[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The files of a topology: `httpd.conf` (or `balancer.conf`, the part to include) for its server, in a folder of the
 * server's name each where there are several. Same topology, same bytes.
 */
export function renderTopology(topology: Topology, rendering: Rendering = {}): Rendered {
  const problems = [...checkTopology(topology), ...checkServers(topology, rendering)];
  if (problems.length > 0) return { ok: false, problems };
  const folders = topology.servers.length > 1;
  return {
    ok: true,
    files: topology.servers.map((server) => {
      const file = renderServer(topology, server, rendering);
      return folders ? { ...file, path: `${server.name}/${file.path}` } : file;
    }),
  };
}

/** The file of one server; topology and server must have passed {@link checkTopology}. */
export function renderServer(topology: Topology, server: Server, rendering: Rendering = {}): OutputFile {
  const layout = rendering.layout ?? LAYOUTS[server.layout];
  return rendering.fragment === true
    ? { path: "balancer.conf", text: renderFragment(topology, server, { layout }) }
    : { path: "httpd.conf", text: renderHttpdConf(topology, server, { layout }) };
}

/** What a complete httpd.conf needs beyond a sound topology. */
function checkServers({ servers }: Topology, { fragment }: Rendering): readonly Problem[] {
  if (servers.length === 0) {
    const fix = "add a server that mounts a cluster: servers: { web: { listen: [80], mounts: { /: CLUSTER } } }";
    return [{ at: "/servers", subject: "servers", found: "none", allowed: "at least one", fix }];
  }
  if (fragment === true) return [];
  return servers.flatMap(({ name, listen }, index) =>
    listen.length > 0
      ? []
      : [
          {
            at: `/servers/${index}/listen` as const,
            subject: `listen of server '${name}'`,
            found: "no port",
            allowed: "at least one",
            fix: "write for example listen: [80], or render a fragment",
          },
        ],
  );
}
