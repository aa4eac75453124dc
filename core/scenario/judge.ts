import { compiledJudge } from "../shape/compile.js";
import type { SchemaJudge } from "../shape/judge.js";
import { scenarioSchema } from "./scenario.js";

/** Judges scenarios by their schema. */
export const judgeScenario: SchemaJudge = compiledJudge(scenarioSchema);
