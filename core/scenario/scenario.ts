import { formatDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import type { JsonValue } from "../vocabulary/json.js";
import type { RequestStep, RespondStep, SetStep } from "./steps.js";

/** What happens, step by step, and what is expected to come out: an executable acceptance test. */
export interface Scenario {
  readonly steps: readonly Step[];
}

/** One thing that happens; members by name or URL. */
export type Step =
  | { readonly request: RequestStep }
  | { readonly stop: readonly string[] }
  | { readonly start: readonly string[] }
  | { readonly respond: RespondStep }
  | { readonly wait: Duration }
  | { readonly set: SetStep }
  | { readonly reload: "graceful" | "restart" };

/** The scenario as JSON that reads back as the same scenario, in its shortest form. */
export function scenarioToJson(scenario: Scenario): JsonValue {
  return { steps: scenario.steps.map(stepToJson) };
}

function stepToJson(step: Step): JsonValue {
  if ("wait" in step) return { wait: formatDuration(step.wait) };
  if (!("request" in step)) return step;
  const { every, ...rest } = step.request;
  const keys = Object.keys(step.request);
  if (keys.length === 1 && rest.count !== undefined) return { request: rest.count };
  return { request: { ...(rest as Record<string, JsonValue>), ...(every && { every: formatDuration(every) }) } };
}
