import type { JsonSchema, JsonValue } from "../vocabulary/json.js";
import type { Complaint, Problem } from "../vocabulary/problem.js";
import type { JsonPlace } from "./json-place.js";
import type { KeysOf } from "./parsing.js";
import type { Written } from "./written.js";

/**
 * One shape of JSON: schema, reader, writer, locator and the words of its messages, side by side so that they cannot
 * drift apart.
 *
 * A value is judged once. What JSON Schema can say, the schema says, and ajv judges by it; what it cannot say is in
 * `faults`. `read` is for what both have let through, so that it refuses nothing.
 */
export interface Shape<V> {
  /** JSON Schema of the values taken; may refer to `definitions` under `#/$defs/`. */
  readonly schema: JsonSchema;
  /** Schemas that have a name, by that name. */
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  /** Keys of a mapping whose keys are known. */
  readonly keys?: readonly string[];
  /** The value of a JSON value that schema and `faults` have let through. */
  read(json: JsonValue, keys: KeysOf): V;
  /** What reads back as this value; undefined where nothing is to be said, so that the key is left out. */
  write(value: V): Written | undefined;
  /** What is wrong with a JSON value of the right schema. @default - nothing can be */
  faults?(json: JsonValue, place: JsonPlace): readonly Problem[];
  /** The shape of the value at a key or index. @default - its parts are no places of their own */
  part?(step: string, json: JsonValue): Part | undefined;
  /** What is wrong with a value that the schema refuses; `fix` where there is more to say than the key's meaning. */
  complaint(json: JsonValue): ShapeRefusal;
  /**
   * Where a part of the value stands in the JSON value.
   *
   * @param steps - a pointer into `value`, cut into steps
   * @param json - what `value` was read from
   */
  path?(steps: readonly string[], value: V, json: JsonValue | undefined): readonly string[];
}

/** A part of a shape: what stands at a key, and how messages call it. */
export interface Part {
  readonly shape: Shape<unknown>;
  /** Its name in messages, such as `member 'node1'`. @default - its key, of what it is a part of */
  readonly label?: string;
  /** What the key means, in a sentence. */
  readonly doc?: string;
}

/** A {@link Complaint} that leaves the way out to the meaning of the key. */
export type ShapeRefusal = Omit<Complaint, "fix"> & Partial<Pick<Complaint, "fix">>;

/** The value a shape describes. */
export type ValueOf<S> = S extends Shape<infer V> ? V : never;

/** Named schemas of several shapes together. */
export function definitionsOf(
  shapes: readonly Pick<Shape<unknown>, "definitions">[],
): Pick<Shape<unknown>, "definitions"> {
  const definitions: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
    shapes.flatMap((shape) => Object.entries(shape.definitions ?? {})),
  );
  return Object.keys(definitions).length === 0 ? {} : { definitions };
}

/** The shape under a name of its own in the schema: for what stands in several places, or makes a page by itself. */
export function defined<V>(name: string, shape: Shape<V>): Shape<V> {
  return {
    ...shape,
    schema: { $ref: `#/$defs/${name}` },
    definitions: { ...shape.definitions, [name]: shape.schema },
  };
}

/** The schema of a whole document. */
export function documentSchema(title: string, { schema, definitions }: Shape<unknown>): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    ...schema,
    ...(definitions === undefined ? {} : { $defs: definitions }),
  };
}

/** The shape with more that can be wrong: what JSON Schema cannot say. */
export function judgedShape<V>(
  shape: Shape<V>,
  faults: (json: JsonValue, place: JsonPlace) => readonly Problem[],
): Shape<V> {
  if (shape.faults === undefined) return { ...shape, faults };
  return { ...shape, faults: (json, place) => [...(shape.faults?.(json, place) ?? []), ...faults(json, place)] };
}

/** The shape of another value that says the same. */
export function mapped<A, B>(
  shape: Shape<A>,
  ways: {
    readonly read: (value: A) => B;
    readonly write: (value: B) => A;
    /** @default - parts stand in the JSON value where they stand in the value */
    readonly path?: (steps: readonly string[], json: JsonValue | undefined) => readonly string[];
  },
): Shape<B> {
  const { path } = ways;
  return {
    ...shape,
    read: (json, keys) => ways.read(shape.read(json, keys)),
    write: (value) => shape.write(ways.write(value)),
    path: (steps, value, json) => {
      const inner = path === undefined ? steps : path(steps, json);
      return shape.path === undefined ? inner : shape.path(inner, ways.write(value), json);
    },
  };
}
