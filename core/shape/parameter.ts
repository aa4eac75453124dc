import { checkParameter, parameterFromJson, parameterSchema, parameterToJson } from "../vocabulary/codec.js";
import type { Parameter, ParameterValue } from "../vocabulary/parameter.js";
import { shown } from "../vocabulary/shown.js";
import { pointerTo, subjectAt } from "./json-place.js";
import { judgedShape } from "./shape.js";
import type { Shape } from "./shape.js";

/** The value of a parameter, as its entry in a table of the vocabulary describes it. */
export function parameterShape(parameter: Parameter): Shape<ParameterValue> {
  return {
    schema: parameterSchema(parameter),
    read: (json) => parameterFromJson(parameter, json) as ParameterValue,
    write: (value) => parameterToJson(parameter, value),
    complaint: (json) => {
      const complaint = checkParameter(parameter, parameterFromJson(parameter, json));
      const own = complaint ?? { found: shown(json), allowed: parameter.doc };
      return parameter.secret === true ? { ...own, found: "a secret (not shown)" } : own;
    },
  };
}

/** As {@link parameterShape}, for values that nobody judges after they were read. */
export function judgedParameter<V extends ParameterValue>(parameter: Parameter): Shape<V> {
  const shape = judgedShape(parameterShape(parameter), (json, place) => {
    const complaint = checkParameter(parameter, parameterFromJson(parameter, json));
    return complaint === undefined ? [] : [{ at: pointerTo(place), subject: subjectAt(place), ...complaint }];
  });
  return shape as unknown as Shape<V>;
}
