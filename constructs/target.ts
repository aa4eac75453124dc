import type { Construct } from "constructs";
import type { HostPlan } from "../core/host/plan.js";
import type { Topology } from "../core/topology/topology.js";
import type { HttpdLayout } from "./httpd-layout.js";
import type { SiteFile } from "./site-file.js";

/** Where a server goes. A new target is a new implementation; nothing registers it. */
export interface DeployTarget {
  /** Adds the resources that bring the site there. Called once, by `HttpdServer.deployTo`. */
  deploy(site: Site): void;
}

/** What a target is given: everything is computed late, so that the server may still grow. */
export interface Site {
  /** Resources are made in this scope. */
  readonly scope: Construct;
  /** Name of the server. */
  readonly name: string;
  readonly layout: HttpdLayout;
  /** Every file the server needs, the complete httpd.conf first. */
  readonly files: readonly SiteFile[];
  /** The complete httpd.conf. */
  readonly configuration: SiteFile;
  /** The server and its clusters. */
  readonly describe: () => Topology;
  /** Everything that the host must have, {@link Site.files} among it; undefined while the description has problems. */
  readonly plan: () => HostPlan | undefined;
}
