import type { IConstruct } from "constructs";
import { checkClusterValues } from "../core/check/cluster.js";
import { checkExpressions, checkTemplates } from "../core/check/health-checks.js";
import { Membership, checkMember } from "../core/check/member.js";
import { checkMount } from "../core/check/mount.js";
import { mountKey, mountedTwice } from "../core/check/mounts.js";
import { checkServer } from "../core/check/server.js";
import { checkVirtualHost } from "../core/check/virtual-host.js";
import { checkAcknowledgement } from "../core/lint/known-rule.js";
import { readPromise } from "../core/promises/promise.js";
import type {
  Acknowledgement,
  Cluster,
  HealthCheckExpression,
  HealthCheckTemplate,
  Member,
  Mount,
  PromiseDeclaration,
  Server,
  VirtualHost,
} from "../core/topology/topology.js";
import { ProblemError } from "../core/vocabulary/problem.js";
import type { Problem } from "../core/vocabulary/problem.js";
import type { HttpdVersion } from "../core/vocabulary/versions.js";

/**
 * Values are refused at the call that gives them. What depends on the version of httpd is left to the synth where no
 * server is known yet: it is judged there by the version of each server that mounts the cluster.
 */
function refuse(construct: IConstruct, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemError(problems, construct.node.path);
}

/** Refuses wrong values of a cluster; members come later. */
export function refuseCluster(construct: IConstruct, cluster: Cluster): void {
  refuse(construct, checkClusterValues(cluster, { at: "" }));
}

/**
 * Refuses a member with a wrong value.
 *
 * @param rivals - members added before with the same name or route
 */
export function refuseMember(construct: IConstruct, cluster: string, member: Member, rivals: readonly Member[]): void {
  const membership = new Membership(cluster);
  for (const rival of rivals) membership.add(rival);
  refuse(construct, [...checkMember(member, { at: "" }), ...membership.check(member, "")]);
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

/** Refuses to accept what is no finding, and without a reason. */
export function refuseAcknowledgement(construct: IConstruct, accepted: Acknowledgement): void {
  refuse(construct, checkAcknowledgement(accepted));
}

/** Refuses templates with a wrong value or a name that is taken; expressions that they name may come later. */
export function refuseTemplates(construct: IConstruct, templates: readonly HealthCheckTemplate[]): void {
  refuse(construct, checkTemplates(templates, { at: "/healthCheckTemplates" }));
}

/** Refuses expressions that cannot be written, or whose name is taken. */
export function refuseExpressions(construct: IConstruct, expressions: readonly HealthCheckExpression[]): void {
  refuse(construct, checkExpressions(expressions, "/healthCheckExpressions"));
}

/** Refuses wrong values of a server; what is mounted comes later. */
export function refuseServer(construct: IConstruct, server: Server, httpd: HttpdVersion): void {
  refuse(construct, checkServer(server, { at: "", httpd }));
}

/** Refuses wrong values of a virtual host; what is mounted comes later. */
export function refuseVirtualHost(construct: IConstruct, host: VirtualHost): void {
  refuse(construct, checkVirtualHost(host, { at: "" }));
}

/** Refuses a mount with a wrong value, or of a path that is mounted already. */
export function refuseMount(construct: IConstruct, mount: Mount, { before, cluster, host }: MountSurroundings): void {
  const owner = host === undefined ? "the server" : `virtual host '${host.name}'`;
  const visible = cluster !== undefined && (cluster.scope === undefined || cluster.scope === host?.name);
  const names = visible ? [cluster.name] : [];
  const key = mountKey(mount);
  const twice = key !== undefined && before.some((other) => mountKey(other) === key);
  refuse(construct, [
    ...checkMount(mount, { at: "", owner, sees: (name) => names.includes(name), clusters: () => names }),
    ...(twice ? [mountedTwice(mount, { at: "", subject: owner })] : []),
  ]);
}

/** What is around a new mount. */
export interface MountSurroundings {
  readonly before: readonly Mount[];
  readonly cluster: Pick<Cluster, "name" | "scope"> | undefined;
  readonly host: VirtualHost | undefined;
}
