import { replayLast, inError } from "./replay.js";
import { UNUSABLE } from "./search/condition.js";
import { conditionIn } from "./search/fast-request.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";

/** Why httpd refused a request although somebody could serve it; members by index. */
export type Cause =
  /** Every try went to a member that is down, and `maxattempts` was used up. */
  | { readonly kind: "tries"; readonly tried: readonly number[] }
  /** Nobody was usable, and not all members were in error, so nothing was recovered by force. */
  | { readonly kind: "suppressed"; readonly tried: readonly number[]; readonly by: readonly number[] }
  /** Nobody was usable, and `forcerecovery` is off. */
  | { readonly kind: "not-recovered"; readonly tried: readonly number[] }
  /** The member tried ignores errors, so httpd does not try another. */
  | { readonly kind: "ignored"; readonly tried: readonly number[] }
  /** The session may not move. */
  | { readonly kind: "nofailover"; readonly tried: readonly number[] };

/** Finds the cause of the refusal that a scenario ends with; undefined where only the model knows what happens. */
export function causeOf(layout: SearchLayout, events: readonly SearchEvent[]): Cause | undefined {
  const last = events.at(-1);
  const ending = replayLast(layout, events);
  if (ending === undefined || last?.kind !== "request") return undefined;
  const { tried, row } = ending;
  const failed = tried.at(-1);
  if (failed !== undefined && layout.members[failed]?.ignoresErrors === true) return { kind: "ignored", tried };
  if (tried.length > layout.furtherTries) return { kind: "tries", tried };
  const sessionStays = layout.nofailover && layout.members.some(({ route }) => route === last.route && route !== "");
  if (last.route !== undefined && sessionStays) return { kind: "nofailover", tried };
  const by = layout.members.flatMap((_, m) => (inError(row, m) ? [] : [m]));
  const nobodyUsable = by.every((m) => (conditionIn(row, m) & UNUSABLE) !== 0);
  if (!layout.forceRecovery && nobodyUsable) return { kind: "not-recovered", tried };
  return { kind: "suppressed", tried, by };
}
