import type { Text } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import { directive, section, verbatim } from "./line.js";
import type { WrittenLine } from "./line.js";

/**
 * A piece of what a description is written as. Who renders prints it; who follows a request takes what the request meets
 * as it is, in the same order, and leaves the rest unprinted.
 */
export type Piece =
  /** A directive or section that a request meets. */
  | {
      readonly kind: "met";
      readonly name: string;
      /** Without quotes. */
      readonly words: readonly Text[];
      /** What of the topology it says. */
      readonly at: Pointer;
      /** What stands in a section; absent for a directive. */
      readonly children?: readonly Piece[];
    }
  /** Lines as they were given. */
  | { readonly kind: "given"; readonly lines: readonly string[]; readonly at: Pointer }
  /** Lines that say nothing about where a request goes: made when they are printed. */
  | { readonly kind: "aside"; readonly lines: () => readonly WrittenLine[] };

/** A directive that a request meets. */
export function met(name: string, words: readonly Text[], at: Pointer): Piece {
  return { kind: "met", name, words, at };
}

/** A section that a request meets. */
export function metSection(name: string, words: readonly Text[], at: Pointer, children: readonly Piece[]): Piece {
  return { kind: "met", name, words, at, children };
}

/** Lines as they were given; nothing where there are none. */
export function given(lines: readonly string[] | undefined, at: Pointer): readonly Piece[] {
  return lines === undefined || lines.length === 0 ? [] : [{ kind: "given", lines, at }];
}

/** Lines that say nothing about where a request goes. */
export function aside(lines: () => readonly WrittenLine[]): Piece {
  return { kind: "aside", lines };
}

/** Pieces as the lines of a file. */
export function printed(pieces: readonly Piece[]): readonly WrittenLine[] {
  return pieces.flatMap((piece) => {
    switch (piece.kind) {
      case "met":
        return piece.children === undefined
          ? [directive(piece.name, ...piece.words)]
          : section(piece.name, piece.words, printed(piece.children));
      case "given":
        return piece.lines.map(verbatim);
      case "aside":
        return piece.lines();
    }
  });
}
