import type { Construct } from "constructs";
import { pullingUserData } from "../../../core/host/forms/pull.js";
import type { HostPlan } from "../../../core/host/plan.js";
import { StackText } from "../../stack-text.js";
import { inTurn } from "../in-turn.js";
import type { ProviderResource } from "../provider-resource.js";
import { frontCount } from "./options.js";
import type { AwsTargetOptions } from "./options.js";
import type { PlacedNetwork } from "./network-shape.js";
import type { Group } from "./reach.js";
import { machineSize } from "./size.js";
import { after } from "./resources.js";
import type { AwsResources } from "./resources.js";
import { fetched } from "./storage.js";
import type { Stored } from "./storage.js";

/** What machines are made in and with. */
export interface Machines {
  readonly aws: AwsResources;
  readonly scope: Construct;
  readonly server: string;
  readonly options: AwsTargetOptions;
  readonly network: PlacedNetwork;
  readonly groups: ReadonlyMap<Group, string>;
  /** What an image calls its first disk. */
  readonly rootDevice: (image: string) => string;
}

/** What every machine has: metadata by sessions only. */
export const HARDENED = {
  metadata_options: [{ http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 }],
} as const;

/** A disk that nobody can read without the account's key. */
export function encryptedDisk({ disk = 16 }: AwsTargetOptions) {
  return { encrypted: true, volume_type: "gp3", volume_size: disk };
}

/** The fronts, spread over the zones, all with the same user data. A change of that makes another machine before the old goes. */
export function makeFronts(
  { aws, scope, server, options, network, groups }: Machines,
  plan: () => HostPlan | undefined,
  { profile, objects }: Stored,
): readonly ProviderResource[] {
  const userData = new StackText(scope, "user-data.yaml", () => {
    const now = plan();
    return now === undefined ? undefined : pullingUserData(installing(now, options), fetched(server, options));
  });
  const open = options.entry === "address";
  return inTurn(frontCount(options), network.zones).map((zone, index) => {
    return aws.tagged(
      `front-${index + 1}`,
      "instance",
      () => ({
        ami: options.image,
        instance_type: machineSize(options),
        subnet_id: open ? zone.publicSubnet : zone.privateSubnet,
        vpc_security_group_ids: [groups.get("fronts")],
        iam_instance_profile: profile,
        user_data: userData.value,
        user_data_replace_on_change: true,
        ...HARDENED,
        root_block_device: [encryptedDisk(options)],
      }),
      { lifecycle: { createBeforeDestroy: true }, dependsOn: after(...objects, ...network.ways) },
    );
  });
}

/** A machine whose image has everything installs nothing. */
function installing(plan: HostPlan, { installs = true }: AwsTargetOptions): HostPlan {
  return installs ? plan : { ...plan, packages: { from: "given" } };
}
