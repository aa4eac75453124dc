import type { SetStep } from "../../scenario/steps.js";
import { shortName } from "../../topology/short-name.js";
import { readStatus } from "../../vocabulary/status.js";
import type { Cluster, Topology } from "../../topology/topology.js";
import type { RunbookStep, SettledSet } from "./step.js";
import { OUT_OF_SERVICE, ok, start, works } from "./wanted.js";

/**
 * The steps from anywhere within a runbook back to where it began: what was touched last comes back first, and a member
 * is put back only once it works.
 */
export function undoOf(topology: Topology, from: Cluster, steps: readonly RunbookStep[]): readonly RunbookStep[] {
  const sets = steps.filter((step) => step.kind === "set");
  const touched = [...new Set(sets.map(({ set }) => set.member))].reverse();
  const stopped = new Set(steps.flatMap((step) => (step.kind === "backend" ? [step.member] : [])));
  return touched.flatMap((name): readonly RunbookStep[] => {
    const own = sets.filter(({ set }) => set.member === name);
    const back = putBack(from, name, own);
    const member = from.members.find((candidate) => candidate.name === name);
    if (member === undefined || !own.some(takesOut)) return [back];
    const begin = stopped.has(member.name) ? [start(member)] : [];
    return [...begin, ...works(topology, member), back, ok(topology, member)];
  });
}

/** One change with everything that steps changed of a member, or of the balancer, as it was before the first of them. */
function putBack(from: Cluster, name: string | undefined, sets: readonly SettledSet[]): SettledSet {
  const inverses = sets.map(({ inverse }) => inverse);
  const before = inverses.reduceRight<SetStep>((later, earlier) => ({ ...later, ...earlier }), {});
  const letters = lettersBefore(inverses);
  const changed = sets.reduce<SetStep>((earlier, { set }) => ({ ...earlier, ...set }), {});
  const forth = lettersBefore(sets.map(({ set }) => set).reverse());
  return {
    kind: "set",
    text:
      name === undefined ? `put the settings of balancer ${from.name} back` : `put ${shortName(name)} back as it was`,
    set: { ...before, ...(letters !== "" && { status: letters }) },
    inverse: { ...changed, ...(forth !== "" && { status: forth }) },
    restores: true,
  };
}

/** What the first of several changes says of each letter. */
function lettersBefore(changes: readonly SetStep[]): string {
  const signs = new Map<string, string>();
  for (const { status = "" } of changes) {
    const { set = [], clear = [] } = readStatus(status) ?? {};
    for (const letter of set) if (!signs.has(letter)) signs.set(letter, "+");
    for (const letter of clear) if (!signs.has(letter)) signs.set(letter, "-");
  }
  return [...signs].map(([letter, sign]) => `${sign}${letter}`).join("");
}

function takesOut({ set: { status = "" } }: SettledSet): boolean {
  const { set = new Set() } = readStatus(status) ?? {};
  return OUT_OF_SERVICE.some((letter) => set.has(letter));
}
