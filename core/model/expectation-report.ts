import { fingerprinted } from "../report/fingerprint.js";
import type { Report, RuleText } from "../report/report.js";
import type { Failure } from "./trace.js";

const WANTED = "The requests of a scenario are answered as it expects.";

/** What a played scenario may find, as formats list their rules. */
export const EXPECTATION_TEXTS: readonly RuleText[] = [
  { id: "expectation", severity: "error", wanted: WANTED, why: WANTED, group: "scenario" },
];

/** Where a scenario is written. */
export interface ScenarioSource {
  readonly file: string;
  /** Line of a step, from 1; of the step, from 1. */
  readonly lineOf: (step: number) => number;
  /** Steps with requests, each by its number from 1. */
  readonly steps: readonly number[];
}

/** The expectations of a scenario as a report: those that failed are findings, steps without one have passed. */
export function expectationReport({ file, lineOf, steps }: ScenarioSource, failures: readonly Failure[]): Report {
  const wrong = new Set(failures.map(({ step }) => step));
  const findings = failures.map(({ step, request, message }) => ({
    rule: "expectation",
    severity: "error" as const,
    place: { file, line: lineOf(step), column: 1 },
    length: 1,
    pointer: undefined,
    subject: request === undefined ? `step ${step}` : `request ${request} of step ${step}`,
    found: message,
    wanted: WANTED,
    fix: "change the configuration, or what the step expects",
    repair: undefined,
  }));
  return {
    input: file,
    diagnostics: fingerprinted(findings),
    suppressed: [],
    passed: steps.filter((step) => !wrong.has(step)).map((step) => `step ${step}`),
    texts: new Map(),
  };
}
