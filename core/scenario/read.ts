import { documentProblems } from "../shape/judge.js";
import type { DocumentShape } from "../shape/judge.js";
import { readText } from "../shape/text.js";
import type { JsonValue } from "../vocabulary/json.js";
import type { SourcePlace } from "../vocabulary/place.js";
import { pointerSteps } from "../vocabulary/problem.js";
import type { PlacedProblem, Pointer, Problem } from "../vocabulary/problem.js";
import { judgeScenario } from "./judge.js";
import { SCENARIO } from "./scenario.js";
import type { Scenario } from "./scenario.js";

/** A scenario read from JSON, or everything that is wrong with it. */
export type ScenarioReading =
  { readonly ok: true; readonly value: Scenario } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A scenario that knows where its parts are written, or everything that is wrong with the text. */
export type ScenarioText =
  | { readonly ok: true; readonly scenario: Scenario; readonly locate: (at: Pointer) => SourcePlace }
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

const DOCUMENT: DocumentShape<Scenario> = {
  shape: SCENARIO,
  judge: judgeScenario,
  whole: { step: "", label: "the scenario", quoted: true },
  homes: [],
};

/** Reads a scenario from JSON; whether a topology has the members it names is checked by `check.ts`. */
export function readScenario(json: JsonValue): ScenarioReading {
  const problems = documentProblems(DOCUMENT, json);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: SCENARIO.read(json, Object.keys) };
}

/**
 * Reads the text of a scenario file: YAML, of which JSON is a part.
 *
 * @param file - name of the file in messages
 */
export function readScenarioText(text: string, file: string): ScenarioText {
  const document = readText(text, file, DOCUMENT.whole.label);
  if (!document.ok) return document;
  const locate = (at: Pointer): SourcePlace => document.locate(pointerSteps(at));
  const reading = readScenario(document.value);
  if (reading.ok) return { ok: true, scenario: reading.value, locate };
  return { ok: false, problems: reading.problems.map((problem) => ({ ...problem, ...locate(problem.at) })) };
}
