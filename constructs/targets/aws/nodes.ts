import type { HostPlan } from "../../../core/host/plan.js";
import { encryptedDisk, HARDENED } from "./machines.js";
import type { Machines } from "./machines.js";
import { nodeData } from "./node-data.js";
import { keepAlive } from "./node-group.js";
import type { AwsNode } from "./options.js";
import { after } from "./resources.js";
import { machineSize } from "./size.js";

/**
 * An application node: its address belongs to an interface of its own, which outlives the machine, so that a new machine has
 * it, too.
 */
export function makeNode(machines: Machines, address: string, node: AwsNode, plan: () => HostPlan | undefined): void {
  const { aws, options, network, groups } = machines;
  const zone = options.network.zoneOf(address) ?? "";
  const id = `node-${address}`;
  const plug = aws.tagged(`${id}-address`, "network_interface", () => ({
    subnet_id: network.zones.find(({ name }) => name === zone)?.privateSubnet,
    private_ips: [address],
    security_groups: [groups.get("nodes")],
  }));
  const image = node.image ?? options.image;
  const size = machineSize(options, node);
  const data = nodeData(machines, address, node, plan);
  const plugged = [{ device_index: 0, network_interface_id: plug.attribute("id") }];
  if (options.nodesAs === "groups") {
    keepAlive(machines, { id, zone, image, size, data, plugged });
    return;
  }
  aws.tagged(
    id,
    "instance",
    () => ({
      ami: image,
      instance_type: size,
      network_interface: plugged,
      user_data: data.plain(),
      user_data_replace_on_change: true,
      ...HARDENED,
      root_block_device: [encryptedDisk(options)],
    }),
    { dependsOn: after(...network.ways) },
  );
}
