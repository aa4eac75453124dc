import { explainCluster } from "../model/explain.js";
import type { Explanation } from "../model/explain.js";
import type { Fraction } from "../model/fraction.js";
import type { Share } from "../model/share.js";
import { UNPREDICTABLE_SHARES } from "../promises/serving.js";
import type { Cluster, Topology } from "../topology/topology.js";
import type { FailureReview, FractionText, LoadReview, Shares } from "./report.js";

/** Who serves a cluster's requests, who when somebody fails, and what that costs. */
export interface Traffic {
  readonly shares: Shares;
  readonly failover: readonly (readonly string[])[];
  readonly failures: readonly FailureReview[];
  readonly load: LoadReview | null;
  /** Picks of one round, by which ties show; undefined where it has none. */
  readonly round: readonly string[] | undefined;
  readonly lbmethod: string;
  /** Why shares of requests are not certain; undefined where they are. */
  readonly unsure: string | undefined;
}

/** The traffic of a cluster that is not there. */
export const NO_TRAFFIC: Traffic = {
  shares: {},
  failover: [],
  failures: [],
  load: null,
  round: undefined,
  lbmethod: "",
  unsure: undefined,
};

/** The traffic of one cluster, from the exact model. */
export function trafficOf(topology: Topology, cluster: Cluster): Traffic {
  const explanation = explainCluster(topology, cluster);
  const { balancer, spread, failover } = explanation;
  const nameOf = namesIn(cluster);
  return {
    shares: sharesOf(spread.shares, nameOf),
    failover: failover.map((level) => level.map(nameOf)),
    failures: failuresOf(explanation, nameOf),
    load: loadOf(explanation, cluster, nameOf),
    round: spread.round?.map(nameOf),
    lbmethod: balancer.settings.lbmethod,
    unsure: UNPREDICTABLE_SHARES[balancer.settings.lbmethod],
  };
}

/** A fraction as text: `5/6`. */
export function fractionOf({ numerator, denominator }: Fraction): FractionText {
  return `${numerator}/${denominator}`;
}

/** The number that a fraction's text stands for. */
export function valueOf(text: FractionText): number {
  const [numerator, denominator] = text.split("/").map(Number);
  return (numerator ?? 0) / (denominator ?? 1);
}

type Naming = (member: number) => string;

function namesIn({ members }: Cluster): Naming {
  return (member) => members[member]?.name ?? "";
}

function sharesOf(shares: readonly Share[], nameOf: Naming): Shares {
  return Object.fromEntries(shares.map(({ member, share }) => [nameOf(member), fractionOf(share)]));
}

function failuresOf({ costs }: Explanation, nameOf: Naming): readonly FailureReview[] {
  return costs.map((cost) => ({
    member: nameOf(cost.member),
    failedRequests: cost.failedRequests,
    firstDelaySeconds: cost.firstDelay / 1e6,
    firstRefused: cost.firstRefused,
    backWithinSeconds: cost.backWithin / 1e6,
    instead: sharesOf(cost.instead, nameOf),
  }));
}

function loadOf({ spread, costs }: Explanation, { members }: Cluster, nameOf: Naming): LoadReview | null {
  const busiest = busiestOf(spread.shares);
  if (busiest === undefined) return null;
  const outages = costs.flatMap(({ member, instead }) => {
    const worst = busiestOf(instead);
    return worst === undefined ? [] : [{ down: member, ...worst }];
  });
  const [hardest] = outages.toSorted((one, other) => ratio(other.share) - ratio(one.share) || one.down - other.down);
  const bearable = (shares: readonly Share[]): number | null => capacityFor(shares, members);
  return {
    allUp: { member: nameOf(busiest.member), share: fractionOf(busiest.share) },
    oneDown:
      hardest === undefined
        ? null
        : { down: nameOf(hardest.down), member: nameOf(hardest.member), share: fractionOf(hardest.share) },
    capacity: { allUp: bearable(spread.shares), oneDown: least(costs.map(({ instead }) => bearable(instead))) },
  };
}

function busiestOf(shares: readonly Share[]): Share | undefined {
  return shares.toSorted((one, other) => ratio(other.share) - ratio(one.share) || one.member - other.member)[0];
}

/** Requests per second at which the first of them reaches its capacity; of nobody it is 0. */
function capacityFor(shares: readonly Share[], members: Cluster["members"]): number | null {
  if (shares.length === 0) return 0;
  return least(
    shares.map(({ member, share }) => {
      const { capacity } = members[member] ?? {};
      return capacity === undefined ? null : (capacity * share.denominator) / share.numerator;
    }),
  );
}

/** The least number; null where one is not known, or there is none. */
function least(numbers: readonly (number | null)[]): number | null {
  const known = numbers.flatMap((number) => (number === null ? [] : [number]));
  return known.length < numbers.length || known.length === 0 ? null : Math.min(...known);
}

function ratio({ numerator, denominator }: Fraction): number {
  return numerator / denominator;
}
