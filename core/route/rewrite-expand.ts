import type { Match } from "./regex.js";
import type { RewriteEscape } from "./rewrite-rule.js";
import type { Going } from "./request.js";
import { variable } from "./variable.js";

/** What references of a rule refer to. */
export interface References {
  /** `$0` to `$9`: the rule's own match. */
  readonly rule: Match | undefined;
  /** `%0` to `%9`: that of the last condition with an expression. */
  readonly condition: Match | undefined;
}

/** A text filled in. */
export interface Expanded {
  /** Undefined where something in it is not known. */
  readonly text: string | undefined;
  /** A `?` came out of a reference or a variable before one that is written. */
  readonly unsafe: boolean;
}

/** `do_expand` of mod_rewrite.c. */
export function expandRewrite(
  input: string,
  going: Going,
  references: References,
  { escape, last = false }: { readonly escape?: RewriteEscape; readonly last?: boolean } = {},
): Expanded {
  const pieces: string[] = [];
  let unknown = false;
  let unsafe: boolean | undefined;
  for (let at = 0; at < input.length;) {
    const piece = pieceAt(input, at, going, references, escape);
    at = piece.next;
    unknown ||= piece.text === undefined;
    const text = piece.text ?? "";
    pieces.push(text);
    if (text.includes("?") && (unsafe === undefined || last)) unsafe = piece.expanded;
  }
  return { text: unknown ? undefined : pieces.join(""), unsafe: unsafe ?? false };
}

interface ExpandedPiece {
  readonly text: string | undefined;
  readonly next: number;
  readonly expanded: boolean;
}

function pieceAt(
  input: string,
  at: number,
  going: Going,
  references: References,
  escape: RewriteEscape | undefined,
): ExpandedPiece {
  const character = input[at] ?? "";
  const following = input[at + 1];
  if (character === "\\") return { text: following ?? character, next: at + 2, expanded: false };
  if (character !== "$" && character !== "%") {
    const end = /[\\$%]/.exec(input.slice(at));
    const next = end === null ? input.length : at + end.index;
    return { text: input.slice(at, next), next, expanded: false };
  }
  if (following === "{") {
    const end = closing(input, at + 2);
    if (end === undefined) return { text: `${character}{`, next: at + 2, expanded: false };
    const name = input.slice(at + 2, end);
    if (character === "$" && !name.includes(":")) return { text: "${", next: at + 2, expanded: false };
    return { text: character === "%" ? variable(name, going) : undefined, next: end + 1, expanded: true };
  }
  if (following === undefined || !/[0-9]/.test(following)) {
    return { text: character, next: at + 1, expanded: false };
  }
  const match = character === "$" ? references.rule : references.condition;
  const value = match?.[Number(following)] ?? "";
  return { text: escape === undefined ? value : escaped(value, escape), next: at + 2, expanded: true };
}

/** `find_closing_curly`. */
function closing(input: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < input.length; at++) {
    if (input[at] === "{") depth++;
    else if (input[at] === "}" && --depth === 0) return at;
    else if (input[at] === "\\") at++;
  }
  return undefined;
}

/** `escape_backref`. */
function escaped(text: string, { only, never, noPlus, controls }: RewriteEscape): string {
  return text.replace(/[^]/g, (character) => {
    const meant = controls === true ? !/[!-~\x80-\xff]/.test(character) : only === undefined;
    const chosen = (meant || only?.includes(character) === true) && never?.includes(character) !== true;
    if (!chosen || /[A-Za-z0-9_]/.test(character)) return character;
    if (character === " " && noPlus !== true) return "+";
    return `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
}
