import { TerraformData } from "../../terraform-data.js";
import { encryptedDisk, HARDENED } from "./machines.js";
import type { Machines } from "./machines.js";
import type { NodeData } from "./node-data.js";
import { after } from "./resources.js";

/** A node that a group keeps alive. */
interface KeptNode {
  readonly id: string;
  readonly zone: string;
  readonly image: string;
  readonly size: string;
  readonly data: NodeData;
  /** Its interface, as a launch template names it. */
  readonly plugged: readonly object[];
}

/**
 * An auto scaling group of exactly one machine, whose launch template brings the interface that is there.
 *
 * Why one group a node: members of httpd are a list, a session's route names one of them, and every front keeps its own
 * counters; so a member needs an address that the next machine has as well. AWS launches a machine with an interface that is
 * there only in a group of at most one, which is given the zone and no subnet, and whose template names no security groups
 * (those of the interface hold): "Auto Scaling launch templates" of its user guide, and terraform-aws-modules/autoscaling
 * issue 226, which tells as well that a new group must not come before the old one is gone. A pool that grows by itself would have
 * members that no configuration names.
 *
 * Why not `instance_refresh`: it goes on after the apply is over, and a plan does not show it. Here what a machine is made of is a
 * value of its own, whose change replaces the group, which the plan shows line by line; an apply ends when the new machine
 * runs. A changed tag is none of it.
 */
export function keepAlive(machines: Machines, { id, zone, image, size, data, plugged }: KeptNode): void {
  const { aws, scope, server, options, network, rootDevice } = machines;
  const name = `${server}-${id}-`;
  const tags = { Name: `${server}-${id}`, ...options.tags };
  const disk = encryptedDisk(options);
  const device = rootDevice(image);
  const madeOf = new TerraformData(scope, `${id}-made-of`, () => ({
    triggers: { image, size, disk: String(disk.volume_size), user_data: data.shown() },
    provisioners: [],
  }));
  const template = aws.tagged(`${id}-template`, "launch_template", () => ({
    name_prefix: name,
    image_id: image,
    instance_type: size,
    network_interfaces: plugged,
    user_data: data.base64(),
    update_default_version: true,
    ...HARDENED,
    block_device_mappings: [{ device_name: device, ebs: [disk] }],
    tag_specifications: [{ resource_type: "volume", tags }],
  }));
  aws.make(
    id,
    "autoscaling_group",
    () => ({
      name_prefix: name,
      availability_zones: [zone],
      min_size: 1,
      max_size: 1,
      health_check_type: "EC2",
      launch_template: [{ id: template.attribute("id"), version: template.attribute("latest_version") }],
      tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagate_at_launch: true })),
    }),
    {
      lifecycle: { replaceTriggeredBy: [madeOf.dependable] },
      dependsOn: after(...network.ways),
    },
  );
}
