import { POSIX_CLASSES, caselessSet, classOf, complement, range } from "./byte-set.js";
import { readEscape } from "./escape.js";
import type { PatternReader } from "./pattern-reader.js";
import { PatternRefusal, single } from "./piece.js";
import type { PatternPiece } from "./piece.js";

/** What is in a class so far. */
interface GrowingClass {
  readonly codes: Set<number>;
  /** The last character, while a range may begin with it. */
  start: number | undefined;
  /** True behind `a-`. */
  open: boolean;
}

/** `[...]`, as `parse_regex` reads it (src/pcre2_compile.c, PCRE2 10.42). */
export function characterClass(reader: PatternReader): PatternPiece {
  if (namedClassAt(reader) !== undefined) throw new PatternRefusal();
  reader.at += 1;
  const negated = reader.takeText("^");
  while (reader.takeText("\\E"));
  const growing: GrowingClass = { codes: new Set(), start: undefined, open: false };
  if (reader.takeText("]")) addCharacter(growing, "]");
  while (!reader.takeText("]")) {
    if (reader.next === "") throw new PatternRefusal();
    addNext(reader, growing);
  }
  if (growing.open) growing.codes.add("-".charCodeAt(0));
  const set = reader.options.caseless ? caselessSet(growing.codes) : growing.codes;
  return single(classOf(set, negated));
}

function addNext(reader: PatternReader, growing: GrowingClass): void {
  if (reader.next === "[") {
    const name = namedClassAt(reader);
    if (name !== undefined) {
      addNamed(reader, growing, name);
      return;
    }
  }
  if (reader.takeText("\\Q")) {
    const quoted = reader.take(/([^]*?)(?:\\E|$)/y)?.[1] ?? "";
    for (const character of quoted) addCharacter(growing, character);
    return;
  }
  if (reader.takeText("\\E")) return;
  if (reader.next === "\\") {
    addEscape(reader, growing);
    return;
  }
  if (reader.next === "-" && growing.start !== undefined && !growing.open) {
    growing.open = true;
    reader.at += 1;
    return;
  }
  addCharacter(growing, reader.next);
  reader.at += 1;
}

function addCharacter(growing: GrowingClass, character: string): void {
  const code = character.charCodeAt(0);
  if (!growing.open) {
    growing.codes.add(code);
    growing.start = code;
    return;
  }
  if (growing.start === undefined || growing.start > code) throw new PatternRefusal();
  for (const one of range(growing.start, code)) growing.codes.add(one);
  growing.start = undefined;
  growing.open = false;
}

function addEscape(reader: PatternReader, growing: GrowingClass): void {
  const escape = readEscape(reader, true);
  switch (escape.kind) {
    case "character":
      addCharacter(growing, escape.character);
      return;
    case "set":
      addSet(reader, growing, [...(escape.negated ? complement(escape.set) : escape.set)]);
      return;
    case "property":
      reader.exact = false;
      addSet(reader, growing, []);
      return;
    case "other":
      if (escape.letter !== "b") throw new PatternRefusal();
      addCharacter(growing, "\b");
  }
}

/** A set is no end of a range. */
function addSet(reader: PatternReader, growing: GrowingClass, codes: readonly number[]): void {
  const following = reader.pattern.slice(reader.at, reader.at + 2);
  if (growing.open || (following.startsWith("-") && following !== "-" && following !== "-]"))
    throw new PatternRefusal();
  for (const code of codes) growing.codes.add(code);
  growing.start = undefined;
}

interface NamedClass {
  readonly mark: string;
  readonly name: string;
}

/** `[:name:]`, `[.x.]` and `[=x=]` (`check_posix_syntax`). */
function namedClassAt(reader: PatternReader): NamedClass | undefined {
  const mark = reader.pattern[reader.at + 1] ?? "";
  if (!/[:.=]/.test(mark)) return undefined;
  const { pattern } = reader;
  for (let at = reader.at + 2; at + 1 < pattern.length; at++) {
    if (pattern[at] === "\\" && /[\]\\]/.test(pattern[at + 1] ?? "")) at += 1;
    else if (pattern[at] === "]" || (pattern[at] === "[" && pattern[at + 1] === mark)) return undefined;
    else if (pattern[at] === mark && pattern[at + 1] === "]") return { mark, name: pattern.slice(reader.at + 2, at) };
  }
  return undefined;
}

function addNamed(reader: PatternReader, growing: GrowingClass, { mark, name }: NamedClass): void {
  const plain = name.replace(/^\^/, "");
  const codes = Object.hasOwn(POSIX_CLASSES, plain) ? POSIX_CLASSES[plain] : undefined;
  if (mark !== ":" || codes === undefined) throw new PatternRefusal();
  reader.at += name.length + "[::]".length;
  const set: ReadonlySet<number> = new Set(codes);
  const cased = reader.options.caseless && /^(?:lower|upper)$/.test(plain) ? POSIX_CLASSES["alpha"] : undefined;
  const wanted = cased === undefined ? set : new Set(cased);
  addSet(reader, growing, [...(name.startsWith("^") ? complement(wanted) : wanted)]);
}
