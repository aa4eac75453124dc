import { checkParameter, printParameter } from "../vocabulary/codec.js";
import type { Parameter, ParameterTable, ParameterValue } from "../vocabulary/parameter.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { nearestName, suggestion } from "../vocabulary/suggest.js";
import { existsIn } from "../vocabulary/versions.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import { checkText } from "./check-text.js";
import { shown } from "../vocabulary/shown.js";

/** Whose parameters are checked, and for which httpd. */
export interface ParameterPlace {
  /** Pointer to the object with the parameters. */
  readonly at: Pointer;
  /** The owner in messages: `member 'node1'`. */
  readonly owner: string;
  readonly httpd: HttpdVersion;
}

/** Every wrong, unknown or too new parameter of an object, in the order given. */
export function checkParameters(
  table: ParameterTable,
  values: Readonly<Record<string, unknown>>,
  place: ParameterPlace,
): readonly Problem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const at: Pointer = `${place.at}${pointerStep(name)}`;
    const subject = `${name} of ${place.owner}`;
    const parameter = Object.hasOwn(table, name) ? table[name] : undefined;
    if (parameter === undefined) return [unknownParameter(name, Object.keys(table), { at, subject, value })];
    return checkValue(parameter, value, { at, subject }, place.httpd);
  });
}

function checkValue(
  parameter: Parameter,
  value: unknown,
  place: { readonly at: Pointer; readonly subject: string },
  httpd: HttpdVersion,
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
  place: { readonly at: Pointer; readonly subject: string },
  httpd: HttpdVersion,
): readonly Problem[] {
  const { since, newer = [] } = parameter;
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

function unknownParameter(
  name: string,
  known: readonly string[],
  place: { readonly at: Pointer; readonly subject: string; readonly value: unknown },
): Problem {
  const { at, subject } = place;
  const near = nearestName(name, known);
  const fix = near === undefined ? "remove it" : `did you mean '${near}'?`;
  return { at, subject, found: `unknown parameter ${shown(name)}`, allowed: known.join(", "), fix };
}

/** A name that has to be one of those known. */
export function checkKnown(
  name: string,
  known: readonly string[],
  place: { readonly at: Pointer; readonly subject: string },
): readonly Problem[] {
  if (known.includes(name)) return [];
  const allowed = known.length === 0 ? "nothing, as none is defined" : known.join(", ");
  const fix = known.length === 0 ? "define it first" : suggestion(name, known);
  return [{ ...place, found: shown(name), allowed, fix }];
}

/** One problem for each item whose key was there before. */
export function checkUnique<T>(
  items: readonly T[],
  key: (item: T, index: number) => string | undefined,
  describe: (item: T, index: number, first: number) => Problem,
): readonly Problem[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, index) => {
    const own = key(item, index);
    if (own === undefined) return [];
    const first = seen.get(own);
    if (first === undefined) seen.set(own, index);
    return first === undefined ? [] : [describe(item, index, first)];
  });
}
