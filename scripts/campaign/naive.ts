import fc from "fast-check";
import { compareLateness, compareRefusals, latenessCases, refusalCases } from "../../test/core/promises/naive.js";
import type { Comparison } from "../../test/core/promises/naive.js";
import type { Topology } from "../../core/topology/topology.js";
import type { Attacked, Find } from "./attack.js";

const MOST_MEMBERS = 4;

/** Most states of one search. */
const MOST_STATES = 40_000;

/** Layouts of up to four members, by the searches and by a plain breadth-first simulation that must agree with them. */
export function attackByNaiveSearch(seed: number, until: number): Promise<Attacked> {
  const counts = new Map<string, number>();
  const finds: Find[] = [];
  for (let place = 0; Date.now() < until; place++) {
    const { what, topology, members, comparison } = compared(seed + place, place);
    const { searched, simulated } = comparison;
    const ending = searched !== simulated ? "differ" : simulated === undefined ? "both find none" : "both find one";
    const word = `${what}, ${members} members: ${ending}`;
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (searched !== simulated) finds.push({ place, fixture: { what, topology, searched, simulated } });
  }
  return Promise.resolve({ counts, finds });
}

interface Compared {
  readonly what: string;
  readonly topology: Topology;
  readonly members: number;
  readonly comparison: Comparison;
}

function compared(seed: number, place: number): Compared {
  const what = (["always-served", "failback", "standby-idle"] as const)[place % 3] ?? "always-served";
  if (what === "always-served") {
    const [own] = fc.sample(refusalCases(MOST_MEMBERS), { seed, numRuns: 1 });
    if (own === undefined) throw new Error("no case was drawn");
    return { what, topology: own[0], members: membersOf(own[0]), comparison: compareRefusals(own) };
  }
  const [own] = fc.sample(latenessCases(MOST_MEMBERS), { seed, numRuns: 1 });
  if (own === undefined) throw new Error("no case was drawn");
  const comparison = compareLateness(what, own, MOST_STATES);
  return { what, topology: own[0], members: membersOf(own[0]), comparison };
}

function membersOf({ clusters }: Topology): number {
  return clusters.reduce((sum, { members }) => sum + members.length, 0);
}
