import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, Node, Pair, YAMLMap } from "yaml";
import type { JsonValue } from "../vocabulary/json.js";
import { parsePlainSpec } from "./spec-plain.js";
import type { SourcePlace } from "../vocabulary/place.js";

/** YAML or JSON text as a value, with the places its parts were written at. */
export interface SpecDocument {
  readonly value: JsonValue;
  /** Keys of a mapping in the order written, which JavaScript does not keep for keys that look like numbers. */
  readonly keys: (mapping: object) => readonly string[];
  /** Place of the value at a path, or of its nearest parent that was written. */
  readonly locate: (path: readonly string[]) => SourcePlace;
}

/** What is wrong with the text as YAML. */
export interface SyntaxProblem extends SourcePlace {
  readonly message: string;
  /** @default - the text is no YAML */
  readonly remedy?: { readonly allowed: string; readonly fix: string };
}

/** More nodes than this, aliases counted as often as they are used, are taken for an attack. */
const MOST_NODES = 1_000_000;
/** Every use of an alias costs a walk through the document. */
const MOST_ALIASES = 1_000;

/**
 * Parses YAML (of which JSON is a part). Places cost a whole parse of YAML, which is put off until one is asked for
 * where the text is plain.
 */
export function parseSpecDocument(
  text: string,
  file: string,
): SpecDocument | { readonly errors: readonly SyntaxProblem[] } {
  const plain = parsePlainSpec(text);
  if (plain === undefined) return parseWhole(text, file);
  let whole: ReturnType<typeof parseWhole> | undefined;
  return {
    value: plain.value,
    keys: (mapping) => plain.order.get(mapping) ?? Object.keys(mapping),
    locate(path) {
      whole ??= parseWhole(text, file);
      return "errors" in whole ? { file, line: 1, column: 1 } : whole.locate(path);
    },
  };
}

function parseWhole(text: string, file: string): SpecDocument | { readonly errors: readonly SyntaxProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true });
  const placeOf = (offset: number): SourcePlace => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    return { errors: document.errors.map((error) => ({ ...syntaxProblem(error, text), ...placeOf(error.pos[0]) })) };
  }
  const order = new WeakMap<object, readonly string[]>();
  const value = toJson(document, order);
  if ("fault" in value) return { errors: [{ message: value.fault, ...placeOf(value.offset) }] };
  return {
    value: value.json,
    keys: (mapping) => order.get(mapping) ?? Object.keys(mapping),
    locate: (path) => placeOf(offsetOf(document, path)),
  };
}

/** What is used of an error of the parser. */
interface ParseFault {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

function syntaxProblem({ code, message, pos }: ParseFault, text: string): Omit<SyntaxProblem, keyof SourcePlace> {
  if (code !== "DUPLICATE_KEY") return { message: (message.split("\n")[0] ?? message).replace(/:$/, "") };
  const key = /^(?:"[^"]*"|'[^']*'|[^\s:]+)/.exec(text.slice(pos[0], pos[0] + 200))?.[0] ?? "";
  const remedy = { allowed: "each key once", fix: "remove or rename one of the two" };
  return { message: `the key ${key} a second time`, remedy };
}

/** Why a document has no value. */
class Fault extends Error {
  readonly offset: number;

  constructor(message: string, offset = 0) {
    super(message);
    this.offset = offset;
  }
}

function toJson(
  document: Document,
  order: WeakMap<object, readonly string[]>,
): { readonly json: JsonValue } | { readonly fault: string; readonly offset: number } {
  let nodes = 0;
  let aliases = 0;
  const convert = (node: unknown): JsonValue => {
    if (++nodes > MOST_NODES) throw new Fault("aliases repeat the same text too often");
    if (isAlias(node)) {
      if (++aliases > MOST_ALIASES) throw new Fault("aliases repeat the same text too often");
      const target = node.resolve(document);
      if (target === undefined) throw new Fault(`*${node.source}, but no &${node.source} above it`, startOf(node));
      return convert(target);
    }
    if (isSeq(node)) return node.items.map(convert);
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => [keyText(key), convert(value)] as const);
      const mapping = Object.fromEntries(entries);
      order.set(
        mapping,
        entries.map(([key]) => key),
      );
      return mapping;
    }
    return isScalar(node) ? scalarValue(node.value) : null;
  };
  try {
    return { json: convert(document.contents) };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message, offset: error.offset };
    throw error;
  }
}

function scalarValue(value: unknown): JsonValue {
  const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return plain ? value : null;
}

function keyText(key: unknown): string {
  const value = isScalar(key) ? key.value : key;
  return typeof value === "string" ? value : String(value);
}

/** Scalars are found at their value, everything else at its key. */
function offsetOf(document: Document, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = pairOf(node, step);
      if (pair === undefined) return offset;
      node = pair.value;
      offset = isScalar(node) && node.value !== null ? startOf(node) : startOf(pair.key);
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (node === undefined) return offset;
      offset = startOf(node);
    } else return offset;
  }
  return offset;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyText(pair.key) === key);
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
