import { compiledJudge } from "../shape/compile.js";
import type { SchemaJudge } from "../shape/judge.js";
import { specSchema } from "./spec.js";

/** Judges specs by their schema. */
export const judgeSpec: SchemaJudge = compiledJudge(specSchema);
