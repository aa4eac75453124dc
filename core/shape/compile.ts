import { Ajv2020 } from "ajv/dist/2020.js";
import type { Options } from "ajv/dist/2020.js";
import type { JsonSchema } from "../vocabulary/json.js";
import type { SchemaError, SchemaJudge } from "./judge.js";

/** How schemas are compiled, here and when the package is built. */
export const AJV_OPTIONS: Options = { allErrors: true, strict: true, allowUnionTypes: true };

/**
 * Compiles a schema when it is used for the first time. In the built package nothing is left to compile: the modules
 * that call this are replaced by what ajv makes of their schemas (`scripts/compile-judges.mjs`).
 */
export function compiledJudge(schema: () => JsonSchema): SchemaJudge {
  let validate: ReturnType<Ajv2020["compile"]> | undefined;
  return (json) => {
    validate ??= new Ajv2020(AJV_OPTIONS).compile(schema());
    return validate(json) ? [] : ((validate.errors ?? []) as readonly SchemaError[]);
  };
}
