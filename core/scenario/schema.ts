import type { JsonSchema } from "../vocabulary/json.js";
import { STEPS } from "./steps.js";

/** JSON Schema of a scenario file. */
export function scenarioSchema(): JsonSchema {
  const steps = Object.entries(STEPS).map(([key, { doc, shape }]) => ({
    type: "object",
    properties: { [key]: shape.schema },
    required: [key],
    additionalProperties: false,
    description: doc,
  }));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Scenario",
    description: "What happens to a balancer, step by step, and what is expected to come out.",
    type: "object",
    properties: { steps: { type: "array", items: { oneOf: steps } } },
    required: ["steps"],
    additionalProperties: false,
  };
}
