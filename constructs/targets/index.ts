/**
 * The entry `cdktf-httpd-balancer/targets`: for authors of deployment targets.
 *
 * @packageDocumentation
 */
export type { HttpdLayout } from "../httpd-layout.js";
export type { SiteFile } from "../site-file.js";
export type { DeployTarget, MachinePlace, Placement, Site } from "../target.js";
export { TerraformData } from "../terraform-data.js";
export type { TerraformDataProps } from "../terraform-data.js";
export { terraformText, textOf } from "../text.js";
export { LocalTarget } from "./local-target.js";
export type { LocalTargetOptions } from "./local-target.js";
export type { SshHost } from "./ssh-host.js";
export { SshTarget } from "./ssh-target.js";
export type { ReviewedSums, SshTargetOptions } from "./ssh-options.js";
export { VmTarget } from "./vm-target.js";
export type { Vm, VmTargetOptions } from "./vm-target.js";
export type * from "../../core/host/plan.js";
export type * from "../../core/topology/topology.js";
export type { BalancerParameters } from "../../core/vocabulary/balancer.js";
export type { HardeningChoices, HardeningOff } from "../../core/vocabulary/hardening.js";
export type { HealthCheckParameters } from "../../core/vocabulary/health-check.js";
export type { JsonValue } from "../../core/vocabulary/json.js";
export type { Layout, LayoutName, Packages } from "../../core/vocabulary/layouts.js";
export type { ModuleName } from "../../core/vocabulary/modules.js";
export type { ServerSettings } from "../../core/vocabulary/settings.js";
export type { HttpdVersion } from "../../core/vocabulary/versions.js";
export type { WorkerParameters } from "../../core/vocabulary/worker.js";
