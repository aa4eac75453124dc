import { checkTopology } from "../check/topology.js";
import type { Server, Topology } from "../topology/topology.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import type { Layout } from "../vocabulary/layouts.js";
import type { Problem } from "../vocabulary/problem.js";
import type { OutputFile } from "./files.js";
import { renderFragment, renderHttpdConf } from "./httpd.js";

/** Files of one server. */
type Write = (topology: Topology, server: Server, layout: Layout) => readonly OutputFile[];

/** What can be written of a server; a new form is one entry. */
const FORMS = {
  /** A complete httpd.conf. */
  httpd: (topology, server, layout) => [{ path: "httpd.conf", text: renderHttpdConf(topology, server, { layout }) }],
  /** A part to be included into an httpd.conf that is there already. */
  fragment: (topology, server, layout) => [
    { path: "balancer.conf", text: renderFragment(topology, server, { layout }) },
  ],
} as const satisfies Record<string, Write>;

/** A form of output: `httpd`, a complete httpd.conf, or `fragment`, a part to be included. */
export type Form = keyof typeof FORMS;

/** What to write. */
export interface Rendering {
  /**
   * Layout of every server.
   *
   * @default - the one each server names
   */
  readonly layout?: Layout;
  /**
   * What to write of each server.
   *
   * @default "httpd"
   */
  readonly form?: Form;
}

/** Files, or everything that keeps them from being written. */
export type Rendered =
  | {
      readonly ok: true;
      readonly files: readonly OutputFile[];
      /** What the form says in another way, or not at all, a sentence each. @default - nothing */
      readonly notes?: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The files of a topology: `httpd.conf` (or `balancer.conf`, the part to include) for its server, in a folder of the
 * server's name each where there are several. Same topology, same bytes.
 */
export function renderTopology(topology: Topology, rendering: Rendering = {}): Rendered {
  const problems = renderProblems(topology, rendering);
  if (problems.length > 0) return { ok: false, problems };
  const folders = topology.servers.length > 1;
  return {
    ok: true,
    files: topology.servers.flatMap((server) =>
      renderServer(topology, server, rendering).map((file) =>
        folders ? { ...file, path: `${server.name}/${file.path}` } : file,
      ),
    ),
  };
}

/** Everything that keeps a topology from being written. */
export function renderProblems(topology: Topology, rendering: Rendering = {}): readonly Problem[] {
  return [...checkTopology(topology), ...checkServers(topology, rendering)];
}

/** The files of one server; topology and server must have passed {@link checkTopology}. */
export function renderServer(topology: Topology, server: Server, rendering: Rendering = {}): readonly OutputFile[] {
  const layout = rendering.layout ?? LAYOUTS[server.layout];
  return FORMS[rendering.form ?? "httpd"](topology, server, layout);
}

/** What a complete httpd.conf needs beyond a sound topology. */
function checkServers({ servers }: Topology, { form }: Rendering): readonly Problem[] {
  if (servers.length === 0) {
    const fix = "add a server that mounts a cluster: servers: { web: { listen: [80], mounts: { /: CLUSTER } } }";
    return [{ at: "/servers", subject: "servers", found: "none", allowed: "at least one", fix }];
  }
  if (form === "fragment") return [];
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
