/**
 * One logical line of an httpd.conf: one physical line, or several joined by a backslash at the end of each.
 *
 * Positions are offsets into the text of the file, where one character is one byte.
 */
export interface Line {
  /** Offset of the first byte. */
  readonly start: number;
  /** Offset after the last byte, the end of line included. */
  readonly end: number;
  /** Number of the first physical line, from 1. */
  readonly line: number;
  /** The line number httpd reports: that of the last physical line. */
  readonly lastLine: number;
  /** What httpd sees: joined and trimmed. */
  readonly text: string;
}

/** A word of a line: what httpd reads, and where it is written. */
export interface Word {
  /** The word without its quotes and escapes. */
  readonly text: string;
  /** Offset of its first byte in the file, an opening quote included. */
  readonly start: number;
  /** Offset after its last byte, a closing quote included. */
  readonly end: number;
}

/** An empty line. */
export interface Blank {
  readonly kind: "blank";
  readonly line: Line;
}

/** A line that starts with `#`. */
export interface Comment {
  readonly kind: "comment";
  readonly line: Line;
}

/** A directive on a line of its own. */
export interface Directive {
  readonly kind: "directive";
  readonly line: Line;
  /** Its name as written. */
  readonly name: string;
}

/** A container: `<Name arguments>`, what stands in it, and `</Name>`. */
export interface Section {
  readonly kind: "section";
  /** The opening line. */
  readonly line: Line;
  /** Its name as written, without `<`. */
  readonly name: string;
  readonly children: readonly Node[];
  /** The closing line; absent when the file ends before it. */
  readonly close?: Line;
}

/** A closing line that closes nothing: no section is open, or another one. */
export interface StrayClose {
  readonly kind: "stray";
  readonly line: Line;
  /** Its name as written, without `</` and `>`. */
  readonly name: string;
}

/** A node of the lossless tree. */
export type Node = Blank | Comment | Directive | Section | StrayClose;

/** A whole file: its text and its nodes in order. Every byte belongs to exactly one {@link Line}. */
export interface Tree {
  /** The bytes of the file, one character a byte (ISO-8859-1). */
  readonly text: string;
  readonly nodes: readonly Node[];
  /** Every line in file order. */
  readonly lines: readonly Line[];
  /** The node each entry of `lines` belongs to; a section owns its opening and its closing line. */
  readonly owners: readonly Node[];
}
