import { cidrContains } from "../../../core/httpd/network.js";
import { ProblemError } from "../../../core/vocabulary/problem.js";
import { placeNew } from "./new-network.js";
import { existingProblems, networkProblems, regionOf } from "./network-problems.js";
import type { AwsNetworkOptions, ExistingAwsNetwork, PlacedNetwork } from "./network-shape.js";
import type { AwsResources } from "./resources.js";

/** Where the machines of an {@link AwsTarget} stand. */
export class AwsNetwork {
  /** The addresses of the machines of each zone, by the zone's name. */
  readonly zones: ReadonlyMap<string, string>;
  /** Whether it is made, with a way of its own to S3. */
  readonly made: boolean;
  readonly #place: AwsNetwork["place"];

  private constructor(zones: ReadonlyMap<string, string>, made: boolean, place: AwsNetwork["place"]) {
    this.zones = zones;
    this.made = made;
    this.#place = place;
  }

  /** The region that its zones are in. */
  get region(): string {
    return regionOf([...this.zones.keys()][0] ?? "");
  }

  /**
   * A new network: in each zone a public subnet, and a private one for the machines.
   *
   * @throws ProblemError when a value is wrong
   */
  static create(options: AwsNetworkOptions): AwsNetwork {
    const problems = networkProblems(options);
    if (problems.length > 0) throw new ProblemError(problems);
    return new AwsNetwork(privateCidrs(options.zones, "privateSubnet"), true, (aws, installs) =>
      placeNew(aws, options, installs),
    );
  }

  /**
   * A network that is there already.
   *
   * @throws ProblemError when it has no zone, or addresses are none or overlap
   */
  static existing({ vpc, zones }: ExistingAwsNetwork): AwsNetwork {
    const problems = existingProblems(zones);
    if (problems.length > 0) throw new ProblemError(problems);
    const placed = Object.entries(zones).map(([name, { publicSubnet, privateSubnet }]) => ({
      name,
      publicSubnet,
      privateSubnet,
    }));
    return new AwsNetwork(privateCidrs(zones, "privateCidr"), false, () => ({
      vpc,
      zones: placed,
      storePrefix: undefined,
      ways: [],
    }));
  }

  /**
   * Makes what has to be made.
   *
   * @param installs - whether machines fetch packages, which takes a way out
   * @internal
   */
  place(aws: AwsResources, installs: boolean): PlacedNetwork {
    return this.#place(aws, installs);
  }

  /** The zone whose machines an address belongs to; undefined for one of elsewhere. */
  zoneOf(address: string): string | undefined {
    return [...this.zones].find(([, cidr]) => cidrContains(cidr, address) === true)?.[0];
  }
}

function privateCidrs<Word extends string>(
  zones: Readonly<Record<string, Readonly<Record<Word, string>>>>,
  word: Word,
): ReadonlyMap<string, string> {
  return new Map(Object.entries(zones).map(([name, zone]) => [name, zone[word]]));
}
