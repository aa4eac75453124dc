import type { Construct } from "constructs";
import type { HostPlan } from "../core/host/plan.js";
import type { Fronts, Member, Topology } from "../core/topology/topology.js";
import type { HttpdLayout } from "./httpd-layout.js";
import type { SiteFile } from "./site-file.js";

/** Where a server goes. A new target is a new implementation; nothing registers it. */
export interface DeployTarget {
  /** Adds the resources that bring the site there. Called once, by `HttpdServer.deployTo`. */
  deploy(site: Site): void;
  /**
   * What it knows of how many fronts it brings up, where, and of the machines of members; asked for at synth.
   *
   * @default - nothing
   */
  readonly placement?: Placement;
}

/**
 * What a target knows that promises count with. It holds for the servers that are deployed to it, and for no other: the same
 * address may be another machine in another network.
 */
export interface Placement {
  /** The fronts that it brings up: how many, or the zone of each. @default - not known */
  readonly fronts?: Pick<Fronts, "count" | "zones">;
  /** What it knows of the machine of a member. @default - nothing of anybody's */
  readonly memberPlace?: (member: Member) => MachinePlace | undefined;
}

/** What is known of the machine of a member. */
export interface MachinePlace {
  /** Its failure zone; another one that is written with the member fails the synthesis. */
  readonly zone?: string;
  /** Most requests per second that it can serve, as measured; one that is written with the member counts instead. */
  readonly capacity?: number;
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
