import { isRecord } from "../vocabulary/json.js";
import type { JsonValue } from "../vocabulary/json.js";
import { shown } from "../vocabulary/shown.js";
import { partPlace } from "./json-place.js";
import type { JsonPlace } from "./json-place.js";
import { definitionsOf } from "./shape.js";
import type { Part, Shape } from "./shape.js";
import type { Written } from "./written.js";

/** A list whose items have one shape. */
export function listOf<V>(
  item: Shape<V>,
  options: { readonly allowed?: string; readonly filled?: boolean; readonly label?: (index: number) => string } = {},
): Shape<readonly V[]> {
  const { filled = false, allowed = filled ? "a list with at least one entry" : "a list", label } = options;
  const partOf = (step: string): Part => ({
    shape: item,
    ...(label === undefined ? {} : { label: label(Number(step)) }),
  });
  return {
    schema: { type: "array", items: item.schema, ...(filled ? { minItems: 1 } : {}) },
    ...definitionsOf([item]),
    read: (json, keys) => (json as readonly JsonValue[]).map((entry) => item.read(entry, keys)),
    write: (values) => values.map((value) => item.write(value) ?? null),
    ...(item.faults === undefined
      ? {}
      : {
          faults: (json: JsonValue, place: JsonPlace) =>
            (json as readonly JsonValue[]).flatMap(
              (entry, index) => item.faults?.(entry, partPlace(place, index, partOf(String(index)))) ?? [],
            ),
        }),
    part: partOf,
    complaint: (json) => ({ found: shown(json), allowed }),
    path: ([step, ...rest], values, json) => {
      if (step === undefined) return [];
      const index = Number(step);
      const [value, entry] = [values[index], (json as readonly JsonValue[] | undefined)?.[index]];
      return [step, ...(value === undefined ? [] : (item.path?.(rest, value, entry) ?? []))];
    },
  };
}

/** How the entries of a mapping are the items of a list. */
export interface Entries<E, T> {
  /** What an entry is called in messages: `member` makes `member 'node1'`. @default - its key, of the mapping */
  readonly noun?: string;
  /** What a message offers. @default "a mapping of names to values" */
  readonly allowed?: string;
  /** Entries there have to be, exactly. @default - any number */
  readonly count?: number;
  /** The item of an entry. */
  readonly join: (key: string, value: E) => T;
  /** Key and value of an item. */
  readonly split: (item: T) => readonly [key: string, value: E];
  /** A pointer into an item as one into the value of its entry. @default - the same */
  readonly path?: (steps: readonly string[]) => readonly string[];
}

function asTheyAre(steps: readonly string[]): readonly string[] {
  return steps;
}

/** A mapping from names to values of one shape, in the order written. */
export function entriesOf<E, T>(element: Shape<E>, entries: Entries<E, T>): Shape<readonly T[]> {
  const { noun, allowed = "a mapping of names to values", count, join, split, path = asTheyAre } = entries;
  const partOf = (step: string): Part => ({
    shape: element,
    ...(noun === undefined ? {} : { label: `${noun} ${shown(step)}` }),
  });
  return {
    schema: {
      type: "object",
      ...(count === undefined ? {} : { minProperties: count, maxProperties: count }),
      additionalProperties: element.schema,
    },
    ...definitionsOf([element]),
    read: (json, keys) => {
      const mapping = json as { readonly [key: string]: JsonValue };
      return keys(mapping).map((key) => join(key, element.read(mapping[key] ?? null, keys)));
    },
    write: (items) =>
      new Map(
        items.map((item): readonly [string, Written] => {
          const [key, value] = split(item);
          return [key, element.write(value) ?? null];
        }),
      ),
    ...(element.faults === undefined
      ? {}
      : {
          faults: (json: JsonValue, place: JsonPlace) =>
            Object.entries(json as { readonly [key: string]: JsonValue }).flatMap(
              ([key, value]) => element.faults?.(value, partPlace(place, key, partOf(key))) ?? [],
            ),
        }),
    part: partOf,
    complaint: (json) => ({ found: shown(json), allowed }),
    path: ([step = "", ...rest], items, json) => {
      const item = items[Number(step)];
      if (item === undefined) return [];
      const [key, value] = split(item);
      const inner = isRecord(json) ? json[key] : undefined;
      return [key, ...(element.path?.(path(rest), value, inner) ?? [])];
    },
  };
}

/** A mapping from free names to values of one shape. */
export function mapOf<V>(element: Shape<V>, allowed: string): Shape<Readonly<Record<string, V>>> {
  const entries = entriesOf<V, readonly [string, V]>(element, {
    allowed,
    join: (key, value) => [key, value],
    split: (entry) => entry,
  });
  return {
    ...entries,
    read: (json, keys) => Object.fromEntries(entries.read(json, keys)),
    write: (value) => entries.write(Object.entries(value)),
    path: (steps) => steps,
  };
}
