import { PatternReader } from "./pcre/pattern-reader.js";
import type { CapturingGroup, PatternOptions } from "./pcre/pattern-reader.js";
import { PatternRefusal } from "./pcre/piece.js";
import { readAlternatives } from "./pcre/sequence.js";

/** A regular expression of httpd, ready to be asked. */
export interface Matcher {
  readonly kind: "matcher";
  /** True when the text holds a match. */
  readonly test: (text: string) => boolean;
  /** The first match and what its groups took, by number; undefined without a match. */
  readonly exec: (text: string) => readonly (string | undefined)[] | undefined;
  /** Names of its groups, by number less one; undefined for a group without. */
  readonly names: readonly (string | undefined)[];
  /** False when where a match ends, or what its groups hold, may differ from httpd's. */
  readonly exactGroups: boolean;
}

/** What becomes of a pattern. */
export type Regex =
  | Matcher
  /** httpd does not compile it. */
  | { readonly kind: "refused" }
  /** httpd compiles it; what it matches cannot be told here. */
  | { readonly kind: "unknown" };

/** How a directive has its pattern compiled: the flags of `ap_regcomp` that are not its defaults. */
export interface RegexFlags {
  /** `[NC]`, `i`. */
  readonly caseless?: boolean;
  /** `m` of an expression. */
  readonly multiline?: boolean;
}

/**
 * Compiles a regular expression as httpd does: `ap_regcomp` (server/util_pcre.c, httpd 2.4.71) on PCRE2 10.42, where a
 * dot takes line ends and `$` stands at the very end. Bytes are characters: pattern and texts have one character a byte.
 */
export function compileRegex(pattern: string, { caseless = false, multiline = false }: RegexFlags = {}): Regex {
  const key = `${caseless ? "i" : "-"}${multiline ? "m" : "-"}${pattern}`;
  const known = COMPILED.get(key);
  if (known !== undefined) return known;
  const regex = compiled(pattern, { ...DEFAULTS, caseless, multiline });
  if (COMPILED.size >= MOST_KEPT) COMPILED.clear();
  COMPILED.set(key, regex);
  return regex;
}

/** The matcher of a pattern; undefined where httpd refuses it, or where what it matches cannot be told. */
export function matcherOf(pattern: string, flags?: RegexFlags): Matcher | undefined {
  const regex = compileRegex(pattern, flags);
  return regex.kind === "matcher" ? regex : undefined;
}

/** How a pattern is built. */
export interface PatternParts {
  /** The alternatives it is made of, as they are written. */
  readonly branches: readonly string[];
  /** Its groups, by number less one. */
  readonly groups: readonly CapturingGroup[];
}

/** The alternatives and groups of a pattern; undefined where httpd refuses it. */
export function partsOfPattern(pattern: string): PatternParts | undefined {
  const read = readPattern(pattern, DEFAULTS);
  return read && { branches: read.reader.branches, groups: read.reader.captured };
}

/** True when httpd compiles a pattern. */
export function compiles(pattern: string): boolean {
  return compileRegex(pattern).kind !== "refused";
}

/** The same few patterns are asked for every request. */
const COMPILED = new Map<string, Regex>();
/** So that an editor that runs for days does not keep every pattern that was ever typed. */
const MOST_KEPT = 2_000;

const DEFAULTS: PatternOptions = {
  caseless: false,
  multiline: false,
  dotAll: true,
  extended: false,
  noCapture: false,
  ungreedy: false,
};

function compiled(pattern: string, options: PatternOptions): Regex {
  const read = readPattern(pattern, options);
  if (read === undefined) return { kind: "refused" };
  return read.reader.exact ? scriptMatcher(read.script, read.reader) : { kind: "unknown" };
}

/** A pattern in JavaScript's words, and what was seen in it; undefined where httpd refuses it. */
function readPattern(
  pattern: string,
  options: PatternOptions,
): { readonly script: string; readonly reader: PatternReader } | undefined {
  const reader = new PatternReader(pattern, options);
  try {
    const { script } = readAlternatives(reader);
    if (reader.at < pattern.length) return undefined;
    reader.finish();
    return { script, reader };
  } catch (error) {
    if (error instanceof PatternRefusal) return undefined;
    throw error;
  }
}

function scriptMatcher(script: string, { groups, names, exactGroups }: PatternReader): Regex {
  const expression = scripted(script);
  if (expression === undefined) return { kind: "unknown" };
  const keys = Array.from({ length: groups }, (_, index) => `g${index + 1}`);
  return {
    kind: "matcher",
    names,
    exactGroups,
    test: (text) => expression.test(text),
    exec: (text) => {
      const match = expression.exec(text);
      return match === null ? undefined : [match[0], ...keys.map((key) => match.groups?.[key])];
    },
  };
}

/** Undefined for what JavaScript's engine cannot hold, such as a hundred thousand repeats within repeats. */
function scripted(script: string): RegExp | undefined {
  try {
    return new RegExp(script);
  } catch {
    return undefined;
  }
}
