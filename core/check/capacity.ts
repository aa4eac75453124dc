import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import type { Subject } from "./place.js";

/** What is wrong with a number of requests per second that somebody can serve; nothing where none is given. */
export function checkCapacity(capacity: number | undefined, place: Subject): readonly Problem[] {
  if (capacity === undefined || (Number.isFinite(capacity) && capacity > 0)) return [];
  const allowed = "a number of requests per second above 0";
  return [{ ...place, found: shown(capacity), allowed, fix: "measure it, or leave it out" }];
}
