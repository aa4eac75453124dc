import { CORE_SCHEMA, YAMLException, constructFromEvents, defineMappingTag, parseEvents } from "js-yaml";
import type { Event, Schema } from "js-yaml";
import type { JsonValue } from "../vocabulary/json.js";
import { locator } from "../vocabulary/place.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Complaint, PlacedProblem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { isTooLarge, lostAlias, MOST_ALIASES } from "./aliases.js";
import { PARSING } from "./parsing.js";
import type { KeysOf } from "./parsing.js";
import { offsetFinder, startOf } from "./places.js";

/** YAML or JSON text as a value that knows where its parts are written. */
export interface TextDocument {
  readonly ok: true;
  readonly value: JsonValue;
  readonly keys: KeysOf;
  /** Place of the value at a path of keys and indexes, or of the nearest value around it that is written. */
  readonly locate: (path: readonly string[]) => SourcePlace;
}

/** What keeps a text from being YAML or JSON. */
export interface TextRefusal {
  readonly ok: false;
  readonly wellFormed: false;
  readonly problems: readonly [PlacedProblem];
}

const WELL_FORMED = { allowed: "well-formed YAML or JSON", fix: "correct the text there" } as const;

/**
 * Reads YAML 1.2 (core schema, without merge keys), of which JSON is a part. Places cost
 * a second run of the same parser, which is put off until one is asked for.
 *
 * @param file - name of the file in messages
 * @param subject - what messages call the whole text: `the spec`
 */
export function readText(text: string, file: string, subject: string): TextDocument | TextRefusal {
  const place = locator(text);
  const refuse = (offset: number, complaint: Complaint): TextRefusal => ({
    ok: false,
    wellFormed: false,
    problems: [{ at: "", subject, ...complaint, file, ...place(offset) }],
  });
  const mappings = new MappingReader();
  try {
    const events = parseEvents(text, PARSING);
    const aliased = text.includes("*");
    const alias = aliased ? lostAlias(events, text) : undefined;
    if (alias !== undefined) return refuse(alias.offset, { found: alias.found, ...WELL_FORMED });
    const options = { source: text, schema: mappings.schema, json: true, maxAliases: MOST_ALIASES };
    const [value = null, ...others] = constructFromEvents(events, options) as readonly JsonValue[];
    if (others.length > 0) return refuse(secondDocument(events), SECOND);
    if (aliased && isTooLarge(value)) {
      return refuse(0, { found: "aliases repeat the same text too often", ...WELL_FORMED });
    }
    const { keys } = mappings;
    const offset = offsetFinder(text, value, keys);
    return { ok: true, value, keys, locate: (path) => ({ file, ...place(offset(path)) }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return refuse(error.mark?.position ?? 0, mappings.complaint ?? { found: error.reason, ...WELL_FORMED });
  }
}

const SECOND: Complaint = {
  found: "a second document",
  allowed: "one document",
  fix: "put it into a file of its own",
};

function secondDocument(events: readonly Event[]): number {
  const second = events.slice(1).findIndex((event) => "directives" in event) + 1;
  const inside = events.slice(second).find((event) => startOf(event) >= 0);
  return inside === undefined ? 0 : startOf(inside);
}

/** Makes objects of the mappings of one text: keys as text, each once, in the order written. */
class MappingReader {
  readonly schema: Schema;
  readonly keys: KeysOf;
  /** Why a pair was refused. */
  complaint: Complaint | undefined;

  constructor() {
    const order = new WeakMap<object, string[]>();
    this.keys = (mapping) => order.get(mapping) ?? Object.keys(mapping);
    const add = (mapping: Record<string, unknown>, given: unknown, value: unknown): string => {
      const key = typeof given === "string" ? given : String(given);
      if (Object.hasOwn(mapping, key) || (typeof given === "object" && given !== null)) {
        this.complaint = complaintOf(given);
        return this.complaint.found;
      }
      const known = order.get(mapping);
      if (known !== undefined) known.push(key);
      else if (isDigit(key.charCodeAt(0))) order.set(mapping, [...Object.keys(mapping), key]);
      if (key !== "__proto__") mapping[key] = value;
      else Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true });
      return "";
    };
    const mapping = defineMappingTag<Record<string, unknown>>("tag:yaml.org,2002:map", {
      create: () => ({}),
      addPair: add,
      has: (known, key) => Object.hasOwn(known, String(key)),
      keys: Object.keys,
      get: (known, key) => known[String(key)],
      identify: () => false,
    });
    this.schema = CORE_SCHEMA.withTags(mapping);
  }
}

function complaintOf(key: unknown): Complaint {
  if (typeof key === "object" && key !== null) {
    return { found: `${shown(key)} as a key`, allowed: "a text as a key", fix: "write the key as text" };
  }
  const found = `the key ${String(key)} a second time`;
  return { found, allowed: "each key once", fix: "remove or rename one of the two" };
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
