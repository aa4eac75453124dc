import { memberAddress } from "../../../core/host/member-address.js";
import type { Member, Topology } from "../../../core/topology/topology.js";
import type { Problem } from "../../../core/vocabulary/problem.js";
import { shown } from "../../../core/vocabulary/shown.js";
import type { MachinePlace, Placement } from "../../target.js";
import { inTurn } from "../in-turn.js";
import { frontCount } from "./options.js";
import type { AwsTargetOptions } from "./options.js";
import { machineSize } from "./size.js";

/** Fronts over the zones in turn, the zone of each address of the network, and what was measured of the sizes of nodes. */
export function awsPlacement(options: AwsTargetOptions): Placement {
  const { network } = options;
  return {
    fronts: { zones: inTurn(frontCount(options), [...network.zones.keys()]) },
    memberPlace: (member) => placeOf(member, options),
  };
}

function placeOf(member: Member, options: AwsTargetOptions): MachinePlace | undefined {
  const address = memberAddress(member)?.host;
  if (address === undefined) return undefined;
  const zone = options.network.zoneOf(address);
  const capacity = measuredCapacity(address, options);
  return { ...(zone !== undefined && { zone }), ...(capacity !== undefined && { capacity }) };
}

function measuredCapacity(address: string, options: AwsTargetOptions): number | undefined {
  const { nodes = {}, capacities = {} } = options;
  const node = Object.hasOwn(nodes, address) ? nodes[address] : undefined;
  const size = node === undefined ? "" : machineSize(options, node);
  return Object.hasOwn(capacities, size) ? capacities[size] : undefined;
}

/** Where sizes are measured, a node of another one would be taken to bear everything. */
export function unmeasuredProblems({ clusters }: Topology, options: AwsTargetOptions): readonly Problem[] {
  const { nodes = {}, capacities } = options;
  if (capacities === undefined) return [];
  return clusters.flatMap(({ members }) =>
    members.flatMap((member): readonly Problem[] => {
      const address = memberAddress(member)?.host ?? "";
      const node = Object.hasOwn(nodes, address) ? nodes[address] : undefined;
      if (node === undefined || member.capacity !== undefined) return [];
      return [
        {
          at: "",
          subject: `size of node ${shown(address)} of AwsTarget`,
          found: `${shown(machineSize(options, node))}, which capacities do not name`,
          allowed: Object.keys(capacities).join(", "),
          fix: `add what was measured of it, or give member ${shown(member.name)} a capacity`,
        },
      ];
    }),
  );
}
