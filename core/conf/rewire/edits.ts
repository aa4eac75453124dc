import { argumentsOf } from "../text/arguments.js";
import type { Edit } from "../text/edit.js";
import { quoteLike } from "../text/quote-like.js";
import type { WireChange, WiredLine, WiredPart } from "./change.js";

/** What was done to a directive, as people read it. */
export interface DoneChange {
  readonly about: WiredPart;
  /** What stood there: a word, or the whole directive. */
  readonly from: string;
  /** What stands there now; empty where nothing does. */
  readonly to: string;
}

/** The edits that make changes to a directive in its source, and what they come to. Refusals make none. */
export function editsOf(
  line: WiredLine,
  changes: readonly WireChange[],
): { readonly edits: readonly Edit[]; readonly done: readonly DoneChange[] } {
  const whole = changes.find((change) => change.kind === "out" || change.kind === "line");
  if (whole !== undefined) return wholeLine(line, whole);
  const words = changes.filter((change) => change.kind === "word" && change.to !== line.words[change.at]);
  const added = changes.filter((change) => change.kind === "added");
  const done = [...words, ...added].flatMap((change): readonly DoneChange[] => {
    if (change.kind === "word") return [{ about: change.about, from: line.words[change.at] ?? "", to: change.to }];
    return change.kind === "added" ? [{ about: change.about, from: "", to: change.word }] : [];
  });
  return { edits: wordEdits(line, changes), done };
}

function wholeLine(line: WiredLine, change: WireChange): ReturnType<typeof editsOf> {
  const from = line.line.text;
  const { start, end } = line.line;
  if (change.kind === "line") {
    const edits = [{ start, end, text: `${change.text}\n` }];
    return { edits, done: [{ about: change.about, from, to: change.text }] };
  }
  if (change.kind !== "out") return { edits: [], done: [] };
  return { edits: [{ start, end: start, text: "# " }], done: [{ about: change.about, from, to: "" }] };
}

/**
 * Words are replaced where they stand. Where a variable makes several words of one, or none, the line is written out.
 */
function wordEdits({ source, node, words }: WiredLine, changes: readonly WireChange[]): readonly Edit[] {
  const { text } = source.tree;
  const written = argumentsOf(text, node);
  const [first] = written;
  const last = written.at(-1);
  if (first === undefined || last === undefined) return [];
  const replaced = words.map((word, at) => {
    const change = changes.find((one) => one.kind === "word" && one.at === at);
    return change?.kind === "word" ? change.to : word;
  });
  const added = changes.flatMap((change) => (change.kind === "added" ? [change.word] : []));
  if (written.length !== words.length) {
    const line = [...replaced, ...added].map((word) => quoteLike(text, undefined, word)).join(" ");
    return [{ start: first.start, end: last.end, text: line }];
  }
  const edits = written.flatMap((word, at) => {
    const to = replaced[at] ?? word.text;
    return to === words[at] ? [] : [{ start: word.start, end: word.end, text: quoteLike(text, word, to) }];
  });
  if (added.length === 0) return edits;
  return [...edits, { start: last.end, end: last.end, text: added.map((word) => ` ${word}`).join("") }];
}
