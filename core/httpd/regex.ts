/**
 * True when httpd (PCRE2 10.42) compiles a regular expression: it is rewritten into JavaScript's words and compiled
 * here. Variable-length lookbehinds and callouts are not told from good ones.
 */
export function compiles(pattern: string): boolean {
  const script = inJavaScript(pattern);
  if (script === undefined) return false;
  try {
    new RegExp(script);
    return true;
  } catch {
    return false;
  }
}

/** What stands at a place of a pattern, rewritten; undefined for what PCRE refuses. */
interface Piece {
  readonly script: string;
  readonly next: number;
}

const POSIX = "alpha lower upper alnum ascii blank cntrl digit graph print punct space word xdigit".split(" ");
/** Largest number in `{n,m}`. */
const MOST_REPEATS = 65_535;

/** `\1`, `\g{-1}`, `(?+1)`; behind a bare backslash, two digits and more are a character in octal if need be. */
const REFERENCE = /^(?:\\(?=[1-9](?![0-9]))|\\g[{<']?|\(\?)(?<sign>[-+]?)(?<group>[0-9]{1,5})/;

/** The pattern in JavaScript's words; undefined when PCRE refuses something JavaScript would take. */
function inJavaScript(pattern: string): string | undefined {
  const pieces: string[] = [];
  let groups = 0;
  let needed = 0;
  for (let at = 0; at < pattern.length;) {
    const piece = pieceAt(pattern, at);
    if (piece === undefined) return undefined;
    needed = Math.max(needed, groupsNeeded(pattern.slice(at, at + 12), groups));
    if (piece.script === "(") groups += 1;
    pieces.push(piece.script);
    at = piece.next;
  }
  return needed > groups ? undefined : pieces.join("");
}

/** How many groups a pattern has to have for the reference a text begins with; with a sign it counts from here. */
function groupsNeeded(text: string, before: number): number {
  const { sign, group } = REFERENCE.exec(text)?.groups ?? {};
  if (group === undefined) return 0;
  const number = Number(group);
  if (sign === "+") return before + number;
  if (sign === "-") return number > before ? Number.POSITIVE_INFINITY : 0;
  return number;
}

function pieceAt(pattern: string, at: number): Piece | undefined {
  const character = pattern[at] ?? "";
  if (character === "\\") return escape(pattern, at);
  if (character === "[") return characterClass(pattern, at);
  if (character === "(") return group(pattern, at);
  const repeat = /^(?:[*+?]|\{([0-9]+)(?:,([0-9]*))?\})([+?]?)/.exec(pattern.slice(at, at + 20));
  if (repeat === null) return { script: character === "{" ? "\\{" : character, next: at + 1 };
  const numbers = [repeat[1], repeat[2]].map((text) => (text === undefined || text === "" ? 0 : Number(text)));
  if (numbers.some((number) => number > MOST_REPEATS)) return undefined;
  const script = repeat[3] === "+" ? repeat[0].slice(0, -1) : repeat[0];
  return { script, next: at + repeat[0].length };
}

function escape(pattern: string, at: number): Piece | undefined {
  const following = pattern[at + 1];
  if (following === undefined) return undefined;
  if (following === "Q") {
    const end = pattern.indexOf("\\E", at);
    const literal = pattern.slice(at + 2, end < 0 ? pattern.length : end);
    return { script: literal.replace(/[^\w]/g, "\\$&"), next: end < 0 ? pattern.length : end + 2 };
  }
  if (following === "E") return { script: "", next: at + 2 };
  if (following === "g" && !/^\\g(?:[-+]?[0-9]|[{<'])/.test(pattern.slice(at, at + 4))) return undefined;
  if (following === "c") return pattern[at + 2] === undefined ? undefined : { script: "x", next: at + 3 };
  if (/[pP]/.test(following)) {
    const length = /^\\[pP](?:\{[^}]*\}|[A-Z])/.exec(pattern.slice(at))?.[0].length;
    return length === undefined ? undefined : { script: "x", next: at + length };
  }
  if (/[iIjJLlmMoqTuUyY]/.test(following)) return undefined;
  const one = /[a-zA-Z]/.test(following) && !/[bBdDsSwWnrtfvx]/.test(following);
  return { script: one ? "x" : `\\${following}`, next: at + 2 };
}

/** `[...]`: a `]` right after the opening is a character of the class. */
function characterClass(pattern: string, at: number): Piece | undefined {
  const opening = pattern.startsWith("[^", at) ? "[^" : "[";
  const pieces: string[] = [opening];
  let from = at + opening.length;
  for (let first = true; from < pattern.length; first = false) {
    const character = pattern[from] ?? "";
    if (character === "]" && !first) return { script: `${pieces.join("")}]`, next: from + 1 };
    const posix = /^\[:\^?([a-z]*):\]/.exec(pattern.slice(from, from + 20));
    if (posix !== null) {
      if (!POSIX.includes(posix[1] ?? "")) return undefined;
      pieces.push("a");
      from += posix[0].length;
    } else if (character === "\\") {
      const escaped = escape(pattern, from);
      if (escaped === undefined || /^\\[dDsSwWhHvV]-[^\]]/.test(pattern.slice(from, from + 4))) return undefined;
      if (/^\\[dDsSwWhHvV]/.test(pattern.slice(from)) && endsInOpenRange(pieces)) return undefined;
      pieces.push(escaped.script);
      from = escaped.next;
    } else {
      pieces.push(character === "]" || character === "[" ? `\\${character}` : character);
      from += 1;
    }
  }
  return undefined;
}

/** True for `a-`, to which no set of characters is an end; a `-` that stands first or behind a range is a character. */
function endsInOpenRange(pieces: readonly string[]): boolean {
  const range = pieces.at(-3) === "-" && pieces.length > 4;
  return pieces.at(-1) === "-" && pieces.length > 2 && !range;
}

/** `(`, with what makes it special. */
function group(pattern: string, at: number): Piece | undefined {
  const rest = pattern.slice(at, at + 40);
  if (rest.startsWith("(?#")) {
    const end = pattern.indexOf(")", at);
    return end < 0 ? undefined : { script: "", next: end + 1 };
  }
  const flags = /^\(\?\^?[imsxnJ]*(?:-[imsx]*)?\)/.exec(rest)?.[0];
  if (flags !== undefined) return { script: "", next: at + flags.length };
  const verb = /^\(\*[A-Z_]+(?::[^)]*)?\)/.exec(rest)?.[0];
  if (verb !== undefined) return { script: "", next: at + verb.length };
  const recursion = /^\(\?(?:R|[+-]?[0-9]+|&\w+|P>\w+)\)/.exec(rest)?.[0];
  const called = /^\(\?(?:&|P>)(\w+)/.exec(rest)?.[1];
  if (called !== undefined && !pattern.includes(`<${called}>`) && !pattern.includes(`'${called}'`)) return undefined;
  if (recursion !== undefined) return { script: "x", next: at + recursion.length };
  const special = /^\(\?(?:[:=!>|]|<[=!]|\^?[imsxnJ]*(?:-[imsx]*)?:)/.exec(rest)?.[0];
  if (special !== undefined) {
    const look = /^\(\?<?[=!]$/.test(special);
    return { script: look ? special : "(?:", next: at + special.length };
  }
  const named = /^\(\?(?:P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/.exec(rest)?.[0];
  if (named !== undefined) return { script: "(", next: at + named.length };
  return rest.startsWith("(?") ? undefined : { script: "(", next: at + 1 };
}
