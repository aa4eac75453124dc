import type { ProviderResource } from "../provider-resource.js";
import { regionOf } from "./network-problems.js";
import type { AwsNetworkOptions, AwsZone, PlacedNetwork, PlacedZone } from "./network-shape.js";
import { after } from "./resources.js";
import type { AwsResources } from "./resources.js";

/** Everywhere. */
const ANYWHERE = "0.0.0.0/0";

/** What the zones of a new network share. */
interface Shared {
  readonly vpc: string;
  /** The route table of all public subnets. */
  readonly table: ProviderResource;
  /** The way out of the public subnets; a NAT gateway needs it. */
  readonly out: ProviderResource;
  readonly installs: boolean;
}

/** A zone, the route table of its machines, and what has to be there before they can fetch anything. */
interface MadeZone {
  readonly zone: PlacedZone;
  readonly table: ProviderResource;
  readonly ways: readonly ProviderResource[];
}

/**
 * A network whose machines have no public address: packages come through the NAT gateway of their zone, and S3 is reached
 * by a way of its own.
 */
export function placeNew(aws: AwsResources, { cidr, zones }: AwsNetworkOptions, installs: boolean): PlacedNetwork {
  const vpc = aws
    .tagged("network", "vpc", () => ({ cidr_block: cidr, enable_dns_support: true, enable_dns_hostnames: true }))
    .attribute("id");
  const gateway = aws.tagged("gateway", "internet_gateway", () => ({ vpc_id: vpc }));
  const table = aws.tagged("public", "route_table", () => ({ vpc_id: vpc }));
  const out = route(aws, "public", table, { gateway_id: gateway.attribute("id") });
  const made = Object.entries(zones).map(([name, zone]) => placeZone(aws, name, zone, { vpc, table, out, installs }));
  const store = aws.tagged("store-way", "vpc_endpoint", () => ({
    vpc_id: vpc,
    service_name: `com.amazonaws.${regionOf(Object.keys(zones)[0] ?? "")}.s3`,
    vpc_endpoint_type: "Gateway",
    route_table_ids: made.map((zone) => zone.table.attribute("id")),
  }));
  return {
    vpc,
    zones: made.map(({ zone }) => zone),
    storePrefix: store.attribute("prefix_list_id"),
    ways: [store, ...made.flatMap(({ ways }) => ways)],
  };
}

function placeZone(aws: AwsResources, name: string, zone: AwsZone, shared: Shared): MadeZone {
  const { vpc, installs } = shared;
  const open = aws.tagged(`public-${name}`, "subnet", () => ({
    vpc_id: vpc,
    availability_zone: name,
    cidr_block: zone.publicSubnet,
  }));
  const inner = aws.tagged(`private-${name}`, "subnet", () => ({
    vpc_id: vpc,
    availability_zone: name,
    cidr_block: zone.privateSubnet,
  }));
  const table = aws.tagged(`private-${name}-routes`, "route_table", () => ({ vpc_id: vpc }));
  const openTable = belongs(aws, `public-${name}-belongs`, open, shared.table);
  const innerTable = belongs(aws, `private-${name}-belongs`, inner, table);
  return {
    zone: { name, publicSubnet: open.attribute("id"), privateSubnet: inner.attribute("id") },
    table,
    ways: [innerTable, openTable, ...(installs ? [natOf(aws, name, { open, table, out: shared.out })] : [])],
  };
}

/** The way out of the machines of a zone. */
function natOf(
  aws: AwsResources,
  name: string,
  at: { readonly open: ProviderResource; readonly table: ProviderResource; readonly out: ProviderResource },
): ProviderResource {
  const address = aws.tagged(`nat-${name}-address`, "eip", () => ({ domain: "vpc" }));
  const nat = aws.tagged(
    `nat-${name}`,
    "nat_gateway",
    () => ({ allocation_id: address.attribute("id"), subnet_id: at.open.attribute("id") }),
    { dependsOn: after(at.out) },
  );
  return route(aws, `private-${name}`, at.table, { nat_gateway_id: nat.attribute("id") });
}

function route(
  aws: AwsResources,
  name: string,
  table: ProviderResource,
  to: Readonly<Record<string, string>>,
): ProviderResource {
  return aws.make(`${name}-route`, "route", () => ({
    route_table_id: table.attribute("id"),
    destination_cidr_block: ANYWHERE,
    ...to,
  }));
}

function belongs(aws: AwsResources, id: string, subnet: ProviderResource, table: ProviderResource): ProviderResource {
  return aws.make(id, "route_table_association", () => ({
    subnet_id: subnet.attribute("id"),
    route_table_id: table.attribute("id"),
  }));
}
