import type { Pointer } from "../vocabulary/problem.js";

/** Who answered a request. */
export interface Answer {
  /** URL of the member as configured; null when httpd answered itself. */
  readonly member: string | null;
  readonly status: number;
}

/**
 * What a client sees of its session: a new one where it had none, its counter that goes on, or a new one in the place of
 * its own. `perhaps` lost where it depends on who held a copy, or on what httpd leaves open.
 */
export type SessionSeen = "made" | "kept" | "lost" | "perhaps";

/** One request of a trace: the contract of `simulate --json`. */
export interface Pick extends Answer {
  /** Name of the member. */
  readonly name?: string;
  /** Members tried, the last one included. */
  readonly attempts: number;
  /** Every possible answer, this one included, where httpd is not deterministic. */
  readonly either?: readonly Answer[];
  /** False when a line in front of the balancers that is not read could decide otherwise. @default true */
  readonly judged?: false;
  /** Those lines, as pointers into the topology. */
  readonly doubts?: readonly Pointer[];
  /** What the client sees of its session; only where the step expects something of it. */
  readonly session?: SessionSeen;
  /** What happened, in words; only when asked for. */
  readonly why?: readonly string[];
}

/** A step's expectation that did not hold. */
export interface Failure {
  /** The step, from 1. */
  readonly step: number;
  /** The first request of the scenario that differs, from 1; undefined when there were no requests at all. */
  readonly request?: number;
  /** What was expected, what came, and why, in one sentence. */
  readonly message: string;
}

/** What the requests of one step came to. */
export interface StepCount {
  /** The step, from 1. */
  readonly step: number;
  readonly requests: number;
  /** Requests answered, by `URL status`; the URL is `httpd` where httpd answered itself. */
  readonly answers: Readonly<Record<string, number>>;
  /** Requests whose answer is not certain. */
  readonly uncertain: number;
  /** With several clients: how many requests get each answer, within which bounds; the likeliest first. */
  readonly shares?: readonly AnswerShare[];
}

/** How many requests of several clients get an answer. */
export interface AnswerShare extends Answer {
  /** Mean of many plays of the model. */
  readonly likely: number;
  /** A real httpd stays within these but for one time in ten thousand. */
  readonly least: number;
  readonly most: number;
}

/** What a scenario comes to. */
export interface Trace {
  /** One a request; empty when no trace was asked for. */
  readonly picks: readonly Pick[];
  /** One a step with requests. */
  readonly steps: readonly StepCount[];
  readonly failures: readonly Failure[];
  /** Where the run ended because its time was over: the step, and how many of its requests were not played. @default - it did not */
  readonly stopped?: { readonly step: number; readonly left: number };
}
