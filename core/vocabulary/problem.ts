import type { SourcePlace } from "./place.js";

/** A JSON pointer (RFC 6901) into the value a problem is about, for example `/clusters/0/members/2/parameters/lbset`. */
export type Pointer = "" | `/${string}`;

/** What is wrong with a value, without its place. */
export interface Complaint {
  /** The value found, as written. */
  readonly found: string;
  /** What would have been accepted. */
  readonly allowed: string;
  /** What to do about it. */
  readonly fix: string;
}

/**
 * Something wrong in an input, as data: the four answers every message of this project gives.
 *
 * Where the subject is written (a YAML line, a line of httpd.conf, a construct path) is found from `at` by the edge
 * that knows the source; `subject` names it in words.
 */
export interface Problem extends Complaint {
  /** Place of the wrong value in the input. */
  readonly at: Pointer;
  /** What is wrong, named in the user's words: `loadfactor of member 'node1'`. */
  readonly subject: string;
}

/** One sentence that says subject, found, allowed and fix. */
export function problemText(problem: Problem): string {
  return `${problem.subject}: found ${problem.found}, allowed is ${problem.allowed}; ${problem.fix}`;
}

/** What a {@link ProblemError} of any copy of this package in a process has. */
const BRAND = Symbol.for("cdktf-httpd-balancer.ProblemError");

/**
 * Thrown by calls of the API that were given wrong values; carries the problems as data. `instanceof` also holds for
 * errors of another copy of this package.
 */
export class ProblemError extends Error {
  readonly #problems: readonly Problem[];

  /** @param place - construct path or file, in front of each sentence */
  constructor(problems: readonly Problem[], place?: string) {
    super(problems.map((problem) => (place === undefined ? "" : `[${place}] `) + problemText(problem)).join("\n"));
    this.name = "ProblemError";
    this.#problems = problems;
  }

  /** The problems that the message tells; no field, because Node would print them once more below the message. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** @internal */
  get [BRAND](): true {
    return true;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}

/** One step of a JSON pointer, escaped. */
export function pointerStep(key: string | number): `/${string}` {
  return `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The steps of a JSON pointer, unescaped: `/a~1b/0` has `a/b` and `0`. */
export function pointerSteps(pointer: Pointer): readonly string[] {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A problem, and where in a file it is written. */
export interface PlacedProblem extends Problem, SourcePlace {}
