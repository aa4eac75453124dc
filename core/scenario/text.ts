import { LineCounter, isNode, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { JsonValue } from "../vocabulary/json.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { readScenario } from "./read.js";
import type { Scenario } from "./scenario.js";

/** Finds the line, from 1, on which the value at a pointer is written; the nearest value above it where it is absent. */
export type LineOf = (at: Pointer) => number;

/** A scenario with the lines of its parts, or what is wrong with the text. */
export type ScenarioText =
  | { readonly ok: true; readonly scenario: Scenario; readonly lineOf: LineOf }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly lineOf: LineOf };

/** Reads the text of a scenario file: YAML, of which JSON is a part. */
export function readScenarioText(text: string): ScenarioText {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: "error",
  });
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    const { line } = lines.linePos(syntax.pos[0]);
    return { ok: false, problems: [syntaxProblem(syntax.message)], lineOf: () => line };
  }
  const lineOf: LineOf = (at) => lineAt(document, lines, at);
  const value = plainValue(document);
  if (value === undefined) return { ok: false, problems: [syntaxProblem("aliases that multiply")], lineOf };
  const reading = readScenario(value);
  return reading.ok ? { ok: true, scenario: reading.value, lineOf } : { ok: false, problems: reading.problems, lineOf };
}

function plainValue(document: Document): JsonValue | undefined {
  try {
    return document.toJS({ maxAliasCount: 100 }) as JsonValue;
  } catch {
    return undefined;
  }
}

function syntaxProblem(message: string): Problem {
  return {
    at: "",
    subject: "the scenario",
    found: message.replace(/\s+/g, " "),
    allowed: "YAML or JSON",
    fix: "correct the syntax",
  };
}

function lineAt(document: Document, lines: LineCounter, at: Pointer): number {
  const steps = at.split("/").slice(1);
  for (let length = steps.length; length >= 0; length--) {
    const path = steps.slice(0, length).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const node: unknown = length === 0 ? document.contents : document.getIn(path, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
