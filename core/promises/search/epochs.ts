import { CONDITION } from "./condition.js";
import { cell, conditionIn, remainingIn } from "./exact-request.js";
import type { Row } from "./exact-request.js";
import type { SearchLayout } from "./layout.js";

const { error } = CONDITION;

/*
 * A search has no clock. Where a row of a running httpd holds the time left until a member is tried again, a row of a
 * search holds the epoch in which the error was marked: waits part epochs, and epochs are numbered from 0 without gaps.
 * The integer behind all members of a row is the epoch of the next error.
 */

/** Members that must be tried again no later than another: marked no later, with a retry time no longer. */
function duesBefore(layout: SearchLayout, row: Row, member: number): readonly number[] {
  const retry = layout.members[member]?.retry ?? 0;
  return membersInError(row).filter(
    (other) => (layout.members[other]?.retry ?? 0) <= retry && remainingIn(row, other) <= remainingIn(row, member),
  );
}

/** Members in error, in order. */
export function membersInError(row: Row): readonly number[] {
  const members: number[] = [];
  for (let m = 0; m < row.length >> 1; m++) if (((row[m] as number) & error) !== 0) members.push(m);
  return members;
}

/** True when a wait that ends just these errors does not contradict when they were marked. */
export function mayEnd(layout: SearchLayout, row: Row, ends: readonly number[]): boolean {
  if (ends.length === 0) return membersInError(row).some((m) => remainingIn(row, m) === epochOf(row));
  return ends.every((member) => duesBefore(layout, row, member).every((other) => ends.includes(other)));
}

/** Ends errors by waiting, and begins the next epoch. */
export function endErrors(row: Row, ends: readonly number[]): void {
  for (const member of ends) row[member] = conditionIn(row, member) & ~error;
  row[row.length - 1] = epochOf(row) + 1;
  renumber(row);
}

/** Puts errors marked since `before` into the epoch under way, in the place of their retry time. */
export function dateErrors(before: Row, row: Row): void {
  const epoch = epochOf(row);
  for (let m = 0; m < row.length >> 1; m++) {
    const condition = conditionIn(row, m);
    if ((condition & error) === 0) row[m] = condition;
    else if (row[m] !== before[m]) row[m] = cell(condition, epoch);
  }
  renumber(row);
}

function epochOf(row: Row): number {
  return row[row.length - 1] as number;
}

function renumber(row: Row): void {
  const members = membersInError(row);
  const epochs = [...new Set(members.map((m) => remainingIn(row, m)))].sort((a, b) => a - b);
  for (const m of members) row[m] = cell(conditionIn(row, m), epochs.indexOf(remainingIn(row, m)));
  const last = epochs.at(-1);
  row[row.length - 1] = last === undefined ? 0 : epochs.length - Number(last === epochOf(row));
}
