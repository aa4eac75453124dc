import { LB_METHODS } from "./lbmethods.js";
import { formatDuration } from "./duration.js";
import { nearestName } from "./suggest.js";
import type { IntegerParameter, Parameter, ReferenceParameter, TextParameter, TimeParameter } from "./parameter.js";
import type { ReadingContext } from "./reading.js";

/**
 * What to write instead of a value that httpd refuses.
 *
 * @param text - the value as it is written
 * @param written - the parameter with a value: `retry=10`
 */
export function valueMend(
  parameter: Parameter,
  text: string,
  context: ReadingContext,
  written: (value: string) => string,
): string {
  switch (parameter.kind) {
    case "integer":
      return `write ${integerRange(parameter)}: ${written(String(Math.max(parameter.min, parameter.default ?? 0)))}`;
    case "factor":
      return `write a number from ${parameter.min} to ${parameter.max}: ${written("1")} to ${written(String(parameter.max))}`;
    case "seconds":
      return `write whole seconds, ${parameter.min} or more, without a unit: ${written("10")}`;
    case "time":
      return timeMend(parameter, written);
    case "milliseconds":
      return `write milliseconds from 0 to ${parameter.max}, without a unit: ${written("10")}`;
    case "lifetime":
      return `write whole seconds, or -1 for ever: ${written("30")}`;
    case "flag":
      return `write ${written("On")} or ${written("Off")}`;
    case "choice":
      return choiceMend(parameter.values, text, context, written);
    case "text":
      return textMend(parameter, text, written);
    case "status":
      return `write letters of ${written("")} behind + or -, without blanks or commas: ${written("+H")} for a hot standby, ${written("+D")} for disabled, ${written("+N")} for draining`;
    case "codes":
      return `write status codes from ${parameter.min} to ${parameter.max} with commas between: ${written("502,503,504")}`;
    case "separator":
      return `write one character, or Off: ${written(".")}`;
    case "provider":
      return methodMend(text, written);
    case "reference":
      return referenceMend(parameter, text, context, written);
  }
}

type Written = (value: string) => string;

function integerRange({ min, max, orZero }: IntegerParameter): string {
  const least = orZero === true ? `0, or ${min}` : String(min);
  return max === undefined ? `a whole number, ${least} or more` : `a whole number from ${least} to ${max}`;
}

function timeMend({ minMilliseconds, defaultUnit }: TimeParameter, written: Written): string {
  const least = formatDuration({ milliseconds: minMilliseconds });
  const unit = defaultUnit === "s" ? "seconds" : "milliseconds";
  return `write a time of at least ${least} without a blank: ${written("5")} (${unit}) or ${written("500ms")}`;
}

function choiceMend(values: readonly string[], text: string, context: ReadingContext, written: Written): string {
  if (text.toUpperCase() === "CPING" && values.includes("CPING") && !context.ajp) {
    return `load mod_proxy_ajp, which ${written("CPING")} needs, or write ${written("TCP")}`;
  }
  const near = nearestName(text, values);
  return near === undefined ? `write one of ${values.map(written).join(", ")}` : `did you mean ${written(near)}?`;
}

function textMend({ maxLength }: TextParameter, text: string, written: Written): string {
  if (maxLength === 0) return `remove ${written(text)}`;
  return `shorten it from ${text.length} to at most ${maxLength} characters`;
}

function methodMend(text: string, written: Written): string {
  const names = Object.keys(LB_METHODS);
  const same = names.find((name) => name === text);
  if (same !== undefined) return `load mod_lbmethod_${same}, whose method it is`;
  const near = nearestName(text, names);
  if (near !== undefined) return `did you mean ${written(near)}? Case counts`;
  return `write one of ${names.map(written).join(", ")}, and load its module`;
}

function referenceMend(
  { refersTo }: ReferenceParameter,
  text: string,
  context: ReadingContext,
  written: Written,
): string {
  const template = refersTo === "health-check-template";
  const known = [...(template ? context.healthCheckTemplates : context.healthCheckExpressions)];
  const directive = template ? "ProxyHCTemplate" : "ProxyHCExpr";
  const rest = template ? "hcmethod=TCP hcinterval=5" : "{%{REQUEST_STATUS} =~ /^[234]/}";
  if (known.length === 0) return `define it above this line, in the same server: ${directive} ${text} ${rest}`;
  return `write ${known.map(written).join(" or ")}, or define it with ${directive} above this line`;
}
