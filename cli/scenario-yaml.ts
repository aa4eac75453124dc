import { writtenScenario } from "../core/scenario/scenario.js";
import type { Scenario } from "../core/scenario/scenario.js";
import { yamlOf } from "../core/shape/written.js";

/** How deep in a document the value of a step stands: in `steps`, its list, a step. */
const STEP_VALUE = 3;

/** A scenario as the lines of a scenario file, one line a step. */
export function scenarioYaml(scenario: Scenario): readonly string[] {
  return yamlOf(writtenScenario(scenario), STEP_VALUE).trimEnd().split("\n");
}
