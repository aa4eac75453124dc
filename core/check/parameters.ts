import { checkParameter, printParameter } from "../vocabulary/codec.js";
import type { Parameter, ParameterTable, ParameterValue } from "../vocabulary/parameter.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { nearestName } from "../vocabulary/suggest.js";
import { existsIn } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import type { OwnerPlace, Subject } from "./place.js";
import { checkText } from "./text.js";
import { shown } from "../vocabulary/shown.js";

/** Every wrong, unknown or too new parameter of an object, in the order given. */
export function checkParameters(
  table: ParameterTable,
  values: Readonly<Record<string, unknown>>,
  place: OwnerPlace,
): readonly Problem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const at: Pointer = `${place.at}${pointerStep(name)}`;
    const subject = `${name} of ${place.owner}`;
    const parameter = Object.hasOwn(table, name) ? table[name] : undefined;
    if (parameter === undefined) return [unknownParameter(name, Object.keys(table), { at, subject })];
    return checkValue(parameter, value, { at, subject }, place.httpd);
  });
}

function checkValue(
  parameter: Parameter,
  value: unknown,
  place: Subject,
  httpd: HttpdVersion | undefined,
): readonly Problem[] {
  const complaint = checkParameter(parameter, value);
  if (complaint !== undefined) return [{ ...place, ...complaint, found: hidden(parameter, complaint.found) }];
  if (typeof value === "string") {
    const unsafe = checkText(value, place);
    if (unsafe.length > 0) return unsafe.map((problem) => ({ ...problem, found: hidden(parameter, problem.found) }));
  }
  return tooNew(parameter, value, place, httpd);
}

/** A word or value that came with a later httpd. */
function tooNew(
  parameter: Parameter,
  value: unknown,
  place: Subject,
  httpd: HttpdVersion | undefined,
): readonly Problem[] {
  const { since, newer = [] } = parameter;
  if (httpd === undefined) return [];
  if (!existsIn(httpd, since)) {
    const fix = `leave it out, or set httpd to ${since ?? httpd} or newer`;
    return [{ ...place, found: `httpd ${httpd}`, allowed: `httpd ${since ?? httpd} or newer`, fix }];
  }
  const text = newer.length === 0 ? "" : printParameter(parameter, value as ParameterValue);
  const wanting = newer.find((values) => values.pattern.test(text) && !existsIn(httpd, values.since));
  if (wanting === undefined) return [];
  const allowed = `httpd ${wanting.since} or newer for ${wanting.values}`;
  const fix = `use another value, or set httpd to ${wanting.since} or newer`;
  return [{ ...place, found: `${shown(text)} for httpd ${httpd}`, allowed, fix }];
}

function hidden(parameter: Parameter, found: string): string {
  return parameter.secret === true ? "a secret (not shown)" : found;
}

function unknownParameter(name: string, known: readonly string[], place: Subject): Problem {
  const near = nearestName(name, known);
  const fix = near === undefined ? "remove it" : `did you mean '${near}'?`;
  return { ...place, found: `unknown parameter ${shown(name)}`, allowed: known.join(", "), fix };
}
