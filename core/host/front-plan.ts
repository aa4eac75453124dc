import { renderHttpdConf } from "../render/httpd.js";
import { neededModules } from "../topology/modules.js";
import { listensOf } from "../topology/ports.js";
import { holdsSecrets } from "../topology/secrets.js";
import { LAYOUTS } from "../vocabulary/layouts.js";
import { healthOf } from "./health.js";
import { liveView } from "./live-view.js";
import { memberAddress } from "./member-address.js";
import { packagesOf } from "./packages.js";
import { withReferences, withhold } from "./withheld.js";
import type { Layout, LayoutName } from "../vocabulary/layouts.js";
import type { Server, Topology } from "../topology/topology.js";
import type { Drain, Egress, HostPlan } from "./plan.js";

/** How a front is planned. */
export interface FrontPlanning {
  /** @default - the layout that the server names */
  readonly layout?: LayoutName;
  /**
   * `environment` when secrets must not stand in the configuration: httpd reads them from variables.
   *
   * @default "file"
   */
  readonly secrets?: "file" | "environment";
  /**
   * Image of a layout that is one: a copy in a registry of your own, or one made from it.
   *
   * @default - that of the layout
   */
  readonly image?: string;
}

/** httpd ends after the answers in flight; those who send requests look at a front every few seconds. */
const DRAIN: Drain = { notice: 5, signal: "SIGWINCH", limit: 60 };

/** What a machine must have to run a server as a front; topology and server must have passed `checkTopology`. */
export function frontPlan(topology: Topology, server: Server, planning: FrontPlanning = {}): HostPlan {
  const withheld = planning.secrets === "environment" ? withhold(topology) : undefined;
  const described = withheld?.topology ?? topology;
  const layout: Layout = LAYOUTS[planning.layout ?? server.layout];
  const { program, user, group, configFile, pidFile, runtimeFolder, errorLog, accessLog, environmentFile } = layout;
  const modules = neededModules(topology, server, { layout, fragment: false }).map((module) => module.name);
  const live = liveView(topology, server);
  const secret = withheld === undefined && holdsSecrets(topology);
  const folders = [runtimeFolder, ...[pidFile, errorLog, accessLog].filter((path) => !isStream(path)).map(folderOf)];
  return {
    name: server.name,
    kind: "front",
    httpd: topology.httpd,
    packages: packagesOf(layout, modules, planning.image),
    files: [
      {
        path: configFile,
        text: withReferences(renderHttpdConf(described, server, { layout }), withheld?.secrets ?? []),
        owner: "root",
        group: "root",
        mode: secret ? "0600" : "0644",
        secret,
      },
    ],
    service: {
      name: program,
      program,
      user,
      group,
      configFile,
      pidFile,
      environmentFile,
      folders: [...new Set(folders)],
    },
    ports: listensOf(server).map(({ port, address }) => ({ number: port, address, from: "clients" })),
    egress: egressOf(topology),
    health: healthOf(server),
    drain: DRAIN,
    ...(live !== undefined && { live }),
    ...(withheld !== undefined && withheld.secrets.length > 0
      ? { variables: withheld.secrets.map(({ name, what }) => ({ name, what })) }
      : {}),
  };
}

/** A log that goes where the program was started needs no folder. */
function isStream(path: string): boolean {
  return path.startsWith("/proc/");
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** Members behind a socket, and those whose address is known only at apply, are no matter of a network's rules here. */
function egressOf({ clusters }: Topology): readonly Egress[] {
  return clusters.flatMap(({ members }) =>
    members.flatMap((member): readonly Egress[] => {
      const address = memberAddress(member);
      return address === undefined ? [] : [{ member: member.name, host: address.host, port: address.port }];
    }),
  );
}
