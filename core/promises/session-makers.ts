import { possibleAnswers } from "./search/abstract-space.js";
import type { PossibleAnswers } from "./search/abstract-space.js";
import { abstractStates } from "./search/abstract-state.js";
import { classesOf } from "./search/classes.js";
import type { SearchLimits } from "./search/classes.js";
import { planOfAnswer } from "./search/late-member.js";
import { firstOfEachKind, modelOnly } from "./search/layout.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";
import { findRequest, obstacles } from "./search/predicate.js";
import type { RequestFound } from "./search/predicate.js";
import type { SearchEffort } from "./search/shortest.js";

/** Most states without counters that are closed to know who may ever answer. */
const MOST_ABSTRACT_STATES = 20_000;

/** A member that answers requests without a session in some scenario. */
export interface Maker {
  readonly member: number;
  readonly tied: boolean;
  /** Events that end with a request it answers; empty where none were found. */
  readonly making: readonly SearchEvent[];
  readonly result: RequestFound;
}

/** Who may ever answer, where the states without counters are few enough to be closed. */
export function answersOf(layout: SearchLayout, limits: SearchLimits): PossibleAnswers | undefined {
  const states = abstractStates(classesOf(layout, limits, true), limits.failures, MOST_ABSTRACT_STATES);
  return states === undefined ? undefined : possibleAnswers(layout, states, limits);
}

/** Members that may answer requests without a session, the first of each kind before the others. */
export function possibleMakers(
  layout: SearchLayout,
  answers: PossibleAnswers | undefined,
  groupOf: (member: number) => string,
): readonly number[] {
  const all = layout.members.flatMap((_, member) => (answers?.plain.has(member) === false ? [] : [member]));
  const first = firstOfEachKind(layout, all, groupOf);
  return [...first, ...all.filter((member) => !first.includes(member))];
}

/** Those of some members that may answer requests without a session, each with the shortest scenario in which it does. */
export function makersOf(
  layout: SearchLayout,
  limits: SearchLimits,
  effort: SearchEffort,
  members: readonly number[],
): readonly Maker[] {
  return members.flatMap((member): readonly Maker[] => {
    const { route, lbset, place } = layout.members[member] as SearchLayout["members"][number];
    const stops = obstacles(layout, place === "standby" ? lbset : lbset - 1, member);
    const result = findRequest(layout, {
      limits,
      breaks: (served) => served.route === undefined && served.answer === member,
      distance: (row) => stops(row) + 1,
      plans: () => planOfAnswer(layout, limits, (answer) => answer === member),
      ...effort,
    });
    // That search knows no health checks: where there are any, only the abstraction says who never answers.
    if (result.kind === "closed" && modelOnly(layout) === undefined) return [];
    const making = result.kind === "found" ? result.events : [];
    return [{ member, tied: layout.sticky && route !== "", making, result }];
  });
}
