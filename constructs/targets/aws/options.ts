import { MOST_USER_DATA } from "../../../core/host/forms/cloud-init.js";
import { isIpAddress } from "../../../core/httpd/address.js";
import { byteLength } from "../../../core/httpd/byte-length.js";
import type { Problem } from "../../../core/vocabulary/problem.js";
import { ProblemError } from "../../../core/vocabulary/problem.js";
import { shown } from "../../../core/vocabulary/shown.js";
import { Token } from "../../cdktf.js";
import { brokenRules, matching, wholeUpTo } from "../option-rules.js";
import type { OptionRule } from "../option-rules.js";
import { networkRule, placeIn } from "./network-problems.js";
import type { AwsNetwork } from "./network.js";
import { capacityProblems, sizeRule } from "./size.js";

/** Options of `AwsTarget.of`. */
export interface AwsTargetOptions {
  readonly network: AwsNetwork;
  /** Who may connect: IPv4 networks, `["0.0.0.0/0"]` for everybody. */
  readonly clients: readonly string[];
  /** Where the machines fetch their configuration. */
  readonly bucket: AwsBucket;
  /** The machine image, `ami-0123…`: a Debian or Red Hat with cloud-init, as the layout of the server says. */
  readonly image: string;
  /**
   * Kind of machine.
   *
   * @default "t3.small"
   */
  readonly size?: string;
  /**
   * Most requests per second that a node of a size can serve, as you measured it: `{ "t3.small": 300 }`. The promise
   * `capacity` counts with it, where the member has none of its own.
   *
   * @default - not known: no load is too much for a node
   */
  readonly capacities?: Readonly<Record<string, number>>;
  /**
   * Disk of a machine, in GiB.
   *
   * @default 16
   */
  readonly disk?: number;
  /**
   * What clients connect to: a load balancer before fronts in every zone, or the fixed address of the one front.
   *
   * @default "load-balancer"
   */
  readonly entry?: "load-balancer" | "address";
  /**
   * How many fronts, spread over the zones.
   *
   * @default - one for each zone; one behind a fixed address
   */
  readonly fronts?: number;
  /** Application nodes to make, by the IPv4 address that members have in their URL; it tells the zone. @default - none */
  readonly nodes?: Readonly<Record<string, AwsNode>>;
  /**
   * Whether nodes are instances, or an auto scaling group of exactly one for each, which makes another machine with the same
   * address when AWS finds the one before lost. A member without a machine does not answer, as one that is switched off.
   *
   * @default "instances"
   */
  readonly nodesAs?: "instances" | "groups";
  /**
   * Networks of members that are reached by a name, by that name: `{ "app1.example": "10.9.0.0/16" }`.
   *
   * @default - none: synthesis fails for a member with a name
   */
  readonly backends?: Readonly<Record<string, string>>;
  /**
   * Path in the parameter store below which the variables of secrets are, such as `/shop`: a SecureString
   * `/shop/NAME` each. They are in no plan and in no state.
   *
   * @default - none: synthesis fails for a front with a secret
   */
  readonly secrets?: string;
  /**
   * Whether machines install packages when they start. Without it the image has httpd, curl and the command `aws`, and
   * nothing outside of the network but S3 can be reached.
   *
   * @default true
   */
  readonly installs?: boolean;
  /** What happens to a file that somebody edited on a front since the last deploy. @default "refuse" */
  readonly edited?: "refuse" | "overwrite";
  /** What happens to what operators changed in balancer-manager since the last deploy. @default "refuse" */
  readonly live?: "refuse" | "carry" | "discard";
  /** Tags of everything that is made. @default - a name each */
  readonly tags?: Readonly<Record<string, string>>;
}

/** An application node as a machine without a public address. */
export interface AwsNode {
  /** @default - that of the target */
  readonly image?: string;
  /** @default - that of the target */
  readonly size?: string;
  /**
   * cloud-init's user data; it may hold no secret.
   *
   * @default - what brings up the node of the description with this address, if it comes from packages; else none
   */
  readonly userData?: string;
}

/** A bucket of S3. */
export class AwsBucket {
  readonly name: string;
  /** Whether it is made. */
  readonly made: boolean;

  private constructor(name: string, made: boolean) {
    this.name = name;
    this.made = made;
  }

  /**
   * A new one, which nobody can read from outside.
   *
   * @throws ProblemError when the name is none
   */
  static create(name: string): AwsBucket {
    return AwsBucket.#named(name, true);
  }

  /**
   * One that is there already.
   *
   * @throws ProblemError when the name is none
   */
  static existing(name: string): AwsBucket {
    return AwsBucket.#named(name, false);
  }

  static #named(name: string, made: boolean): AwsBucket {
    const problems = brokenRules("AwsBucket", [
      {
        name: "name",
        value: name,
        holds: matching(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/),
        allowed: "3 to 63 lower-case letters, digits and '-'",
        fix: "write it like 'acme-fronts'",
      },
    ]);
    if (problems.length > 0) throw new ProblemError(problems);
    return new AwsBucket(name, made);
  }
}

/** A group keeps a node alive that is named; there is none that grows by itself. */
const GROUPS_OF_NOTHING: Problem = {
  at: "/nodesAs",
  subject: "nodesAs of AwsTarget",
  found: "'groups' without a node",
  allowed: "a group for each node that is named",
  fix: "name nodes by their addresses, nodes: { '10.0.1.11': {} }, or leave nodesAs away",
};

/** Most fronts of one server: a limit for what is mistyped. */
const MOST_FRONTS = 100;

/** Addresses of a subnet that AWS keeps: the first four and the last. */
const KEPT_FIRST = 4;

/** How many fronts there are. */
export function frontCount({ fronts, entry, network }: AwsTargetOptions): number {
  return fronts ?? (entry === "address" ? 1 : network.zones.size);
}

/** What is wrong with options, whatever the server is. */
export function awsOptionProblems(options: AwsTargetOptions): readonly Problem[] {
  return [
    ...brokenRules("AwsTarget", ruledOptions(options)),
    ...capacityProblems("AwsTarget", options.capacities ?? {}),
    ...clientProblems(options),
    ...entryProblems(options),
    ...nodeProblems(options),
  ];
}

function ruledOptions(options: AwsTargetOptions): readonly OptionRule[] {
  const { image, size, disk, fronts, secrets, backends = {} } = options;
  return [
    imageRule("image", image),
    sizeRule("size", size),
    { name: "disk", value: disk, holds: wholeUpTo(16_384), allowed: "1 to 16384, in GiB", fix: "leave it away for 16" },
    {
      name: "fronts",
      value: fronts,
      holds: wholeUpTo(MOST_FRONTS),
      allowed: `1 to ${MOST_FRONTS}`,
      fix: "leave it away for one in each zone",
    },
    {
      name: "secrets",
      value: secrets,
      holds: matching(/^(\/[A-Za-z0-9_.-]+)+$/),
      allowed: "a path of the parameter store",
      fix: "write it like '/shop'",
    },
    ...Object.entries(backends).map(([host, network]) =>
      networkRule(`backends/${host}`, network, "10.9.0.0/16", `network of backend ${shown(host)}`),
    ),
  ];
}

function entryProblems(options: AwsTargetOptions): readonly Problem[] {
  const count = frontCount(options);
  if (options.entry !== "address" || count === 1) return [];
  const found = `${count} behind one fixed address`;
  const fix = "leave entry away for a load balancer";
  return [{ at: "/fronts", subject: "fronts of AwsTarget", found, allowed: "1", fix }];
}

function clientProblems({ clients }: AwsTargetOptions): readonly Problem[] {
  if (clients.length === 0) {
    const fix = "write ['0.0.0.0/0'] for everybody";
    return [{ at: "/clients", subject: "clients of AwsTarget", found: "none", allowed: "at least one network", fix }];
  }
  return brokenRules(
    "AwsTarget",
    clients.map((network, index) => networkRule(`clients/${index}`, network, "203.0.113.0/24")),
  );
}

function nodeProblems({ nodes = {}, nodesAs, network }: AwsTargetOptions): readonly Problem[] {
  const addresses = Object.keys(nodes);
  if (addresses.length === 0) return nodesAs === "groups" ? [GROUPS_OF_NOTHING] : [];
  const places = addresses.flatMap((address) => placeProblems(address, network));
  const words = Object.entries(nodes).flatMap(([address, { image, size, userData }]) => [
    ...brokenRules(`node ${shown(address)} of AwsTarget`, [
      imageRule(`nodes/${address}/image`, image),
      sizeRule(`nodes/${address}/size`, size),
    ]),
    ...userDataProblems(address, userData),
  ]);
  if (places.length > 0) return [...places, ...words];
  const empty = [...network.zones.keys()].filter((zone) => !addresses.some((each) => network.zoneOf(each) === zone));
  return [
    ...words,
    ...empty.map((zone): Problem => ({
      at: "/nodes",
      subject: `zone ${shown(zone)} of AwsTarget`,
      found: "no node",
      allowed: "at least one in each zone, as fronts stand there",
      fix: `add a node of ${network.zones.get(zone) ?? ""}, or leave the zone out of the network`,
    })),
  ];
}

/** Terraform's own values are as long as they turn out. */
function userDataProblems(address: string, userData: string | undefined): readonly Problem[] {
  if (userData === undefined || Token.isUnresolved(userData)) return [];
  const bytes = byteLength(userData);
  if (bytes <= MOST_USER_DATA) return [];
  return [
    {
      at: `/nodes/${address}/userData`,
      subject: `userData of node ${shown(address)} of AwsTarget`,
      found: `${bytes} bytes`,
      allowed: `${MOST_USER_DATA} bytes`,
      fix: "have the machine fetch the rest, or bring it with the image",
    },
  ];
}

function placeProblems(address: string, network: AwsNetwork): readonly Problem[] {
  const subject = `node ${shown(address)} of AwsTarget`;
  const zones = [...network.zones].map(([zone, cidr]) => `${cidr} of ${zone}`).join(", ");
  const allowed = `an IPv4 address of ${zones}`;
  const fix = "name it by the address that its member's URL has";
  const at = "/nodes";
  if (address.includes(":") || !isIpAddress(address)) return [{ at, subject, found: shown(address), allowed, fix }];
  const zone = network.zoneOf(address);
  if (zone === undefined) return [{ at, subject, found: "an address outside of these", allowed, fix }];
  const place = placeIn(network.zones.get(zone) ?? "", address);
  if (place === undefined || (place.from >= KEPT_FIRST && place.left > 0)) return [];
  return [
    { at, subject, found: "an address that AWS keeps", allowed: "neither one of the first four nor the last", fix },
  ];
}

function imageRule(name: string, value: string | undefined): OptionRule {
  return {
    name,
    value,
    holds: (image) => Token.isUnresolved(image) || /^ami-[0-9a-f]{8,17}$/.test(String(image)),
    allowed: "the id of a machine image",
    fix: "write it like 'ami-0123456789abcdef0'",
  };
}
