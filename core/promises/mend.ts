import type { Cluster, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { alwaysServed } from "./always-served.js";
import type { EffortOptions } from "./always-served.js";
import { maxAttemptsEdit, weakPointEdits, withCluster } from "./edits.js";
import type { MendingEdit } from "./edits.js";
import type { SearchLimits } from "./search/classes.js";
import { searchLayout } from "./search/layout.js";
import type { Sentence } from "./sentence.js";

/** Changes after which a promise holds, as checked; places are below the cluster. */
export interface Mend {
  readonly changes: readonly { readonly words: Sentence; readonly at: Pointer }[];
  /** States that were looked at to prove it. */
  readonly states: number;
}

/** Most weak points that are tried one without the other. */
const MOST_EDITS = 12;

/**
 * The smallest changes after which `always-served` holds: one change alone where there is one, else a set of which
 * none can be left out. `maxattempts` is as small as it can be.
 *
 * @param effort - `isOver` is true once the time is over: what is not found by then is left out
 */
export function mendAlwaysServed(
  topology: Topology,
  cluster: Cluster,
  limits: SearchLimits,
  { isOver = () => false, decided }: Pick<EffortOptions, "isOver" | "decided"> = {},
): readonly Mend[] {
  const index = topology.clusters.indexOf(cluster);
  const proves = (edits: readonly MendingEdit[]): number | undefined => {
    if (isOver()) return undefined;
    const edited = edits.reduce((before, edit) => edit.apply(before), cluster);
    if (edited.members.length === 0) return undefined;
    const failures = Math.min(limits.failures, edited.members.length - 1);
    const verdict = alwaysServed(
      withCluster(topology, index, edited),
      edited,
      { ...limits, failures },
      { quick: true, ...(decided && { decided }) },
    );
    return verdict.kind === "holds" ? verdict.states : undefined;
  };
  const { furtherTries } = searchLayout(topology, cluster);
  const enough = Math.max(2 * limits.failures, furtherTries);
  const tries = enough > furtherTries && enough <= 99 ? [maxAttemptsEdit(enough)] : [];
  const weak = weakPointEdits(cluster).slice(0, MOST_EDITS);
  const edits = [...tries, ...weak];
  const alone = edits.filter((edit) => proves([edit]) !== undefined).map((edit) => [edit]);
  const sets = alone.length > 0 ? alone : leastSet(edits, proves);
  return sets.flatMap((set) => {
    const smallest = set.map((edit) =>
      tries.includes(edit) ? fewestTries(furtherTries, enough, (with_) => proves(replaced(set, edit, with_))) : edit,
    );
    const states = proves(smallest);
    return states === undefined ? [] : [{ changes: smallest.map(({ words, at }) => ({ words, at })), states }];
  });
}

/** All changes together, less every one that is not needed. */
function leastSet(
  edits: readonly MendingEdit[],
  proves: (edits: readonly MendingEdit[]) => number | undefined,
): readonly (readonly MendingEdit[])[] {
  if (proves(edits) === undefined) return [];
  let needed = edits;
  for (const edit of edits) {
    const without = needed.filter((other) => other !== edit);
    if (proves(without) !== undefined) needed = without;
  }
  return [needed];
}

/** By halving: with more tries a request that is refused tries more members, so that what holds goes on to hold. */
function fewestTries(
  furtherTries: number,
  enough: number,
  proves: (edit: MendingEdit) => number | undefined,
): MendingEdit {
  let [refuted, proven] = [furtherTries, enough];
  while (proven - refuted > 1) {
    const middle = Math.floor((refuted + proven) / 2);
    if (proves(maxAttemptsEdit(middle)) === undefined) refuted = middle;
    else proven = middle;
  }
  return maxAttemptsEdit(proven);
}

function replaced(set: readonly MendingEdit[], old: MendingEdit, with_: MendingEdit): readonly MendingEdit[] {
  return set.map((edit) => (edit === old ? with_ : edit));
}
