import { LONGEST_NAME, called, namedReference } from "./escape.js";
import type { PatternOptions, PatternReader } from "./pattern-reader.js";
import { PatternRefusal, empty, joined } from "./piece.js";
import type { PatternPiece } from "./piece.js";
import { verb } from "./verb.js";

/** Reads alternatives up to a closing parenthesis, or to the end of the pattern. */
export type ReadAlternatives = (reader: PatternReader) => PatternPiece;

/** What stands at an opening parenthesis. */
export interface Parenthesis {
  readonly piece: PatternPiece;
  /** True when a repeat may follow. */
  readonly repeatable: boolean;
}

/** Most parentheses within each other (PARENS_NEST_LIMIT of PCRE2). */
const DEEPEST = 250;

/** `(`, with what makes it special (`parse_regex`, src/pcre2_compile.c, PCRE2 10.42). */
export function parenthesis(reader: PatternReader, inner: ReadAlternatives): Parenthesis {
  if (reader.takeText("(?#")) {
    if (reader.take(/[^)]*\)/y) === undefined) throw new PatternRefusal();
    return { piece: empty(""), repeatable: true };
  }
  const options = reader.take(/\(\?(\^?)([a-zA-Z]*)(-?)([a-zA-Z]*)\)/y);
  if (options !== undefined && !/^R$/.test(`${options[1] ?? ""}${options[2] ?? ""}`)) {
    reader.options = changed(reader.options, options);
    return { piece: empty(""), repeatable: false };
  }
  if (options !== undefined) return { piece: called(reader, "R"), repeatable: true };
  const callout = reader.take(/\(\?C([0-9]*)\)/y);
  if (callout !== undefined) {
    if (Number(callout[1]) > 255) throw new PatternRefusal();
    return { piece: empty(""), repeatable: false };
  }
  const spoken = verb(reader);
  if (spoken !== undefined) return { piece: spoken, repeatable: false };
  return { piece: closed(reader, inner), repeatable: true };
}

function closed(reader: PatternReader, inner: ReadAlternatives): PatternPiece {
  const call = reader.take(/\(\?(?:P>|&)(\w*)\)|\(\?(R|[-+]?[0-9]+)\)/y);
  if (call !== undefined) return called(reader, call[1] ?? call[2] ?? "");
  const again = reader.take(/\(\?P=(\w*)\)/y);
  if (again !== undefined) return namedReference(reader, again[1] ?? "");
  if (reader.takeText("(?(")) return condition(reader, inner);
  const start = reader.at;
  const named = reader.take(/\((?:\?P?<([A-Za-z_]\w*)>|\?'([A-Za-z_]\w*)')/y);
  if (named !== undefined) return capture(reader, inner, start, named[1] ?? named[2]);
  if (/^\((?!\?)/.test(reader.pattern.slice(reader.at, reader.at + 2))) {
    reader.at += 1;
    return reader.options.noCapture ? within(reader, inner, (piece) => piece) : capture(reader, inner, start);
  }
  return special(reader, inner);
}

/** Reads what is in parentheses; options set in there end with them. */
function body(reader: PatternReader, inner: ReadAlternatives): PatternPiece {
  const { options } = reader;
  reader.depth += 1;
  if (reader.depth > DEEPEST) throw new PatternRefusal();
  const piece = inner(reader);
  if (!reader.takeText(")")) throw new PatternRefusal();
  reader.depth -= 1;
  reader.options = options;
  return piece;
}

function within(
  reader: PatternReader,
  inner: ReadAlternatives,
  wrap: (piece: PatternPiece) => PatternPiece,
): PatternPiece {
  const piece = body(reader, inner);
  return wrap({ ...piece, script: `(?:${piece.script})` });
}

function capture(reader: PatternReader, inner: ReadAlternatives, start: number, name?: string): PatternPiece {
  if (name !== undefined && name.length > LONGEST_NAME) throw new PatternRefusal();
  const number = reader.open(name);
  const piece = body(reader, inner);
  reader.captured[number - 1] = { start, branches: reader.branches };
  reader.certain = new Set([...reader.certain, number]);
  if (piece.width !== undefined) reader.widths.set(number, piece.width);
  return { ...piece, script: `(?<g${number}>${piece.script})`, groups: [number, ...piece.groups] };
}

function special(reader: PatternReader, inner: ReadAlternatives): PatternPiece {
  const opening = reader.take(/\((?:\?(?:[:=!>|*]|<[=!*])|\*(?:[a-z_]+):)/y)?.[0];
  switch (opening) {
    case "(?:":
      return within(reader, inner, (piece) => piece);
    case "(?=":
    case "(*pla:":
    case "(*positive_lookahead:":
      return look(reader, inner, "(?=");
    case "(?!":
    case "(*nla:":
    case "(*negative_lookahead:":
      return look(reader, inner, "(?!");
    case "(?<=":
    case "(*plb:":
    case "(*positive_lookbehind:":
      return look(reader, inner, "(?<=");
    case "(?<!":
    case "(*nlb:":
    case "(*negative_lookbehind:":
      return look(reader, inner, "(?<!");
    case "(?>":
    case "(*atomic:":
      return atomic(reader, body(reader, inner));
    case "(?|":
      reader.exact = false;
      return within(reader, inner, (piece) => piece);
    case "(?*":
    case "(?<*":
      return untold(reader, inner);
    default:
      return options(reader, inner, opening);
  }
}

/** Alphabetic names of groups that have no sign of their own here. */
const NAMED_GROUPS =
  /^\(\*(?:napla|naplb|non_atomic_positive_look(?:ahead|behind)|sr|script_run|asr|atomic_script_run):$/;

function options(reader: PatternReader, inner: ReadAlternatives, opening: string | undefined): PatternPiece {
  if (opening !== undefined) {
    if (!NAMED_GROUPS.test(opening)) throw new PatternRefusal();
    return untold(reader, inner);
  }
  const given = reader.take(/\(\?(\^?)([a-zA-Z]*)(-?)([a-zA-Z]*):/y);
  if (given === undefined) throw new PatternRefusal();
  const outer = reader.options;
  reader.options = changed(outer, given);
  const piece = within(reader, inner, (whole) => whole);
  reader.options = outer;
  return piece;
}

/** Groups of which JavaScript has nothing like. */
function untold(reader: PatternReader, inner: ReadAlternatives): PatternPiece {
  reader.exact = false;
  return within(reader, inner, (piece) => ({ ...piece, width: undefined }));
}

/** What is tried once and never again: a look-ahead, whose match is then taken. */
export function atomic(reader: PatternReader, piece: PatternPiece): PatternPiece {
  reader.atomics += 1;
  if (reader.behinds > 0 || !reader.exactGroups) reader.exact = false;
  const name = `a${reader.atomics}`;
  return { ...piece, script: `(?:(?=(?<${name}>${piece.script}))\\k<${name}>)` };
}

/** PCRE2 10.42 wants each alternative of a look-behind to be of one length; longest 65535. */
function look(reader: PatternReader, inner: ReadAlternatives, opening: "(?=" | "(?!" | "(?<=" | "(?<!"): PatternPiece {
  const before = reader.certain;
  const behind = opening.startsWith("(?<");
  reader.looks += 1;
  reader.behinds += behind ? 1 : 0;
  const piece = body(reader, behind ? fixedBranches(inner) : inner);
  reader.looks -= 1;
  reader.behinds -= behind ? 1 : 0;
  if (opening.endsWith("!")) reader.certain = before;
  if (behind && piece.groups.length > 0) {
    reader.exactGroups = false;
    reader.certain = before;
  }
  const place: PatternPiece = { ...piece, script: `${opening}${piece.script})`, width: { least: 0, most: 0 } };
  return behind ? place : { ...place, lookAhead: true };
}

/** Marks the alternatives of a look-behind, so that each of them is measured. */
function fixedBranches(inner: ReadAlternatives): ReadAlternatives {
  return (reader) => {
    const outer = reader.fixedAt;
    reader.fixedAt = reader.depth;
    const piece = inner(reader);
    reader.fixedAt = outer;
    return piece;
  };
}

/** `(?(1)yes|no)`: what is asked is not told here, only whether it may be asked. */
function condition(reader: PatternReader, inner: ReadAlternatives): PatternPiece {
  const asked = reader.take(
    /(?:([-+]?[0-9]+)|<(\w+)>|'(\w+)'|R(?:[0-9]+|&\w+)?|DEFINE|VERSION>?=[0-9.]+|([A-Za-z_]\w*))\)/y,
  );
  if (asked === undefined) {
    if (!/^\?(?:[=!*]|<[=!*]|C)/.test(reader.pattern.slice(reader.at, reader.at + 3))) throw new PatternRefusal();
    reader.at -= 1;
    closed(reader, inner);
  } else {
    const [, number, ...names] = asked;
    const name = names.find((one: string | undefined) => one !== undefined);
    if (number !== undefined) called(reader, number);
    if (name !== undefined) reader.need(name);
  }
  const piece = untold(reader, inner);
  if (reader.branches.length > 2) throw new PatternRefusal();
  return joined([piece]);
}

const LETTERS: Readonly<Record<string, keyof PatternOptions>> = {
  i: "caseless",
  m: "multiline",
  s: "dotAll",
  x: "extended",
  n: "noCapture",
  U: "ungreedy",
};

const UNSET = { caseless: false, multiline: false, dotAll: false, extended: false, noCapture: false } as const;

/** Options behind `(?`: set, and behind a `-` cleared; `^` clears all of `imnsx` first. `J` is always on in httpd. */
function changed(options: PatternOptions, [, caret, set = "", minus, cleared = ""]: RegExpExecArray): PatternOptions {
  if (caret === "^" && minus === "-") throw new PatternRefusal();
  if (minus === "" && cleared !== "") throw new PatternRefusal();
  const words = (letters: string, on: boolean): Partial<PatternOptions> =>
    Object.fromEntries(
      Array.from(letters.replaceAll("J", ""), (letter) => {
        const option = LETTERS[letter];
        if (option === undefined) throw new PatternRefusal();
        return [option, on];
      }),
    );
  return { ...options, ...(caret === "^" ? UNSET : {}), ...words(set, true), ...words(cleared, false) };
}
