import { CONDITION } from "./condition.js";
import { afterChecks, checksOf } from "./classes.js";
import { cell, conditionIn, membersIn, remainingIn } from "./fast-request.js";
import type { Row } from "./fast-request.js";
import type { SearchLayout } from "./layout.js";

const { error } = CONDITION;

/*
 * A search has no clock. Where a row of a running httpd holds the time left until a member is tried again, a row of a
 * search holds the epoch in which the error was marked: waits part epochs, and epochs are numbered from 0 without gaps.
 * The integers behind all members of a row are the epoch of the next error, and the clock of one member that the search
 * watches: it runs while the member is back, and is dated by epochs as errors are.
 */

/** How the clock of a member that returned stands; above these, the epoch in which it was started. */
export const CLOCK = { off: 0, rung: 1 } as const;

const STARTED = 2;

/** What one wait brings about. */
export interface WaitChoice {
  /** Members whose errors end. */
  readonly ends: readonly number[];
  /** True when the clock rings. */
  readonly rings?: boolean;
  /** Members of which enough health checks come to the same end, after whatever error of theirs ends. */
  readonly checks?: readonly number[];
}

/** Choices of a wait, and whether they are all there are. */
export interface WaitChoices {
  readonly choices: readonly WaitChoice[];
  readonly whole: boolean;
}

/** Something that a wait may end: an error, or with member -1 the time of the clock. */
interface Pending {
  readonly member: number;
  readonly epoch: number;
  /** Milliseconds it lasts. */
  readonly lasts: number;
  /** Health checks may come, or not: nothing else has to have ended but, with `true`, an error of the same member. */
  readonly checks?: boolean;
}

/** Members in error, in order. */
export function membersInError(row: Row): readonly number[] {
  const members: number[] = [];
  for (let m = 0; m < membersIn(row); m++) if (((row[m] as number) & error) !== 0) members.push(m);
  return members;
}

/**
 * Every choice of what one wait can end. With an error ends each that was marked no later and has a retry time no
 * longer, and the clock likewise: this is all that is asked of a choice here, so a running httpd can do nothing that is
 * not among them. That lengths of all waits exist which bring about just these ends is looked at when something is
 * found (`timed`). A wait that ends nothing parts what was marked before it from what is marked after it.
 *
 * @param most - pending ends of which every choice is looked at; beyond it all and each alone, and `whole` is false
 * @param clock - milliseconds after which the clock rings
 */
export function choicesOf(layout: SearchLayout, row: Row, most: number, clock = Infinity): WaitChoices {
  const pending = pendingIn(layout, row, clock);
  const dues = pending.map((own) => duesBefore(pending, own));
  const under = epochOf(row);
  const nothing: readonly WaitChoice[] = pending.some(({ epoch }) => epoch === under) ? [{ ends: [] }] : [];
  if (pending.length > most) {
    const alone = pending.filter((_, k) => dues[k] === 1 << k).map((own) => choiceOf([own]));
    return { choices: [...nothing, choiceOf(pending), ...alone], whole: false };
  }
  const choices: WaitChoice[] = [...nothing];
  for (let choice = 1; choice < 1 << pending.length; choice++) {
    let closed = true;
    for (let k = 0; k < pending.length && closed; k++) {
      const due = dues[k] as number;
      closed = ((choice >> k) & 1) === 0 || (due & choice) === due;
    }
    if (closed) choices.push(choiceOf(pending.filter((_, k) => ((choice >> k) & 1) === 1)));
  }
  return { choices, whole: true };
}

function pendingIn(layout: SearchLayout, row: Row, clock: number): readonly Pending[] {
  const errors = membersInError(row).map((member): Pending => {
    return { member, epoch: remainingIn(row, member), lasts: layout.members[member]?.retry ?? 0 };
  });
  const started = clockOf(row) - STARTED;
  const rings: readonly Pending[] = started < 0 ? [] : [{ member: -1, epoch: started, lasts: clock }];
  return [...errors, ...rings, ...pendingChecks(layout, row)];
}

/** Members whose condition health checks may change, at once or when their error has ended. */
function pendingChecks(layout: SearchLayout, row: Row): readonly Pending[] {
  return layout.members.flatMap((own, member): readonly Pending[] => {
    const checks = checksOf(layout, own);
    if (checks === undefined) return [];
    const condition = conditionIn(row, member);
    const calm = condition & ~error;
    if (afterChecks(condition, checks) !== condition) return [{ member, epoch: -1, lasts: 0, checks: false }];
    return afterChecks(calm, checks) === calm ? [] : [{ member, epoch: -1, lasts: 0, checks: true }];
  });
}

function choiceOf(ended: readonly Pending[]): WaitChoice {
  const ends = ended.flatMap(({ member, checks }) => (member === -1 || checks !== undefined ? [] : [member]));
  const changed = ended.flatMap(({ member, checks }) => (checks === undefined ? [] : [member]));
  const rings = ended.some(({ member }) => member === -1);
  return { ends, ...(rings && { rings }), ...(changed.length > 0 && { checks: changed }) };
}

/** Bits of what must end no later than another: marked no later, and lasting no longer; the clock must last less. */
function duesBefore(pending: readonly Pending[], own: Pending): number {
  return pending.reduce((bits, other, k) => {
    if (other === own) return bits | (1 << k);
    if (own.checks === true) return other.member === own.member ? bits | (1 << k) : bits;
    if (own.checks !== undefined || other.checks !== undefined) return bits;
    const sooner = other.member === -1 && own.member !== -1 ? other.lasts < own.lasts : other.lasts <= own.lasts;
    return other.epoch <= own.epoch && sooner ? bits | (1 << k) : bits;
  }, 0);
}

/** Ends errors by waiting, lets health checks come and the clock ring, and begins the next epoch. */
export function passPause(layout: SearchLayout, row: Row, { ends, rings = false, checks = [] }: WaitChoice): void {
  for (const member of ends) row[member] = conditionIn(row, member) & ~error;
  for (const member of checks) {
    const own = layout.members[member];
    const come = own && checksOf(layout, own);
    const condition = conditionIn(row, member);
    const after = come === undefined ? condition : afterChecks(condition, come);
    row[member] = (after & error) === 0 ? after : cell(after, remainingIn(row, member));
  }
  if (rings) setClock(row, CLOCK.rung);
  row[row.length - 2] = epochOf(row) + 1;
  numberEpochs(row);
}

/** Puts errors marked since `before` into the epoch under way, in the place of their retry time. */
export function dateErrors(before: Row, row: Row): void {
  const epoch = epochOf(row);
  for (let m = 0; m < membersIn(row); m++) {
    const condition = conditionIn(row, m);
    if ((condition & error) === 0) row[m] = condition;
    else if (row[m] !== before[m]) row[m] = cell(condition, epoch);
  }
  numberEpochs(row);
}

/** How the clock stands: {@link CLOCK}, or above it while it runs. */
export function clockOf(row: Row): number {
  return row[row.length - 1] as number;
}

/** Puts the clock to a stand of {@link CLOCK}. */
export function setClock(row: Row, stand: number): void {
  row[row.length - 1] = stand;
  numberEpochs(row);
}

/** Starts the clock in the epoch under way. */
export function startClock(row: Row): void {
  row[row.length - 1] = epochOf(row) + STARTED;
  numberEpochs(row);
}

/** Marks a member that is in error as so since the epoch under way; {@link numberEpochs} has to follow. */
export function beginError(row: Row, member: number): void {
  row[member] = cell(conditionIn(row, member), epochOf(row));
}

function epochOf(row: Row): number {
  return row[row.length - 2] as number;
}

/** Numbers the epochs that something is left of from 0 without gaps, so that states that behave alike are equal. */
export function numberEpochs(row: Row): void {
  const members = membersInError(row);
  const started = clockOf(row) - STARTED;
  const marked = [...members.map((m) => remainingIn(row, m)), ...(started < 0 ? [] : [started])];
  const epochs = [...new Set(marked)].sort((a, b) => a - b);
  const under = epochOf(row);
  for (const m of members) row[m] = cell(conditionIn(row, m), epochs.indexOf(remainingIn(row, m)));
  if (started >= 0) row[row.length - 1] = epochs.indexOf(started) + STARTED;
  const last = epochs.at(-1);
  row[row.length - 2] = last === undefined ? 0 : epochs.length - Number(last === under);
}
