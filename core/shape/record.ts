import { parameterFromJson, parameterToJson } from "../vocabulary/codec.js";
import { isRecord } from "../vocabulary/json.js";
import type { JsonRecord, JsonSchema, JsonValue } from "../vocabulary/json.js";
import type { ParameterTable, ParameterValue, ParametersOf } from "../vocabulary/parameter.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { partPlace } from "./json-place.js";
import type { JsonPlace } from "./json-place.js";
import { parameterShape } from "./parameter.js";
import { definitionsOf } from "./shape.js";
import type { Part, ShapeRefusal, Shape } from "./shape.js";
import { isEmpty } from "./written.js";
import type { Written } from "./written.js";

/** A key of a {@link record}. */
export interface Field<V> {
  /** What it means, in a sentence: for editors and messages. */
  readonly doc: string;
  readonly shape: Shape<V>;
  readonly required?: boolean;
  /** True for a list that is always there in the value: an empty one is not written. */
  readonly orEmpty?: boolean;
}

/** Parameters of a table: in the value an object of their own, in JSON beside the keys of their owner. */
export interface Inlined<T extends ParameterTable> {
  readonly table: T;
}

type Fields = Readonly<Record<string, Field<unknown> | Inlined<ParameterTable>>>;
type RequiredKey<T extends Fields> = {
  [K in keyof T]: T[K] extends { readonly required: true } | Inlined<ParameterTable> ? K : never;
}[keyof T];
type FieldValue<F> = F extends Inlined<infer T> ? ParametersOf<T> : F extends Field<infer V> ? V : never;

/** The value a table of fields describes. */
export type RecordOf<T extends Fields> = { readonly [K in RequiredKey<T>]: FieldValue<T[K]> } & {
  readonly [K in Exclude<keyof T, RequiredKey<T>>]?: FieldValue<T[K]>;
};

/** What else can be said of a {@link record}. */
export interface RecordOptions {
  /** What it is, in a sentence. */
  readonly doc?: string;
  /** True when exactly one of the keys has to be there. */
  readonly single?: boolean;
  /** What a message offers instead of something that is no such mapping. @default - the keys */
  readonly refusal?: (json: JsonValue) => Partial<ShapeRefusal>;
}

/** A mapping with known keys, in the order in which they are written. */
export function record<const T extends Fields>(fields: T, options: RecordOptions = {}): Shape<RecordOf<T>> {
  const rows = Object.entries<Fields[string]>(fields);
  const parts = new Map(rows.flatMap(partsOf));
  const keys = [...parts.keys()];
  return {
    schema: schemaOf(rows, parts, options),
    ...definitionsOf([...parts.values()].map(({ shape }) => shape)),
    keys,
    read: (json, order) => {
      const value: Record<string, unknown> = {};
      for (const [key, field] of rows) {
        if (isInlined(field)) value[key] = readTable(field.table, json as JsonRecord);
        else {
          const given = (json as JsonRecord)[key];
          if (given !== undefined) value[key] = field.shape.read(given, order);
        }
      }
      return value as RecordOf<T>;
    },
    write: (value) => new Map(rows.flatMap((row) => writtenField(row, value as Readonly<Record<string, unknown>>))),
    ...faultsOf(parts),
    part: (step) => parts.get(step),
    complaint: (json) => ({ ...refusalOf(keys, options, json), ...options.refusal?.(json) }),
    path: (steps, value, json) => pathIn(fields, steps, value, json),
  };
}

function isInlined(field: Fields[string]): field is Inlined<ParameterTable> {
  return "table" in field;
}

function partsOf([key, field]: readonly [string, Fields[string]]): readonly (readonly [string, Part])[] {
  if (!isInlined(field)) return [[key, { shape: field.shape, doc: field.doc }]];
  return Object.entries(field.table).map(([word, parameter]) => [word, { shape: parameterShape(parameter) }]);
}

function schemaOf(
  rows: readonly (readonly [string, Fields[string]])[],
  parts: ReadonlyMap<string, Part>,
  { doc, single }: RecordOptions,
): JsonSchema {
  const required = rows.flatMap(([key, field]) => (!isInlined(field) && field.required === true ? [key] : []));
  const properties = [...parts].map(([key, { shape, doc: meaning }]): readonly [string, JsonSchema] => [
    key,
    { ...shape.schema, ...(meaning === undefined ? {} : { description: meaning }) },
  ]);
  return {
    ...(doc === undefined ? {} : { description: doc }),
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    ...(single === true ? { minProperties: 1, maxProperties: 1 } : {}),
    additionalProperties: false,
  };
}

function readTable(table: ParameterTable, json: JsonRecord): object {
  const given: Record<string, unknown> = {};
  for (const word of Object.keys(json)) {
    const parameter = Object.hasOwn(table, word) ? table[word] : undefined;
    if (parameter !== undefined) given[word] = parameterFromJson(parameter, json[word] ?? null);
  }
  return given;
}

function writtenField(
  [key, field]: readonly [string, Fields[string]],
  value: Readonly<Record<string, unknown>>,
): readonly (readonly [string, Written])[] {
  const own = value[key];
  if (own === undefined) return [];
  if (!isInlined(field)) {
    const written = field.shape.write(own);
    return written === undefined || (field.orEmpty === true && isEmpty(written)) ? [] : [[key, written]];
  }
  const given = own as Readonly<Record<string, ParameterValue | undefined>>;
  return Object.entries(field.table).flatMap(([word, parameter]) => {
    const set = given[word];
    return set === undefined ? [] : [[word, parameterToJson(parameter, set)] as const];
  });
}

function faultsOf(parts: ReadonlyMap<string, Part>): Pick<Shape<unknown>, "faults"> {
  const fallible = [...parts].filter(([, { shape }]) => shape.faults !== undefined);
  if (fallible.length === 0) return {};
  const faults = (json: JsonValue, place: JsonPlace): readonly Problem[] =>
    fallible.flatMap(([key, part]) => {
      const value = (json as JsonRecord)[key];
      return value === undefined ? [] : (part.shape.faults?.(value, partPlace(place, key, part)) ?? []);
    });
  return { faults };
}

function refusalOf(keys: readonly string[], { single }: RecordOptions, json: JsonValue): ShapeRefusal {
  const known = keys.join(", ");
  if (single !== true) return { found: shown(json), allowed: `a mapping with ${known}` };
  if (!isRecord(json)) return { found: shown(json), allowed: `a mapping with one of ${known}` };
  return { found: shown(json), allowed: `one of ${known}`, fix: "write one key" };
}

function pathIn(
  fields: Fields,
  [step = "", ...rest]: readonly string[],
  value: Readonly<Record<string, unknown>>,
  json: JsonValue | undefined,
): readonly string[] {
  const field = Object.hasOwn(fields, step) ? fields[step] : undefined;
  if (field === undefined) return [];
  if (isInlined(field)) return rest.slice(0, 1);
  const inner = isRecord(json) ? json[step] : undefined;
  return [step, ...(value[step] === undefined ? [] : (field.shape.path?.(rest, value[step], inner) ?? []))];
}
