import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";

/** A problem with the place it is written at. */
export interface PlacedProblem extends Problem, SourcePlace {}

/** Finds where a part of a Topology is written. */
export type LocateInSpec = (at: Pointer) => SourcePlace;

/** Steps of a JSON pointer, unescaped. */
export function pointerSteps(pointer: Pointer): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
