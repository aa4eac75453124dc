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

/** Members in error, in order. */
export function membersInError(row: Row): readonly number[] {
  const members: number[] = [];
  for (let m = 0; m < row.length >> 1; m++) if (((row[m] as number) & error) !== 0) members.push(m);
  return members;
}

/**
 * Every choice of errors that one wait can end: with an error ends each that was marked no later and has a retry time
 * no longer. No error at all is a choice while an error of the epoch under way is there.
 *
 * @param most - members in error of which every choice is looked at; beyond it, all and each alone
 */
export function choicesOf(layout: SearchLayout, row: Row, most: number): readonly (readonly number[])[] {
  const members = membersInError(row);
  const dues = members.map((member) => duesBefore(layout, row, members, member));
  const chosen = (choice: number): readonly number[] => members.filter((_, k) => ((choice >> k) & 1) === 1);
  const choices: (readonly number[])[] = members.some((m) => remainingIn(row, m) === epochOf(row)) ? [[]] : [];
  if (members.length > most)
    return [...choices, members, ...members.filter((_, k) => dues[k] === 1 << k).map((m) => [m])];
  for (let choice = 1; choice < 1 << members.length; choice++) {
    let closed = true;
    for (let k = 0; k < members.length && closed; k++) {
      const due = dues[k] as number;
      closed = ((choice >> k) & 1) === 0 || (due & choice) === due;
    }
    if (closed) choices.push(chosen(choice));
  }
  return choices;
}

/** Bits of the members that must be tried again no later than another: marked no later, and no longer alone. */
function duesBefore(layout: SearchLayout, row: Row, members: readonly number[], member: number): number {
  const retry = layout.members[member]?.retry ?? 0;
  const marked = remainingIn(row, member);
  return members.reduce((bits, other, k) => {
    const due = remainingIn(row, other) <= marked && (layout.members[other]?.retry ?? 0) <= retry;
    return due ? bits | (1 << k) : bits;
  }, 0);
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
