import { characterClass } from "./character-class.js";
import { escapePiece } from "./escape.js";
import { atomic, parenthesis } from "./group.js";
import type { PatternReader } from "./pattern-reader.js";
import { PatternRefusal, alternatives, empty, joined, literal, single } from "./piece.js";
import type { PatternPiece, Width } from "./piece.js";

/** Reads alternatives up to a closing parenthesis, or to the end of the pattern. */
export function readAlternatives(reader: PatternReader): PatternPiece {
  const before = reader.certain;
  const fixed = reader.fixedAt === reader.depth;
  const branches: PatternPiece[] = [];
  const texts: string[] = [];
  do {
    reader.certain = before;
    const start = reader.at;
    const branch = readBranch(reader);
    if (fixed) refuseVariable(branch);
    branches.push(branch);
    texts.push(reader.pattern.slice(start, reader.at));
  } while (reader.takeText("|"));
  if (branches.length > 1) reader.certain = before;
  reader.branches = texts;
  return alternatives(branches);
}

/** Longest look-behind. */
const FARTHEST = 65_535;

function refuseVariable({ width }: PatternPiece): void {
  if (width !== undefined && (width.least !== width.most || width.most > FARTHEST)) throw new PatternRefusal();
}

/** One alternative. */
function readBranch(reader: PatternReader): PatternPiece {
  const pieces: PatternPiece[] = [];
  let repeatable = false;
  while (reader.at < reader.pattern.length && !/[|)]/.test(reader.next)) {
    if (skipBlank(reader)) continue;
    const repeat = repeatAt(reader);
    if (repeat !== undefined) {
      const piece = pieces.pop();
      if (!repeatable || piece === undefined) throw new PatternRefusal();
      pieces.push(repeated(reader, piece, repeat));
      repeatable = false;
      continue;
    }
    const found = itemAt(reader, repeatable);
    pieces.push(...found.pieces);
    repeatable = found.repeatable;
  }
  return joined(pieces);
}

interface Items {
  readonly pieces: readonly PatternPiece[];
  /** True when a repeat may follow, which then is of the last piece. */
  readonly repeatable: boolean;
}

function itemAt(reader: PatternReader, repeatable: boolean): Items {
  if (reader.pattern.startsWith("(?#", reader.at)) {
    parenthesis(reader, readAlternatives);
    return { pieces: [], repeatable };
  }
  if (reader.takeText("\\Q")) {
    const quoted = reader.take(/([^]*?)(?:\\E|$)/y)?.[1] ?? "";
    const pieces = Array.from(quoted, (character) => literal(character, reader.options.caseless));
    return { pieces, repeatable: pieces.length > 0 || repeatable };
  }
  if (reader.takeText("\\E")) return { pieces: [], repeatable };
  if (reader.next === "(") {
    const { piece, repeatable: open } = parenthesis(reader, readAlternatives);
    return { pieces: [piece], repeatable: open };
  }
  const place = /[$^]/.test(reader.next) || /^\\[ABGKZbz]/.test(reader.pattern.slice(reader.at, reader.at + 2));
  return { pieces: [atomAt(reader)], repeatable: !place };
}

/** With `x`, blanks and comments up to the end of a line do not count. */
function skipBlank(reader: PatternReader): boolean {
  return reader.options.extended && reader.take(/[ \t\n\v\f\r]+|#[^\n]*(?:\n|$)/y) !== undefined;
}

function atomAt(reader: PatternReader): PatternPiece {
  const { next, options } = reader;
  if (next === "\\") return escapePiece(reader);
  if (next === "[") {
    if (!reader.takeText("[[:<:]]") && !reader.takeText("[[:>:]]")) return characterClass(reader);
    reader.exact = false;
    return empty("");
  }
  reader.at += 1;
  if (next === ".") return single(options.dotAll ? "[^]" : "[^\\n]");
  if (next === "^") return empty(options.multiline ? "(?:(?<![^])|(?<=\\n)(?=[^]))" : "(?<![^])");
  if (next === "$") return empty(options.multiline ? "(?=\\n|(?![^]))" : "(?![^])");
  return literal(next, options.caseless);
}

interface Repeat {
  readonly least: number;
  readonly most: number;
  readonly mode: "greedy" | "lazy" | "possessive";
}

/** Largest number in `{n,m}` (MAX_REPEAT_COUNT of PCRE2). */
const MOST_REPEATS = 65_535;

function repeatAt(reader: PatternReader): Repeat | undefined {
  const found = reader.take(/(?:([*+?])|\{([0-9]+)(?:(,)([0-9]*))?\})(?:(?:\\E|\(\?#[^)]*\))*([+?]))?/y);
  if (found === undefined) return undefined;
  const [, sign, from, comma, to, suffix] = found;
  const swapped = reader.options.ungreedy ? suffix !== "?" : suffix === "?";
  const mode = suffix === "+" ? "possessive" : swapped ? "lazy" : "greedy";
  if (sign !== undefined) return { least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity, mode };
  const least = Number(from);
  const most = comma === undefined ? least : to === "" || to === undefined ? Infinity : Number(to);
  if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS) || most < least) throw new PatternRefusal();
  return { least, most, mode };
}

function repeated(reader: PatternReader, piece: PatternPiece, { least, most, mode }: Repeat): PatternPiece {
  const { width, groups } = piece;
  const mayBeEmpty = (width === undefined || width.least === 0) && (groups.length > 0 || width?.most !== 0);
  const varied = piece.optionalGroups && most > 1;
  if (varied || (mayBeEmpty && (least === 0 || most > 1))) reader.exactGroups = false;
  if (least === 0) reader.certain = new Set([...reader.certain].filter((group) => !groups.includes(group)));
  const count = `{${least},${most === Infinity ? "" : most}}`;
  const whole: PatternPiece = {
    script: `(?:${piece.script})${count}${mode === "lazy" ? "?" : ""}`,
    width: piece.lookAhead === true ? width : timesWidth(width, least, most),
    groups,
    optionalGroups: piece.optionalGroups || (least === 0 && groups.length > 0),
  };
  return mode === "possessive" ? atomic(reader, whole) : whole;
}

/** To PCRE2 a repeat of a varying number is of no fixed length, whatever is repeated. */
function timesWidth(width: Width | undefined, least: number, most: number): Width | undefined {
  if (least !== most) return { least: (width?.least ?? 0) * least, most: Infinity };
  return width === undefined ? undefined : { least: width.least * least, most: least === 0 ? 0 : width.most * least };
}
