import fc from "fast-check";
import { compare, latenessCases, onlyCluster, refusalCases } from "../../test/core/promises/naive.js";
import type { NaiveCase } from "../../test/core/promises/naive.js";
import type { Attacked, Find } from "./attack.js";

const MOST_MEMBERS = 4;

/** Most states of one search. */
const MOST_STATES = 40_000;

/** Layouts of up to four members, by the searches and by a plain breadth-first simulation that must agree with them. */
export function attackByNaiveSearch(seed: number, until: number): Promise<Attacked> {
  const counts = new Map<string, number>();
  const finds: Find[] = [];
  for (let place = 0; Date.now() < until; place++) {
    const own = caseOf(seed + place, place);
    const { searched, simulated } = compare(own, MOST_STATES);
    const ending = searched !== simulated ? "differ" : simulated === undefined ? "both find none" : "both find one";
    const word = `${own.what}, ${own.cluster.members?.length ?? 0} members: ${ending}`;
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (searched !== simulated) finds.push({ place, fixture: { ...own, searched, simulated } });
  }
  return Promise.resolve({ counts, finds });
}

function caseOf(seed: number, place: number): NaiveCase {
  const what = (["always-served", "failback", "standby-idle"] as const)[place % 3] ?? "always-served";
  if (what === "always-served") {
    const [topology, failures] = drawn(refusalCases(MOST_MEMBERS), seed);
    return { what, cluster: onlyCluster(topology), failures };
  }
  const [topology, failures, within] = drawn(latenessCases(MOST_MEMBERS), seed);
  return { what, cluster: onlyCluster(topology), failures, within };
}

function drawn<T>(cases: fc.Arbitrary<T>, seed: number): T {
  const [own] = fc.sample(cases, { seed, numRuns: 1 });
  if (own === undefined) throw new Error("no case was drawn");
  return own;
}
