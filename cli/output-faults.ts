import type { OutputFault } from "../core/render/proof.js";
import { withoutSecrets } from "../core/report/secrets.js";

/** A reason not to write an output, with both places. */
export interface OutputNote {
  readonly file: string;
  readonly line?: number;
  /** `refused`: it must not be written; `question`: nobody here can tell whether it may; `note`: it is told with it. */
  readonly verdict: "refused" | "question" | "note";
  readonly text: string;
}

const WHAT: Readonly<Record<OutputFault["kind"], string>> = {
  rejected: "httpd would not start with it",
  opened: "somebody would reach what is closed to him",
  lost: "a member that answers would answer no more",
  elsewhere: "another member would answer, or under another path",
  unfollowed: "not all of it is shown",
  "not shown": "it is not shown that nobody reaches more than before",
};

const VERDICTS: Partial<Readonly<Record<OutputFault["kind"], OutputNote["verdict"]>>> = {
  unfollowed: "note",
  "not shown": "question",
};

/**
 * What keeps an output from being written, as notes at the lines it comes from.
 *
 * @param file - the input, for what has no line there
 * @param output - what the output is called
 */
export function outputNotes(faults: readonly OutputFault[], file: string, output: string): readonly OutputNote[] {
  return faults.map(({ kind, text, before, after, others }) => {
    const line = after === undefined ? "" : `; line ${after.line} of ${output} decides then: ${after.text}`;
    const more = others === 0 ? "" : `; and ${others} ${others === 1 ? "request" : "requests"} more`;
    const ask = kind === "not shown" ? "; is it meant so? --unproven writes it" : "";
    return {
      file: before?.file ?? file,
      ...(before !== undefined && { line: before.line }),
      verdict: VERDICTS[kind] ?? "refused",
      text: withoutSecrets(`${WHAT[kind]}: ${text}${line}${more}${ask}`),
    };
  });
}

/** The notes that keep an output from being written, given what the caller takes upon himself. */
export function standing(notes: readonly OutputNote[], unproven: boolean): readonly OutputNote[] {
  return notes.filter(({ verdict }) => verdict === "refused" || (verdict === "question" && !unproven));
}

/** The notes that are told with what is written. */
export function toldWith(notes: readonly OutputNote[]): readonly OutputNote[] {
  return notes.filter(({ verdict }) => verdict === "note");
}

/** A note as a line of text. */
export function outputText({ file, line, verdict, text }: OutputNote): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${verdict}: ${text}`;
}
