import { cidrContains } from "../../../core/httpd/network.js";
import { isIpAddress } from "../../../core/httpd/address.js";
import type { Problem } from "../../../core/vocabulary/problem.js";
import { shown } from "../../../core/vocabulary/shown.js";
import type { OptionRule } from "../option-rules.js";
import type { AwsNetworkOptions, ExistingAwsNetwork } from "./network-shape.js";

/** A zone's name: that of its region, and more behind it. */
const ZONE = /^([a-z]{2}(?:-[a-z]+)+?-\d+)(?:-[a-z]+-\d+)?[a-z]$/;

/** The region of a zone, such as `eu-central-1` of `eu-central-1a`; the text itself where it names no zone. */
export function regionOf(zone: string): string {
  return ZONE.exec(zone)?.[1] ?? zone;
}

/** What an option that is a network may be. */
const NETWORK = "an IPv4 network, its first address and a number of bits";

/** That an option is a network. */
export function networkRule(name: string, value: string, like: string, called?: string): OptionRule {
  const rule = { name, value, holds: (text: string | number) => isNetwork(String(text)), allowed: NETWORK };
  return { ...rule, fix: `write it like '${like}'`, ...(called !== undefined && { called }) };
}

/** True for an IPv4 network whose address has no bits behind the mask, as AWS wants it. */
function isNetwork(text: string): boolean {
  const [base = "", bits = ""] = text.split("/");
  if (text.split("/").length !== 2 || !/^(\d|[12]\d|3[0-2])$/.test(bits)) return false;
  if (base.includes(":") || !isIpAddress(base)) return false;
  return numberOf(base) % 2 ** (32 - Number(bits)) === 0;
}

/** The place of an address in its network; undefined where it is not in it. */
export function placeIn(
  network: string,
  address: string,
): { readonly from: number; readonly left: number } | undefined {
  if (cidrContains(network, address) !== true) return undefined;
  const [base = "", bits = ""] = network.split("/");
  const from = numberOf(address) - numberOf(base);
  return { from, left: 2 ** (32 - Number(bits)) - 1 - from };
}

/** What is wrong with the zones of a network. */
function zoneProblems(names: readonly string[]): readonly Problem[] {
  if (names.length === 0) {
    const fix = "name one: { 'eu-central-1a': { … } }";
    return [{ at: "/zones", subject: "zones of AwsNetwork", found: "none", allowed: "at least one", fix }];
  }
  const [first = ""] = names;
  return names.flatMap((name): readonly Problem[] => {
    const subject = `zone ${shown(name)} of AwsNetwork`;
    const at = `/zones/${name}` as const;
    if (!ZONE.test(name)) {
      const allowed = "the name of an availability zone";
      return [{ at, subject, found: shown(name), allowed, fix: "write it like 'eu-central-1a'" }];
    }
    if (regionOf(name) === regionOf(first)) return [];
    const allowed = `a zone of ${regionOf(first)}, as the first`;
    return [{ at, subject, found: `one of ${regionOf(name)}`, allowed, fix: "make a target for each region" }];
  });
}

/** What is wrong with a network that is to be made. */
export function networkProblems({ cidr, zones }: AwsNetworkOptions): readonly Problem[] {
  const subnets = Object.entries(zones).flatMap(([name, { publicSubnet, privateSubnet }]) =>
    subnetsOf(name, { publicSubnet, privateSubnet }),
  );
  const whole: Subnet = { at: "/cidr", subject: "cidr of AwsNetwork", cidr };
  const formal = [...zoneProblems(Object.keys(zones)), ...[whole, ...subnets].flatMap(networkProblem)];
  if (formal.length > 0) return formal;
  return [...[whole, ...subnets].flatMap(sizeProblems), ...subnets.flatMap(insideOf(cidr)), ...overlaps(subnets)];
}

/** What is wrong with the networks of zones that are there already. */
export function existingProblems(zones: ExistingAwsNetwork["zones"]): readonly Problem[] {
  const subnets = Object.entries(zones).flatMap(([name, { privateCidr }]) => subnetsOf(name, { privateCidr }));
  const formal = [...zoneProblems(Object.keys(zones)), ...subnets.flatMap(networkProblem)];
  return formal.length > 0 ? formal : overlaps(subnets);
}

/** A network, and what messages call it. */
interface Subnet {
  readonly at: Problem["at"];
  readonly subject: string;
  readonly cidr: string;
}

function subnetsOf(zone: string, words: Readonly<Record<string, string>>): readonly Subnet[] {
  return Object.entries(words).map(([word, cidr]) => ({
    at: `/zones/${zone}/${word}`,
    subject: `${word} of zone ${shown(zone)}`,
    cidr,
  }));
}

function insideOf(network: string): (subnet: Subnet) => readonly Problem[] {
  return ({ at, subject, cidr }) =>
    within(network, cidr)
      ? []
      : [{ at, subject, found: cidr, allowed: `a part of ${network}`, fix: "choose one inside, or a larger network" }];
}

/** An address of two subnets would be in two zones. */
function overlaps(subnets: readonly Subnet[]): readonly Problem[] {
  return subnets.flatMap(({ at, subject, cidr: own }, index): readonly Problem[] => {
    const other = subnets.slice(0, index).find((before) => within(before.cidr, own) || within(own, before.cidr));
    if (other === undefined) return [];
    const found = `${own}, which overlaps ${other.cidr}, the ${other.subject}`;
    return [{ at, subject, found, allowed: "addresses of its own", fix: "give each subnet another range" }];
  });
}

/** Bits of the networks that AWS makes. */
const BITS = { fewest: 16, most: 28 } as const;

function sizeProblems({ at, subject, cidr }: Subnet): readonly Problem[] {
  const bits = Number(cidr.split("/")[1]);
  if (bits >= BITS.fewest && bits <= BITS.most) return [];
  const allowed = `/${BITS.fewest} to /${BITS.most}, which AWS makes`;
  return [{ at, subject, found: cidr, allowed, fix: "choose another number of bits" }];
}

function within(outer: string, inner: string): boolean {
  const [base = "", bits = ""] = inner.split("/");
  return cidrContains(outer, base) === true && Number(bits) >= Number(outer.split("/")[1]);
}

function networkProblem({ at, subject, cidr }: Subnet): readonly Problem[] {
  if (isNetwork(cidr)) return [];
  return [{ at, subject, found: shown(cidr), allowed: NETWORK, fix: "write it like '10.0.1.0/24'" }];
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
