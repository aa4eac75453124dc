import type { ProviderResource } from "../provider-resource.js";

/** A network that is made. */
export interface AwsNetworkOptions {
  /** All of it, such as `10.0.0.0/16`. */
  readonly cidr: string;
  /** The two subnets of each availability zone, by the zone's name. */
  readonly zones: Readonly<Record<string, AwsZone>>;
}

/** The subnets of a zone that is made. */
export interface AwsZone {
  /** The one that clients reach, for the load balancer: `10.0.101.0/24`. */
  readonly publicSubnet: string;
  /** The one that machines stand in: `10.0.1.0/24`. */
  readonly privateSubnet: string;
}

/** A network that is there already. */
export interface ExistingAwsNetwork {
  /** Its id, `vpc-0123…`, or a value of cdktf. */
  readonly vpc: string;
  /** By the name of the availability zone. */
  readonly zones: Readonly<Record<string, ExistingAwsZone>>;
}

/** The subnets of a zone that is there already. */
export interface ExistingAwsZone {
  /** Id of the subnet that clients reach. */
  readonly publicSubnet: string;
  /** Id of the subnet that machines stand in. */
  readonly privateSubnet: string;
  /** Its addresses, `10.0.1.0/24`: they tell in which zone a node stands. */
  readonly privateCidr: string;
}

/** A zone with the ids of its subnets. */
export interface PlacedZone {
  readonly name: string;
  readonly publicSubnet: string;
  readonly privateSubnet: string;
}

/** A network with its ids. */
export interface PlacedNetwork {
  readonly vpc: string;
  readonly zones: readonly PlacedZone[];
  /** The addresses of S3, where the network has a way of its own to it. */
  readonly storePrefix: string | undefined;
  /** What has to be there before a machine can fetch anything. */
  readonly ways: readonly ProviderResource[];
}
