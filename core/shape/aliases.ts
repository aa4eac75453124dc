import { EVENT_ID } from "js-yaml";
import type { Event } from "js-yaml";
import type { JsonValue } from "../vocabulary/json.js";

/** More aliases than this in one text are taken for an attack. */
export const MOST_ALIASES = 1_000;

/** More values than this, those behind aliases counted as often as they are used, are taken for an attack. */
const MOST_VALUES = 1_000_000;

/** The first alias without an anchor before it. */
export function lostAlias(
  events: readonly Event[],
  text: string,
): { readonly found: string; readonly offset: number } | undefined {
  const anchors = new Set<string>();
  for (const event of events) {
    if (!("anchorStart" in event) || event.anchorStart < 0) continue;
    const name = text.slice(event.anchorStart, event.anchorEnd);
    if (event.type !== EVENT_ID.ALIAS) anchors.add(name);
    else if (!anchors.has(name)) {
      return { found: `*${name}, but no &${name} above it`, offset: event.anchorStart - 1 };
    }
  }
  return undefined;
}

/** True when a value contains itself, or grows beyond measure once aliases are written out. */
export function isTooLarge(value: JsonValue): boolean {
  return !(sizeOf(value, new Map()) <= MOST_VALUES);
}

/** Values in a value, itself included; not a number where it contains itself. */
function sizeOf(value: JsonValue, known: Map<object, number>): number {
  if (typeof value !== "object" || value === null) return 1;
  const before = known.get(value);
  if (before !== undefined) return before;
  known.set(value, Number.NaN);
  const parts = Object.values(value) as readonly JsonValue[];
  const size = parts.reduce((sum: number, part) => sum + sizeOf(part, known), 1);
  known.set(value, size);
  return size;
}
