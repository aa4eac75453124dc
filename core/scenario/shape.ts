import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import type { JsonSchema, JsonValue } from "../vocabulary/json.js";
import { suggestion } from "../vocabulary/suggest.js";

/** Where a value stands in a document, and what a message calls it. */
export interface Place {
  readonly at: Pointer;
  readonly subject: string;
}

/** A value read from JSON, or everything that is wrong with it. */
export type Shaped<V> =
  { readonly ok: true; readonly value: V } | { readonly ok: false; readonly problems: readonly Problem[] };

/** One shape of JSON: its schema and its reader, side by side so that they cannot drift apart. */
export interface Shape<V> {
  readonly schema: JsonSchema;
  read(json: JsonValue, place: Place): Shaped<V>;
}

/** A key of a {@link record}. */
export interface Field<V> {
  readonly doc: string;
  readonly shape: Shape<V>;
  readonly required?: boolean;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer V> ? V : never;
type RequiredKey<T extends Fields> = {
  [K in keyof T]: T[K] extends { readonly required: true } ? K : never;
}[keyof T];

/** The value a table of fields describes. */
export type RecordOf<T extends Fields> = { readonly [K in RequiredKey<T>]: ValueOf<T[K]> } & {
  readonly [K in Exclude<keyof T, RequiredKey<T>>]?: ValueOf<T[K]>;
};

/** A shape from a function that recognises the value; `allowed` is what a message offers. */
export function plain<V>(schema: JsonSchema, allowed: string, recognise: (json: JsonValue) => V | undefined): Shape<V> {
  return {
    schema,
    read(json, place) {
      const value = recognise(json);
      return value === undefined ? refusal(json, place, allowed) : { ok: true, value };
    },
  };
}

/** A whole number in a range, both ends included. */
export function whole(min: number, max: number): Shape<number> {
  return plain({ type: "integer", minimum: min, maximum: max }, `a whole number from ${min} to ${max}`, (json) =>
    typeof json === "number" && Number.isInteger(json) && json >= min && json <= max ? json : undefined,
  );
}

/** A list whose elements have one shape; a single element may stand without its list. */
export function listOf<V>(element: Shape<V>): Shape<readonly V[]> {
  return {
    schema: { anyOf: [element.schema, { type: "array", items: element.schema, minItems: 1 }] },
    read(json, place) {
      if (!isList(json)) return collected([element.read(json, place)]);
      if (json.length === 0) return refusal(json, place, "at least one entry");
      return collected(
        json.map((entry, index) => element.read(entry, { ...place, at: `${place.at}${pointerStep(index)}` })),
      );
    },
  };
}

/** A mapping from free names to values of one shape. */
export function mapOf<V>(element: Shape<V>, allowed: string): Shape<Readonly<Record<string, V>>> {
  return {
    schema: { type: "object", additionalProperties: element.schema },
    read(json, place) {
      if (!isMapping(json)) return refusal(json, place, allowed);
      const entries = Object.entries(json).map(([key, value]) => ({
        key,
        reading: element.read(value, {
          at: `${place.at}${pointerStep(key)}`,
          subject: `'${key}' in ${place.subject}`,
        }),
      }));
      const values = collected(entries.map(({ reading }) => reading));
      if (!values.ok) return values;
      return { ok: true, value: Object.fromEntries(entries.map(({ key }, index) => [key, values.value[index] as V])) };
    },
  };
}

/** A mapping with known keys; unknown ones are refused with the nearest name. */
export function record<const T extends Fields>(fields: T): Shape<RecordOf<T>> {
  const required = Object.keys(fields).filter((key) => fields[key]?.required === true);
  const properties = Object.entries(fields).map(([key, { doc, shape }]) => [
    key,
    { ...shape.schema, description: doc },
  ]);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(properties) as JsonSchema,
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    },
    read(json, place) {
      if (!isMapping(json)) return refusal(json, place, `a mapping with ${Object.keys(fields).join(", ")}`);
      const missing = required.filter((key) => !Object.hasOwn(json, key));
      const problems: readonly Problem[] = missing.map((key) => ({
        at: place.at,
        subject: place.subject,
        found: `no '${key}'`,
        allowed: `a mapping with '${key}'`,
        fix: `add ${key}: ${fields[key]?.doc ?? ""}`,
      }));
      const entries = Object.entries(json).map(([key, value]) => [key, readField(fields, key, value, place)] as const);
      const wrong = [...problems, ...entries.flatMap(([, reading]) => (reading.ok ? [] : reading.problems))];
      if (wrong.length > 0) return { ok: false, problems: wrong };
      const values = entries.map(([key, reading]) => [key, reading.ok ? reading.value : undefined] as const);
      return { ok: true, value: Object.fromEntries(values) as RecordOf<T> };
    },
  };
}

/** A refusal of a whole value. */
export function refusal(json: JsonValue, { at, subject }: Place, allowed: string, fix = "correct the value"): Refused {
  return { ok: false, problems: [{ at, subject, found: shown(json), allowed, fix }] };
}

type Refused = Extract<Shaped<never>, { readonly ok: false }>;

/** True for a JSON object. */
export function isMapping(json: JsonValue): json is { readonly [key: string]: JsonValue } {
  return typeof json === "object" && json !== null && !isList(json);
}

function isList(json: JsonValue): json is readonly JsonValue[] {
  return Array.isArray(json);
}

function readField(fields: Fields, key: string, json: JsonValue, place: Place): Shaped<unknown> {
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  const at: Pointer = `${place.at}${pointerStep(key)}`;
  if (field !== undefined) return field.shape.read(json, { at, subject: `'${key}' of ${place.subject}` });
  const known = Object.keys(fields);
  return {
    ok: false,
    problems: [
      {
        at,
        subject: `key of ${place.subject}`,
        found: shown(key),
        allowed: known.join(", "),
        fix: suggestion(key, known),
      },
    ],
  };
}

function collected<V>(readings: readonly Shaped<V>[]): Shaped<readonly V[]> {
  const problems = readings.flatMap((reading) => (reading.ok ? [] : reading.problems));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: readings.flatMap((reading) => (reading.ok ? [reading.value] : [])) };
}
