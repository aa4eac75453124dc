import { KINDS } from "./kind-table.js";
import type { Complaint } from "./problem.js";
import type { JsonSchema, JsonValue } from "./json.js";
import type { KindCodec } from "./kind.js";
import type { Reading, ReadingContext } from "./reading.js";
import type { Parameter, ParameterValue } from "./parameter.js";

/** Reads the text after `=` exactly as httpd does; the message is httpd's own sentence. */
export function readParameter(parameter: Parameter, text: string, context: ReadingContext): Reading {
  return codecOf(parameter).read(parameter, text, context);
}

/** The text httpd reads back as this value; not quoted. The value must have passed {@link checkParameter}. */
export function printParameter(parameter: Parameter, value: ParameterValue): string {
  return codecOf(parameter).print(parameter, value);
}

/** Says what is wrong with a value given to the API, or undefined. Any JavaScript value may be passed. */
export function checkParameter(parameter: Parameter, value: unknown): Complaint | undefined {
  return codecOf(parameter).check(parameter, value);
}

/** JSON Schema of the value in a spec file. */
export function parameterSchema(parameter: Parameter): JsonSchema {
  const schema = codecOf(parameter).schema(parameter);
  return { ...schema, description: `${parameter.doc} Default: ${parameter.defaultDoc}.` };
}

/** The typed value of a JSON value of a spec file; the JSON value itself when it has the wrong shape. */
export function parameterFromJson(parameter: Parameter, json: JsonValue): unknown {
  return codecOf(parameter).fromJson(json);
}

/** The JSON value that {@link parameterFromJson} reads back. */
export function parameterToJson(parameter: Parameter, value: ParameterValue): JsonValue {
  return codecOf(parameter).toJson(value);
}

/** Narrowing by the tag that chose the codec: each codec only ever meets parameters and values of its own kind. */
function codecOf(parameter: Parameter): KindCodec<Parameter, ParameterValue> {
  return KINDS[parameter.kind];
}
