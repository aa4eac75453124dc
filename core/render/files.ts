import type { Deferred, Text } from "../topology/topology.js";

/** A file to be written. */
export interface OutputFile {
  /** Relative to the folder it is written to, with `/`. */
  readonly path: string;
  /** Its content; holes are filled by who knows the addresses. */
  readonly text: Text;
}

/** The text with every hole replaced. */
export function fillText(text: Text, fill: (hole: Deferred) => string): string {
  if (typeof text === "string") return text;
  return text.map((piece) => (typeof piece === "string" ? piece : fill(piece))).join("");
}
