import { ESCAPED_SETS, classOf } from "./byte-set.js";
import type { ByteSet } from "./byte-set.js";
import type { PatternReader } from "./pattern-reader.js";
import { PatternRefusal, empty, literal, single } from "./piece.js";
import type { PatternPiece } from "./piece.js";

/** What a backslash makes of what follows, outside and inside of a class. */
export type Escape =
  | { readonly kind: "character"; readonly character: string }
  | { readonly kind: "set"; readonly set: ByteSet; readonly negated: boolean }
  | { readonly kind: "property" }
  | { readonly kind: "other"; readonly letter: string };

const CONTROLS: Readonly<Record<string, string>> = { a: "\x07", e: "\x1b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Letters that mean something else outside of classes. */
const SPECIAL = /[ABCEGKNQRXZbgkz]/;

/**
 * Reads an escape, the backslash included, as `_pcre2_check_escape` does (src/pcre2_compile.c, PCRE2 10.42): up to two
 * digits behind `\x`, up to three octal ones.
 *
 * @param inClass - true in a class, where digits never refer to a group
 */
export function readEscape(reader: PatternReader, inClass: boolean): Escape {
  reader.at += 1;
  const letter = reader.next;
  if (letter === "") throw new PatternRefusal();
  if (/[0-9]/.test(letter) && (inClass || letter === "0")) return octal(reader);
  if (letter === "x" || letter === "o") return coded(reader);
  if (letter === "c") return control(reader);
  if (/[pP]/.test(letter)) {
    if (reader.take(/[pP](?:\{\^?[A-Za-z0-9_&:= -]+\}|[A-Z])/y) === undefined) throw new PatternRefusal();
    return { kind: "property" };
  }
  reader.at += 1;
  const set = ESCAPED_SETS[letter.toLowerCase()];
  if (set !== undefined) return { kind: "set", set, negated: /[A-Z]/.test(letter) };
  const character = CONTROLS[letter];
  if (character !== undefined) return { kind: "character", character };
  if (SPECIAL.test(letter) || /[0-9]/.test(letter)) return { kind: "other", letter };
  if (/[A-Za-z]/.test(letter)) throw new PatternRefusal();
  return { kind: "character", character: letter };
}

function octal(reader: PatternReader): Escape {
  const digits = reader.take(/[0-7]{1,3}/y)?.[0];
  if (digits === undefined) return { kind: "character", character: reader.take(/[89]/y)?.[0] ?? "" };
  return byte(Number.parseInt(digits, 8));
}

function coded(reader: PatternReader): Escape {
  const braced = reader.take(/x\{([0-9a-fA-F]+)\}|o\{([0-7]+)\}/y);
  if (braced !== undefined) {
    const [, hex, oct] = braced;
    return byte(hex === undefined ? Number.parseInt(oct ?? "", 8) : Number.parseInt(hex, 16));
  }
  const digits = reader.take(/x(?!\{)([0-9a-fA-F]{0,2})/y)?.[1];
  if (digits === undefined) throw new PatternRefusal();
  return byte(digits === "" ? 0 : Number.parseInt(digits, 16));
}

/** Without UTF, a character is one byte. */
function byte(code: number): Escape {
  if (code > 0xff) throw new PatternRefusal();
  return { kind: "character", character: String.fromCharCode(code) };
}

function control(reader: PatternReader): Escape {
  const character = reader.take(/c([ -~])/y)?.[1];
  if (character === undefined) throw new PatternRefusal();
  return { kind: "character", character: String.fromCharCode(character.toUpperCase().charCodeAt(0) ^ 0x40) };
}

/** An escape as a piece of a pattern; `\Q` and `\E` are read before. */
export function escapePiece(reader: PatternReader): PatternPiece {
  const start = reader.at;
  const escape = readEscape(reader, false);
  switch (escape.kind) {
    case "character":
      return literal(escape.character, reader.options.caseless);
    case "set":
      return single(classOf(escape.set, escape.negated));
    case "property":
      reader.exact = false;
      return single("[^]");
    case "other":
      if (/[0-9gk]/.test(escape.letter)) {
        reader.at = start;
        return referenceOrCode(reader);
      }
      return anchorOrByte(reader, escape.letter);
  }
}

const WORD = classOf(ESCAPED_SETS["w"] ?? new Set());
const BOUNDARY = `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`;
const NO_BOUNDARY = `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`;

const ANCHORS: Readonly<Record<string, string>> = {
  A: "(?<![^])",
  z: "(?![^])",
  Z: "(?=\\n?(?![^]))",
  b: BOUNDARY,
  B: NO_BOUNDARY,
};

function anchorOrByte(reader: PatternReader, letter: string): PatternPiece {
  const anchor = ANCHORS[letter];
  if (anchor !== undefined) return empty(anchor);
  if (letter === "C") return single("[^]");
  if (letter === "N") {
    if (reader.next === "{" && !/^\{[0-9]+(?:,[0-9]*)?\}/.test(reader.pattern.slice(reader.at)))
      throw new PatternRefusal();
    return single("[^\\n]");
  }
  if (letter === "K" && reader.looks > 0) throw new PatternRefusal();
  reader.exact = false;
  if (letter === "R" || letter === "X") return { ...single("[^]"), width: { least: 1, most: Infinity } };
  return empty("");
}

/** `\1`, `\12`, `\g1`, `\g{-1}`, `\g{name}`, `\k<name>`, `\g<1>`, and the octal codes that look like one of them. */
function referenceOrCode(reader: PatternReader): PatternPiece {
  const digits = reader.take(/\\([0-9]+)/y)?.[1];
  if (digits !== undefined) {
    const number = Number(digits);
    if (number < 10 || /^[89]/.test(digits) || number <= reader.groups) return reference(reader, number);
    reader.at -= digits.length;
    const escape = octal(reader);
    return literal(escape.kind === "character" ? escape.character : "", reader.options.caseless);
  }
  const named = reader.take(/\\(?:g\{([A-Za-z_]\w*)\}|k(?:\{([A-Za-z_]\w*)\}|<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)'))/y);
  const name = named?.slice(1).find((one: string | undefined) => one !== undefined);
  if (name !== undefined) return namedReference(reader, name);
  const relative = reader.take(/\\g(?:\{([-+]?[0-9]+)\}|([-+]?[0-9]+))/y);
  if (relative !== undefined) return reference(reader, absolute(reader, relative[1] ?? relative[2] ?? ""));
  const call = reader.take(/\\g(?:<([^>]*)>|'([^']*)')/y);
  if (call === undefined) throw new PatternRefusal();
  return called(reader, call[1] ?? call[2] ?? "");
}

/** The number of a group that is counted from here when it has a sign. */
function absolute(reader: PatternReader, text: string): number {
  const number = Number(text);
  if (number === 0) throw new PatternRefusal();
  if (text.startsWith("+")) return reader.groups + number;
  if (!text.startsWith("-")) return number;
  if (-number > reader.groups) throw new PatternRefusal();
  return reader.groups + number + 1;
}

/** A reference to what a group of this name took. */
export function namedReference(reader: PatternReader, name: string): PatternPiece {
  if (name.length > LONGEST_NAME) throw new PatternRefusal();
  reader.need(name);
  const number = reader.named(name);
  if (number !== undefined) return reference(reader, number);
  reader.exact = false;
  return { ...empty(""), width: undefined };
}

/** Longest name of a group (MAX_NAME_SIZE of PCRE2). */
export const LONGEST_NAME = 32;

/** What a group took, again. In JavaScript a group that took nothing yet matches everywhere, in PCRE nowhere. */
function reference(reader: PatternReader, number: number): PatternPiece {
  reader.need(number);
  const exact = reader.certain.has(number) && reader.exactGroups && !reader.options.caseless;
  if (!exact) reader.exact = false;
  return { ...empty(`\\k<g${number}>`), width: reader.widths.get(number) };
}

/** `(?1)`, `(?-1)`, `(?R)`, `(?&name)`: a group's pattern, again. */
export function called(reader: PatternReader, target: string): PatternPiece {
  reader.exact = false;
  const again: PatternPiece = { ...empty(""), width: undefined };
  if (target === "R" || /^[-+]?0+$/.test(target)) {
    if (/^[-+]0/.test(target) || reader.behinds > 0) throw new PatternRefusal();
    return again;
  }
  if (/^[-+]?[0-9]+$/.test(target)) reader.need(absolute(reader, target));
  else if (/^[A-Za-z_]\w{0,31}$/.test(target)) reader.need(target);
  else throw new PatternRefusal();
  return again;
}
