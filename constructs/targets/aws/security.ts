import type { ProviderResource } from "../provider-resource.js";
import type { Group, Peer, AllowedReach } from "./reach.js";
import { expression } from "./resources.js";
import type { AwsResources } from "./resources.js";

/** What the security groups of a server are made of. */
export interface Secured {
  readonly aws: AwsResources;
  readonly server: string;
  readonly vpc: string;
  /** The addresses of S3; undefined where there is no way of its own to it. */
  readonly storePrefix: string | undefined;
  /** The groups that there are. */
  readonly groups: readonly Group[];
  /** Asked for at synth. */
  readonly reach: () => readonly AllowedReach[];
}

/** What a group is called in AWS. */
const CALLED: Readonly<Record<Group, string>> = {
  entry: "what clients connect to",
  fronts: "fronts",
  nodes: "application nodes",
};

/**
 * A security group for each kind of machine, and a rule for each connection that is allowed. A group without rules is closed:
 * Terraform takes AWS's own rule, which lets everything out, away.
 */
export function securityGroups({ aws, server, vpc, storePrefix, groups, reach }: Secured): ReadonlyMap<Group, string> {
  const made = groups.map((group) => {
    const resource = aws.tagged(`${group}-group`, "security_group", () => ({
      name_prefix: `${server}-${group}-`,
      description: `${CALLED[group]} of ${server}`,
      vpc_id: vpc,
    }));
    return [group, resource.attribute("id")] as const;
  });
  const ids = new Map(made);
  for (const group of groups) {
    for (const direction of ["ingress", "egress"] as const) {
      const own = () => reach().filter((each) => each.of === group && each.direction === direction);
      rules({ aws, ids, storePrefix }, `${group}-${direction}`, direction, own);
    }
  }
  return ids;
}

interface Known extends Pick<Secured, "aws" | "storePrefix"> {
  readonly ids: ReadonlyMap<Group, string>;
}

/** One resource for all rules of a group in one direction, as their number is not known before synth. */
function rules(
  known: Known,
  id: string,
  direction: AllowedReach["direction"],
  reach: () => readonly AllowedReach[],
): ProviderResource {
  const [group] = id.split("-") as [Group];
  const words = {
    security_group_id: known.ids.get(group),
    ip_protocol: "tcp",
    from_port: expression("each.value.port"),
    to_port: expression("each.value.port"),
    cidr_ipv4: expression("each.value.cidr"),
    cidr_ipv6: expression("each.value.wide"),
    referenced_security_group_id: expression("each.value.group"),
    prefix_list_id: expression("each.value.store"),
  };
  const each = (): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      reach().map(({ port, peer }) => [`${named(peer)} ${port}`, { port, ...peerWords(peer, known) }]),
    );
  return known.aws.tagged(`${id}-rules`, `vpc_security_group_${direction}_rule`, () => words, { each });
}

/** Terraform wants each value of a mapping to have the same words. */
function peerWords(peer: Peer, { ids, storePrefix }: Known): Readonly<Record<string, string>> {
  const none = expression("null");
  return {
    cidr: "cidr" in peer ? peer.cidr : none,
    wide: "cidr6" in peer ? peer.cidr6 : none,
    group: "group" in peer ? (ids.get(peer.group) ?? none) : none,
    store: "store" in peer ? (storePrefix ?? none) : none,
  };
}

function named(peer: Peer): string {
  if ("group" in peer) return peer.group;
  if ("store" in peer) return "S3";
  return "cidr" in peer ? peer.cidr : peer.cidr6;
}
