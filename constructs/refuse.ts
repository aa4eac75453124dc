import type { IConstruct } from "constructs";
import { readPromise } from "../core/promises/promise.js";
import { checkCluster, checkHealthChecks, checkMember } from "../core/topology/check-clusters.js";
import { checkMounts } from "../core/topology/check-mounts.js";
import { checkServer } from "../core/topology/check-servers.js";
import { assembleTopology } from "../core/topology/build.js";
import type { ServerInput, TopologyInput } from "../core/topology/build.js";
import type { Cluster, Member, Mount, PromiseDeclaration, VirtualHost } from "../core/topology/topology.js";
import { ProblemError } from "../core/vocabulary/problem.js";
import type { Problem } from "../core/vocabulary/problem.js";
import { MEASURED_VERSION } from "../core/vocabulary/versions.js";

/** Throws a ProblemError that names the construct when there are problems. */
function refuse(construct: IConstruct, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemError(problems, construct.node.path);
}

/** Refuses wrong values of a cluster; that it has no members yet is no fault. */
export function refuseCluster(construct: IConstruct, cluster: Cluster): void {
  const problems = checkCluster(cluster, { at: "", httpd: MEASURED_VERSION });
  refuse(
    construct,
    problems.filter(({ at }) => at !== "/members"),
  );
}

/**
 * Refuses a member with a wrong value.
 *
 * @param rivals - members added before with the same name or route
 */
export function refuseMember(construct: IConstruct, cluster: string, member: Member, rivals: readonly Member[]): void {
  const place = { at: "", httpd: MEASURED_VERSION } as const;
  if (rivals.length === 0) {
    refuse(construct, checkMember(member, place));
    return;
  }
  const problems = checkCluster({ name: cluster, parameters: {}, members: [...rivals, member] }, place);
  const own = `/members/${rivals.length}/`;
  refuse(
    construct,
    problems.filter(({ at }) => at.startsWith(own)),
  );
}

/**
 * Refuses promises that cannot be read, name a member the cluster does not have, or cannot hold by construction. What
 * is promised of a cluster before it has members is checked when all is there.
 */
export function refusePromises(construct: IConstruct, cluster: Cluster, promises: readonly PromiseDeclaration[]): void {
  const about = cluster.members.length === 0 ? undefined : cluster;
  const readings = promises.map((promise, index) => readPromise(promise, `/promises/${index}`, about));
  refuse(
    construct,
    readings.flatMap((reading) => (reading.ok ? [] : reading.problems)),
  );
}

/** Refuses a template or expression with a wrong value or a name that is taken; what it names may come later. */
export function refuseHealthCheck(construct: IConstruct, definitions: TopologyInput): void {
  const problems = checkHealthChecks(assembleTopology(definitions));
  refuse(
    construct,
    problems.filter(({ at }) => !at.endsWith("/hcexpr")),
  );
}

/** Refuses wrong values of a server; what is mounted comes later. */
export function refuseServer(construct: IConstruct, server: ServerInput): void {
  refuse(construct, checkServer(assembleTopology({ servers: [server] }), 0));
}

/** Refuses a mount with a wrong value, or of a path that is mounted already. */
export function refuseMount(construct: IConstruct, mount: Mount, { before, cluster, host }: MountSurroundings): void {
  const twins = before.filter(({ path }) => path === mount.path);
  const virtualHosts = host === undefined ? [] : [host];
  const topology = assembleTopology({
    clusters: [cluster].filter((one) => one !== undefined),
    servers: [{ name: "server", virtualHosts }],
  });
  const [server] = topology.servers;
  if (server === undefined) return;
  const owner = host === undefined ? "the server" : `virtual host '${host.name}'`;
  const mounts = [...twins, mount];
  const problems = checkMounts(topology, { server, host, mounts, at: "", owner, httpd: topology.httpd });
  refuse(
    construct,
    problems.filter(({ at }) => at.startsWith(`/mounts/${twins.length}/`)),
  );
}

/** What is around a new mount. */
export interface MountSurroundings {
  readonly before: readonly Mount[];
  readonly cluster: Pick<Cluster, "name" | "scope"> | undefined;
  readonly host: VirtualHost | undefined;
}
