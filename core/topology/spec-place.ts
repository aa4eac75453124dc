import type { Pointer, Problem } from "../vocabulary/problem.js";

/** Where something is written. */
export interface SpecPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
}

/** A problem with the place it is written at. */
export interface PlacedProblem extends Problem, SpecPlace {}

/** Finds where a part of a Topology is written. */
export type LocateInSpec = (at: Pointer) => SpecPlace;

/** Steps of a JSON pointer, unescaped. */
export function pointerSteps(pointer: Pointer): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
