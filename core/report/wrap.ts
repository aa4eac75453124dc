/** How a sentence is broken into lines. */
export interface Wrapping {
  /** Most characters of a line; undefined for one long line. */
  readonly width: number | undefined;
  /** In front of the first line. */
  readonly indent: string;
  /** In front of the others. */
  readonly hanging: string;
}

/** A sentence in lines, broken at blanks; a word that is longer than a line has one of its own. */
export function wrapped(sentence: string, { width = Infinity, indent, hanging }: Wrapping): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of sentence.split(" ")) {
    const room = width - (lines.length === 0 ? indent : hanging).length;
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push((lines.length === 0 ? indent : hanging) + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, (lines.length === 0 ? indent : hanging) + line];
}

/** Rows of a table, and lines of YAML, which say something else when they are broken. */
const WHOLE = /\S {2,}\S.* {2,}\S|^\s*- /;

/** A text in lines as wide as asked for: sentences are broken, with what belongs to them further in. */
export function proseLines(text: string, width: number | undefined): string {
  const broken = (line: string): readonly string[] => {
    if (width === undefined || line.length <= width || WHOLE.test(line)) return [line];
    const indent = /^ */.exec(line)?.[0] ?? "";
    return wrapped(line.slice(indent.length), { width, indent, hanging: `${indent}  ` });
  };
  return text.split("\n").flatMap(broken).join("\n");
}
