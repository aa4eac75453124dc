import type { JsonSchema, JsonValue } from "../vocabulary/json.js";
import { shown } from "../vocabulary/shown.js";
import { definitionsOf } from "./shape.js";
import type { Shape } from "./shape.js";
import { isWrittenMap } from "./written.js";

/** Types of JSON that tell the branches of {@link either} apart. */
type JsonType = "string" | "number" | "boolean" | "array" | "object";

type Branches = Readonly<Partial<Record<JsonType, Shape<unknown>>>>;
type ValueOfBranches<B extends Branches> = { [K in keyof B]: B[K] extends Shape<infer V> ? V : never }[keyof B];

/**
 * One of several shapes, told apart by the type of the JSON value and of the value read. The schema is one object for
 * all of them, as keywords of JSON Schema say nothing about values of other types: a wrong value is a fault of the
 * one branch that was meant.
 *
 * @param allowed - what a message offers
 */
export function either<B extends Branches>(branches: B, allowed: string): Shape<ValueOfBranches<B>> {
  type V = ValueOfBranches<B>;
  const shapes = Object.values(branches) as readonly Shape<V>[];
  const known = branches as Readonly<Record<string, Shape<V> | undefined>>;
  const branch = (value: unknown): Shape<V> | undefined => known[typeOf(value)];
  const keys = shapes.flatMap((shape) => shape.keys ?? []);
  return {
    schema: joinedSchema(shapes.map(({ schema }) => schema)),
    ...definitionsOf(shapes),
    ...(keys.length === 0 ? {} : { keys }),
    read: (json, order) => present(branch(json)).read(json, order),
    write: (value) => present(branch(value)).write(value),
    ...(shapes.some((shape) => shape.faults !== undefined)
      ? { faults: (json, place) => branch(json)?.faults?.(json, place) ?? [] }
      : {}),
    part: (step, json) => branch(json)?.part?.(step, json),
    complaint: (json) => ({
      found: shown(json),
      allowed,
      ...(branch(json) === undefined ? {} : { fix: "correct the value" }),
    }),
    path: (steps, value, json) => branch(value)?.path?.(steps, value, json) ?? [],
  };
}

/**
 * A mapping that may be left out where it would have one key only: `http://h` for `{ url: http://h }`.
 *
 * @param key - that key, whose values are no mappings
 */
export function shorthand<V>(shape: Shape<V>, key: string, allowed: string): Shape<V> {
  const short = shape.part?.(key, {})?.shape;
  if (short === undefined) throw new RangeError(`no key ${shown(key)}`);
  const opened = (json: JsonValue): JsonValue => (typeOf(json) === "object" ? json : { [key]: json });
  return {
    ...shape,
    schema: joinedSchema([short.schema, shape.schema]),
    read: (json, keys) => shape.read(opened(json), keys),
    write: (value) => {
      const written = shape.write(value);
      if (written === undefined || !isWrittenMap(written) || written.size !== 1) return written;
      return written.get(key) ?? written;
    },
    ...(shape.faults === undefined ? {} : { faults: (json, place) => shape.faults?.(opened(json), place) ?? [] }),
    part: (step, json) => (typeOf(json) === "object" ? shape.part?.(step, json) : undefined),
    complaint: (json) => ({ ...(typeOf(json) === "object" ? shape.complaint(json) : {}), found: shown(json), allowed }),
    path: (steps, value, json) => (typeOf(json) === "object" ? (shape.path?.(steps, value, json) ?? []) : []),
  };
}

/** A single item without its list, or a list of at least one. */
export function oneOrMore<V extends string>(
  item: Shape<V>,
  list: Shape<readonly V[]>,
  allowed: string,
): Shape<readonly V[]> {
  return {
    ...either({ string: item, array: list }, allowed),
    read: (json, keys) => (typeof json === "string" ? [item.read(json, keys)] : list.read(json, keys)),
    write: (values) => list.write(values),
    path: (steps, _values, json) => (typeof json === "string" ? [] : steps),
  };
}

/** Schemas of values of different types as one. */
function joinedSchema(schemas: readonly JsonSchema[]): JsonSchema {
  const types = new Set(schemas.flatMap(({ type }) => (type ?? "string") as JsonValue & (string | readonly string[])));
  return { ...(Object.assign({}, ...schemas.map(ofTexts)) as JsonSchema), type: [...types] };
}

/** `enum` speaks about values of every type; a pattern says the same of texts only. */
function ofTexts({ enum: known, ...schema }: JsonSchema): JsonSchema {
  return Array.isArray(known) ? { ...schema, pattern: `^(${known.join("|")})$` } : schema;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

/** The branch of a value that schema or type have let through. */
function present<V>(shape: Shape<V> | undefined): Shape<V> {
  if (shape === undefined) throw new TypeError("a value of none of these shapes");
  return shape;
}
