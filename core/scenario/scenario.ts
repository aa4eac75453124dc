import { listOf } from "../shape/collections.js";
import { record } from "../shape/record.js";
import { documentSchema } from "../shape/shape.js";
import type { Shape } from "../shape/shape.js";
import { jsonOf } from "../shape/written.js";
import type { Written } from "../shape/written.js";
import type { Duration } from "../vocabulary/duration.js";
import type { JsonSchema, JsonValue } from "../vocabulary/json.js";
import { STEPS } from "./steps.js";
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

const STEP = record(STEPS, { single: true }) as Shape<Step>;

/** A whole scenario file. */
export const SCENARIO: Shape<Scenario> = record(
  {
    steps: {
      doc: "What happens, in this order.",
      shape: listOf(STEP, { allowed: "a list of steps", label: (index) => `step ${index + 1}` }),
      required: true,
    },
  },
  {
    doc: "What happens to a balancer, step by step, and what is expected to come out.",
    refusal: () => ({ allowed: "a mapping with 'steps'", fix: "write steps: and a list below it" }),
  },
);

/** JSON Schema of a scenario file. */
export function scenarioSchema(): JsonSchema {
  return documentSchema("Scenario", SCENARIO);
}

/** The scenario as JSON that reads back as the same scenario, in its shortest form. */
export function scenarioToJson(scenario: Scenario): JsonValue {
  return jsonOf(writtenScenario(scenario));
}

/** As {@link scenarioToJson}, with keys in the order in which a file shows them. */
export function writtenScenario(scenario: Scenario): Written {
  return SCENARIO.write(scenario) ?? {};
}
