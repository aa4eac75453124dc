/** The public entry: constructs for cdktf, the description they make, and what can be said about it. */
export { Access, BackendTls } from "./constructs/access.js";
export { BalancerCluster } from "./constructs/balancer-cluster.js";
export type { BalancerClusterProps } from "./constructs/balancer-cluster.js";
export { BalancerNode } from "./constructs/balancer-node.js";
export type { BalancerNodeProps, NodeFacts } from "./constructs/balancer-node.js";
export { HttpdLayout } from "./constructs/httpd-layout.js";
export type { ClusterMountOptions, HttpdScope, HttpdScopeProps, MountOptions } from "./constructs/httpd-scope.js";
export { HttpdServer } from "./constructs/httpd-server.js";
export type { HttpdServerProps } from "./constructs/httpd-server.js";
export { HttpdVirtualHost } from "./constructs/httpd-virtual-host.js";
export type { HttpdVirtualHostProps } from "./constructs/httpd-virtual-host.js";
export type { MemberOptions, RoleMemberOptions } from "./constructs/member-options.js";
export { Promises } from "./core/promises/promise.js";
export type { SiteFile } from "./constructs/site-file.js";
export type { DeployTarget, Site } from "./constructs/target.js";
export { TerraformData } from "./constructs/terraform-data.js";
export type { TerraformDataProps } from "./constructs/terraform-data.js";
export { terraformText, textOf } from "./constructs/text.js";
export { LocalTarget } from "./constructs/targets/local-target.js";
export type { LocalTargetOptions } from "./constructs/targets/local-target.js";

export { buildTopology } from "./core/topology/build.js";
export { checkTopology } from "./core/check/topology.js";
export { readSpec } from "./core/spec/read-spec.js";
export type * from "./core/topology/topology.js";
export { renderTopology } from "./core/render/render.js";
export { runScenario } from "./core/model/run.js";
export type { Scenario } from "./core/scenario/scenario.js";
export type { Trace } from "./core/model/trace.js";

export { formatDuration, millis, minutes, parseDuration, seconds } from "./core/vocabulary/duration.js";
export type { Duration } from "./core/vocabulary/duration.js";
export { ProblemError, problemText } from "./core/vocabulary/problem.js";
export type { Pointer, Problem } from "./core/vocabulary/problem.js";
