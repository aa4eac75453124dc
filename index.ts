/**
 * The entry `cdktf-httpd-balancer`: constructs for cdktf. Questions to what they describe are in
 * `cdktf-httpd-balancer/core`, what a deployment target is made with in `cdktf-httpd-balancer/targets`.
 *
 * @packageDocumentation
 */
export { Access, BackendTls } from "./constructs/access.js";
export { AppServerNode } from "./constructs/app-servers/app-server-node.js";
export type { AppServerNodeProps } from "./constructs/app-servers/app-server-node.js";
export { GenericNode } from "./constructs/app-servers/generic-node.js";
export { ReplicationGroup } from "./constructs/app-servers/replication-group.js";
export type { ReplicationGroupProps } from "./constructs/app-servers/replication-group.js";
export { TomcatNode } from "./constructs/app-servers/tomcat-node.js";
export { WildFlyNode } from "./constructs/app-servers/wildfly-node.js";
export { BalancerCluster } from "./constructs/balancer-cluster.js";
export type { BalancerClusterProps } from "./constructs/balancer-cluster.js";
export { BalancerNode } from "./constructs/balancer-node.js";
export type { BalancerNodeProps, NodeFacts } from "./constructs/balancer-node.js";
export { HttpdLayout } from "./constructs/httpd-layout.js";
export { HttpdScope } from "./constructs/httpd-scope.js";
export type { ClusterMountOptions, HttpdScopeProps, MountOptions } from "./constructs/httpd-scope.js";
export { HttpdServer } from "./constructs/httpd-server.js";
export type { HttpdServerProps } from "./constructs/httpd-server.js";
export { HttpdVirtualHost } from "./constructs/httpd-virtual-host.js";
export type { HttpdVirtualHostProps } from "./constructs/httpd-virtual-host.js";
export type { MemberOptions, RoleMemberOptions } from "./constructs/member-options.js";
export type { SiteFile } from "./constructs/site-file.js";
export type { DeployTarget, Site } from "./constructs/target.js";
export { LocalTarget } from "./constructs/targets/local-target.js";
export type { LocalTargetOptions } from "./constructs/targets/local-target.js";
export type { SshHost } from "./constructs/targets/ssh-host.js";
export { SshTarget } from "./constructs/targets/ssh-target.js";
export type { ReviewedSums, SshTargetOptions } from "./constructs/targets/ssh-options.js";
export { VmTarget } from "./constructs/targets/vm-target.js";
export type { Vm, VmTargetOptions } from "./constructs/targets/vm-target.js";

export { Promises } from "./core/promises/promise.js";
export type * from "./core/topology/topology.js";
export type { BalancerParameters } from "./core/vocabulary/balancer.js";
export { formatDuration, millis, minutes, parseDuration, seconds } from "./core/vocabulary/duration.js";
export type { Duration } from "./core/vocabulary/duration.js";
export type { HardeningChoices, HardeningOff } from "./core/vocabulary/hardening.js";
export type { HealthCheckParameters } from "./core/vocabulary/health-check.js";
export type { JsonValue } from "./core/vocabulary/json.js";
export type { Layout, LayoutName, Packages } from "./core/vocabulary/layouts.js";
export type { ModuleName } from "./core/vocabulary/modules.js";
export { ProblemError, problemText } from "./core/vocabulary/problem.js";
export type { Complaint, Pointer, Problem } from "./core/vocabulary/problem.js";
export type { ServerSettings } from "./core/vocabulary/settings.js";
export type { HttpdVersion } from "./core/vocabulary/versions.js";
export type { StatusText } from "./core/vocabulary/status.js";
export type { WorkerParameters } from "./core/vocabulary/worker.js";
