/** A part of a pattern, rewritten into JavaScript's words. */
export interface PatternPiece {
  readonly script: string;
  /** Fewest and most bytes it takes; undefined where that cannot be told here. */
  readonly width: Width | undefined;
  /** Numbers of the groups in it. */
  readonly groups: readonly number[];
  /** True when a group in it may be left out of a match of it. */
  readonly optionalGroups: boolean;
  /** True for a look-ahead, which has no length however often it is repeated. */
  readonly lookAhead?: true;
}

/** How many bytes a match takes. */
export interface Width {
  readonly least: number;
  readonly most: number;
}

/** Thrown inside this folder for what PCRE does not compile. */
export class PatternRefusal extends Error {}

/** One character of a set. */
export function single(script: string): PatternPiece {
  return { script, width: { least: 1, most: 1 }, groups: [], optionalGroups: false };
}

/** A place between characters. */
export function empty(script: string): PatternPiece {
  return { script, width: { least: 0, most: 0 }, groups: [], optionalGroups: false };
}

/** Pieces one behind the other. */
export function joined(pieces: readonly PatternPiece[]): PatternPiece {
  return {
    script: pieces.map(({ script }) => script).join(""),
    width: pieces.map(({ width }) => width).reduce(sum, { least: 0, most: 0 }),
    groups: pieces.flatMap(({ groups }) => groups),
    optionalGroups: pieces.some(({ optionalGroups }) => optionalGroups),
  };
}

/** Pieces one of which matches. */
export function alternatives(branches: readonly PatternPiece[]): PatternPiece {
  const groups = branches.flatMap((branch) => branch.groups);
  return {
    script: branches.map(({ script }) => script).join("|"),
    width: branches.map(({ width }) => width).reduce(hull),
    groups,
    optionalGroups: branches.some((branch) => branch.optionalGroups) || (branches.length > 1 && groups.length > 0),
  };
}

/** A literal byte, in any case of its letter when `caseless`. */
export function literal(character: string, caseless: boolean): PatternPiece {
  const other = caseless ? swappedCase(character) : character;
  return single(other === character ? escaped(character) : `[${escaped(character)}${escaped(other)}]`);
}

/** The other case of an ASCII letter; other characters as they are. */
export function swappedCase(character: string): string {
  if (/[a-z]/.test(character)) return character.toUpperCase();
  return /[A-Z]/.test(character) ? character.toLowerCase() : character;
}

/** A character as JavaScript's expressions take it for itself everywhere. */
export function escaped(character: string): string {
  if (/[A-Za-z0-9_/]/.test(character)) return character;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function sum(left: Width | undefined, right: Width | undefined): Width | undefined {
  if (left === undefined || right === undefined) return undefined;
  return { least: left.least + right.least, most: left.most + right.most };
}

function hull(left: Width | undefined, right: Width | undefined): Width | undefined {
  if (left === undefined || right === undefined) return undefined;
  return { least: Math.min(left.least, right.least), most: Math.max(left.most, right.most) };
}
