import { afterChecks } from "./classes.js";
import type { SearchLimits } from "./classes.js";
import { abstractSpreadOf } from "./abstract-state.js";
import type { AbstractStates, Axis } from "./abstract-state.js";
import { CONDITION } from "./condition.js";

const { down, error, out, draining } = CONDITION;

/** A change of one member of a class, as what it adds to the number of a state: by spread, 0 where it cannot be. */
interface Change {
  /** True when one more member is down behind it. */
  readonly fells: boolean;
  readonly forth: Int32Array;
  /** The same for the change taken back: from where it led to where it came from. */
  readonly back: Int32Array;
}

/** Changes of one kind, axis by axis. */
export type Changes = readonly { readonly axis: Axis; readonly changes: readonly Change[] }[];

/** Changes that are one event each: stop, start, and what operators do. */
export function togglesOf({ axes }: AbstractStates, { actions = [] }: SearchLimits): Changes {
  const bits: readonly number[] = [
    down,
    ...(actions.includes("drain") ? [draining] : []),
    ...(actions.includes("disable") ? [out] : []),
  ];
  return axes.map((axis) => changesOf(axis, (from, to) => bits.includes(from ^ to)));
}

/** Changes that waiting brings: clocks that run out clear Err; health checks set HcFl and clear both. */
export function expiriesOf({ axes }: AbstractStates): Changes {
  return axes.map((axis) => {
    const { checks } = axis.group;
    return changesOf(axis, (from, to) => {
      if ((from & error) !== 0 && to === (from & ~error)) return true;
      return checks !== undefined && to === afterChecks(from, checks);
    });
  });
}

/**
 * Visits the states behind each change of a state, with whether the change leaves one more member down; on the way
 * back those from which a change leads to it.
 */
export function eachChange(
  kinds: Changes,
  way: "forth" | "back",
  state: number,
  visit: (other: number, fells: boolean) => void,
): void {
  for (const { axis, changes } of kinds) {
    const spread = abstractSpreadOf(axis, state);
    for (const change of changes) {
      const step = change[way][spread] as number;
      if (step !== 0) visit(state + step, change.fells);
    }
  }
}

function changesOf(axis: Axis, isChange: (from: number, to: number) => boolean): Changes[number] {
  const { conditions } = axis.group;
  const steps = (from: number, to: number): Int32Array =>
    Int32Array.from({ length: axis.table.size }, (_, spread) => {
      const next = axis.table.move(spread, from, to);
      return next === -1 ? 0 : (next - spread) * axis.stride;
    });
  const changes = conditions.flatMap((before, from) =>
    conditions.flatMap((after, to) =>
      from !== to && isChange(before, after)
        ? [{ fells: (after & down) > (before & down), forth: steps(from, to), back: steps(to, from) }]
        : [],
    ),
  );
  return { axis, changes };
}
