import { splitBalancerUrl, withBalancerInLowerCase } from "../httpd/balancer-name.js";
import { route } from "../route/route.js";
import type { Way } from "../route/route.js";
import { exampleOf } from "../model/example-path.js";
import { portCalled, portOf } from "../topology/ports.js";
import type { Server, Topology } from "../topology/topology.js";
import type { PathReview } from "./report.js";

const HTTP_PORT = 80;

/** Most requests whose ways are compared. */
const MOST_PROBES = 2_000;

/**
 * Paths that lead elsewhere: for each mount of either side its path and one below it are followed through httpd's phases.
 *
 * @param renamed - new names of balancers by the old ones, lower-case: another name alone is no other way
 */
export function pathChanges(
  before: Topology,
  after: Topology,
  renamed: ReadonlyMap<string, string>,
): readonly PathReview[] {
  return after.servers.flatMap((young, index) => {
    const old = before.servers.find(({ name }) => name === young.name) ?? before.servers[index];
    if (old === undefined) return [];
    return probesOf([old, young]).flatMap((probe) => {
      const from = wayOf(before, old, probe);
      const to = wayOf(after, young, probe);
      const [was, is] = [destination(from), destination(to)];
      return renamedIn(was, renamed) === is ? [] : [pathReview({ probe, server: young.name, from, to })];
    });
  });
}

interface Moved {
  readonly probe: Probe;
  readonly server: string;
  readonly from: Way;
  readonly to: Way;
}

function pathReview({ probe: { host, path }, server, from, to }: Moved): PathReview {
  return {
    server,
    ...(host !== undefined && { host }),
    path,
    before: destination(from),
    after: destination(to),
    lost: from.to.kind === "proxy" && to.to.kind === "answer" && to.to.status >= 400,
    judged: from.judged && to.judged,
  };
}

interface Probe {
  readonly path: string;
  readonly port: number;
  readonly host?: string;
}

function probesOf(servers: readonly Server[]): readonly Probe[] {
  const probes = servers.flatMap((server) => {
    const port = portCalled(server, undefined) ?? HTTP_PORT;
    const main = { mounts: server.mounts, port, ...(server.serverName !== undefined && { host: server.serverName }) };
    const hosts = server.virtualHosts.map(({ mounts, addresses, serverName }) => ({
      mounts: [...server.mounts, ...mounts],
      port: portOf(addresses[0] ?? "") ?? port,
      ...(serverName !== undefined && { host: serverName }),
    }));
    return [main, ...hosts].flatMap(({ mounts, ...place }) =>
      mounts.flatMap(({ path, match }) => {
        const example = match === true ? exampleOf(path) : path;
        return [example, `${example.replace(/\/$/, "")}/x`].map((each): Probe => ({ ...place, path: each }));
      }),
    );
  });
  const sound = probes.filter(({ path }) => /^\/[^\s?#]*$/.test(path));
  return [...new Map(sound.map((probe) => [JSON.stringify(probe), probe])).values()].slice(0, MOST_PROBES);
}

function wayOf(topology: Topology, server: Server, { path, port, host }: Probe): Way {
  return route(topology, server, { port }, { path, headers: { host: host ?? "localhost" } });
}

function destination({ to }: Way): string {
  if (to.kind === "proxy") return withBalancerInLowerCase(to.url);
  return to.location === undefined ? String(to.status) : `${to.status} to ${to.location}`;
}

function renamedIn(url: string, renamed: ReadonlyMap<string, string>): string {
  const parts = splitBalancerUrl(url);
  const now = parts && renamed.get(parts.name.toLowerCase());
  return now === undefined ? url : `balancer://${now}${parts?.rest ?? ""}`;
}
