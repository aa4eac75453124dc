import { COLLECTION_STYLE, DUMP_SCHEMA, defineMappingTag, dump, visit } from "js-yaml";
import type { Document } from "js-yaml";
import { isRecord, recordOf } from "../vocabulary/json.js";
import type { JsonValue } from "../vocabulary/json.js";

/** JSON to be written, whose mappings keep the order of their keys, also of those that look like numbers. */
export type Written = JsonValue | readonly Written[] | ReadonlyMap<string, Written>;

/** The same as JSON, where keys that look like numbers come first. */
export function jsonOf(written: Written): JsonValue {
  if (isWrittenMap(written)) {
    return Object.fromEntries([...written].map(([key, value]) => [key, jsonOf(value)]));
  }
  return Array.isArray(written) ? (written as readonly Written[]).map(jsonOf) : (written as JsonValue);
}

/** Texts that some reader of YAML takes for something else are quoted; mappings are objects or maps. */
const WRITTEN_SCHEMA = DUMP_SCHEMA.withTags(
  defineMappingTag<ReadonlyMap<unknown, unknown>>("tag:yaml.org,2002:map", {
    create: () => new Map(),
    addPair: () => "",
    has: () => false,
    keys: (map) => map.keys(),
    get: (map, key) => map.get(key),
    identify: (data: unknown) => data instanceof Map || isRecord(data),
    represent: (data: unknown) => (data instanceof Map ? data : new Map(Object.entries(recordOf(data as JsonValue)))),
  }),
);

/**
 * The same as YAML, each value on a line of its own.
 *
 * @param flowFrom - collections this deep or deeper are written on one line, 0 being the whole. @default - none are
 */
export function yamlOf(written: Written, flowFrom?: number): string {
  const long: string[] = [];
  const yaml = dump(withoutLongTexts(written, long), {
    schema: WRITTEN_SCHEMA,
    lineWidth: -1,
    noRefs: true,
    quoteStyle: "double",
    flowBracketPadding: true,
    ...(flowFrom === undefined
      ? {}
      : {
          transform: (documents: Document[]) => {
            flowAt(documents, flowFrom);
          },
        }),
  });
  if (long.length === 0) return yaml;
  return yaml.replace(STANDS_FOR, (whole, index: string) => quotedText(long[Number(index)]) ?? whole);
}

/** Texts from here on are quoted here: js-yaml's choice of a style ends in a RangeError beyond a few million characters. */
const LONG = 100_000;

/** What stands for a long text, as it is dumped. */
const STANDS_FOR = /"\\0long (\d+)\\0"/g;

function withoutLongTexts(written: Written, long: string[]): Written {
  if (typeof written === "string") return written.length < LONG ? written : `\0long ${long.push(written) - 1}\0`;
  if (isWrittenMap(written)) {
    return new Map([...written].map(([key, value]) => [key, withoutLongTexts(value, long)]));
  }
  if (Array.isArray(written)) return written.map((value: Written) => withoutLongTexts(value, long));
  if (!isRecord(written)) return written;
  return new Map(Object.entries(written).map(([key, value]) => [key, withoutLongTexts(value, long)]));
}

/** In double quotes, where YAML knows JSON's escapes; what JSON leaves as it is and YAML does not print is escaped, too. */
function quotedText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
}

function flowAt(documents: Document[], flowFrom: number): void {
  visit(documents, (node, { depth }) => {
    if (depth >= flowFrom && (node.kind === "mapping" || node.kind === "sequence")) node.style = COLLECTION_STYLE.FLOW;
  });
}

/** True when a mapping or list says nothing. */
export function isEmpty(written: Written): boolean {
  if (isWrittenMap(written)) return written.size === 0;
  return typeof written === "object" && written !== null && Object.keys(written).length === 0;
}

/** True for a mapping that is written in the order of its keys. */
export function isWrittenMap(written: Written): written is ReadonlyMap<string, Written> {
  return written instanceof Map;
}
