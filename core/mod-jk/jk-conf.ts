import { writeAccess } from "../written/access.js";
import { directive, section } from "../written/line.js";
import type { WrittenLine } from "../written/line.js";
import { printed } from "../written/piece.js";
import { managerPath } from "../topology/manager.js";
import type { Mount, ServerScope, Topology } from "../topology/topology.js";
import type { Layout } from "../vocabulary/layouts.js";
import { shown } from "../vocabulary/shown.js";
import type { CarriedWorkers } from "./carry.js";
import type { JkLoss } from "./losses.js";

/** Lines of a scope, and what mod_jk has nothing for. */
export interface JkLines {
  readonly lines: readonly string[];
  readonly losses: readonly JkLoss[];
}

/** What loads mod_jk and says where its files are. */
export function jkGlobals(layout: Layout, maintain: number): readonly string[] {
  const logs = layout.errorLog.slice(0, layout.errorLog.lastIndexOf("/"));
  const log = logs.startsWith("/proc/") ? layout.errorLog : `${logs}/mod_jk.log`;
  const lines = [
    directive("LoadModule", "jk_module", `${layout.moduleFolder}/mod_jk.so`),
    directive("JkWorkersFile", workersFile(layout)),
    directive("JkShmFile", `${layout.runtimeFolder}/mod_jk.shm`),
    directive("JkLogFile", log),
    directive("JkLogLevel", "warn"),
    directive("JkWatchdogInterval", String(maintain)),
  ];
  return lines.map(plain);
}

/** Beside the configuration. */
function workersFile({ configFile }: Layout): string {
  return `${configFile.slice(0, configFile.lastIndexOf("/"))}/workers.properties`;
}

/** `JkMount` and `JkUnMount` of a scope, and who may use what: a mount that was closed stays so. */
export function jkMounts(topology: Topology, scope: ServerScope, carried: CarriedWorkers): JkLines {
  const mounts = scope.mounts.map((mount) => jkMount(topology, mount, scope, carried));
  const { manager } = scope;
  const status = carried.workers.status;
  const page =
    manager === undefined || status === undefined ? [] : [directive("JkMount", managerPath(manager), status)];
  const closed = [
    ...scope.mounts.map(({ path, match, access }) => ({ path, match, access })),
    ...(manager === undefined ? [] : [{ path: managerPath(manager), match: false, access: manager.access }]),
  ].flatMap(({ path, match, access }) =>
    access === undefined
      ? []
      : section(
          match === true ? "LocationMatch" : "Location",
          [path],
          printed(writeAccess(access, topology.httpd, "")),
        ),
  );
  return {
    lines: [...mounts.flatMap(({ lines }) => lines), ...[...page, ...closed].map(plain)],
    losses: [
      ...mounts.flatMap(({ losses }) => losses),
      ...(manager === undefined
        ? []
        : [{ what: "balancer-manager", instead: "mod_jk's own status page takes its place" }]),
    ],
  };
}

function jkMount(topology: Topology, mount: Mount, scope: ServerScope, { names }: CarriedWorkers): JkLines {
  const { path, match, to } = mount;
  const what = `mount ${shown(path)}`;
  const lost = (instead: string): JkLines => ({ lines: [], losses: [{ what, instead }] });
  if (mount.via !== undefined) return lost("it is left out: mod_jk is reached by JkMount only");
  if (match === true) return lost("it is left out: JkMount knows no regular expressions");
  if (to.kind === "url") return lost("it is left out: it leads to one backend without a balancer");
  const patterns = patternsOf(path);
  if (to.kind === "exclude") {
    const unmounted = [...new Set(scope.mounts.flatMap((other) => workerOf(topology, other, names) ?? []))];
    return {
      lines: unmounted.flatMap((name) => patterns.map((pattern) => plain(directive("JkUnMount", pattern, name)))),
      losses: [],
    };
  }
  const worker = workerOf(topology, mount, names);
  if (worker === undefined) return lost("it is left out: its cluster is not known");
  return {
    lines: patterns.map((pattern) => plain(directive("JkMount", pattern, worker))),
    losses: [...pathLosses(mount, to.path, what), ...mountLosses(mount, what)],
  };
}

function workerOf({ clusters }: Topology, { to }: Mount, names: readonly string[]): string | undefined {
  return to.kind === "cluster" ? names[clusters.findIndex(({ name }) => name === to.cluster)] : undefined;
}

/** httpd's prefixes end at a slash or at the end of the path. */
function patternsOf(path: string): readonly string[] {
  return path.endsWith("/") ? [`${path}*`] : [path, `${path}/*`];
}

function pathLosses({ path }: Mount, backend: string, what: string): readonly JkLoss[] {
  if (backend.replace(/\/$/, "") === path.replace(/\/$/, "")) return [];
  const instead = `mod_jk passes paths as they are: the application sees ${path}, and not ${backend === "" ? "/" : backend}`;
  return [{ what: `the path of ${what}`, instead }];
}

function mountLosses(mount: Mount, what: string): readonly JkLoss[] {
  const words = [
    ...(mount.keywords ?? []),
    ...((mount.cookieDomains ?? []).length > 0 ? ["ProxyPassReverseCookieDomain"] : []),
    ...((mount.cookiePaths ?? []).length > 0 ? ["ProxyPassReverseCookiePath"] : []),
  ];
  return words.map((word) => ({ what: `${word} of ${what}`, instead: "mod_jk has nothing like it" }));
}

/** A line without holes: nothing that is known only at apply is mounted. */
function plain(line: WrittenLine): string {
  return line.map((piece) => (typeof piece === "string" ? piece : piece.deferred)).join("");
}
