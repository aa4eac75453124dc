import { Document, visit } from "yaml";
import { scenarioToJson } from "../core/scenario/scenario.js";
import type { Scenario } from "../core/scenario/scenario.js";

/** How deep below the document the value of a step stands: `steps`, its list, a step, its key. */
const STEP_VALUE = 6;

/** A scenario as the lines of a scenario file, one line a step. */
export function scenarioYaml(scenario: Scenario): readonly string[] {
  const document = new Document(scenarioToJson(scenario));
  visit(document, {
    Collection(_key, node, path) {
      if (path.length >= STEP_VALUE) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 }).trimEnd().split("\n");
}
