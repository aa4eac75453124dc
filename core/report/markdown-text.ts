import { harmless } from "./harmless.js";

/** Where a piece of Markdown stands: in the cell of a table a bar has to be escaped, even in code. */
export interface MarkdownPlace {
  /** @default false */
  readonly cell?: boolean;
}

/**
 * A sentence with somebody's words in it as Markdown of GitHub and GitLab that shows the same words and nothing else:
 * what could be markup, a mention, a reference, a link or a command becomes code.
 */
export function markdownText(sentence: string, place: MarkdownPlace = {}): string {
  const out: string[] = [];
  let code: readonly string[] = [];
  const close = (): void => {
    if (code.length > 0) out.push(markedCode(code.join(" "), place));
    code = [];
  };
  for (const word of harmless(sentence).split(/\s+/)) {
    if (word === "") continue;
    if (!isPlain(word)) {
      code = [...code, word];
      // What stands behind the end of a clause is something else.
      if (CLAUSE_END.test(word)) close();
      continue;
    }
    close();
    out.push(word);
  }
  close();
  return out.join(" ");
}

/** The punctuation of the sentence stays outside. */
function markedCode(text: string, place: MarkdownPlace): string {
  const [, inner = "", end = ""] = /^(.*?)([,;:.]*)$/s.exec(text) ?? [];
  return inner === "" ? codeSpan(text, place) : `${codeSpan(inner, place)}${end}`;
}

/** A text as it is, as code within a line. */
export function codeSpan(text: string, { cell = false }: MarkdownPlace = {}): string {
  const inner = harmless(text).replaceAll("`", "'").replace(/\s+/g, " ").trim();
  if (inner === "") return "";
  const code = `\`${inner}\``;
  return cell ? code.replaceAll("|", "\\|") : code;
}

/** Lines as a block of code that none of them can end. */
export function codeBlock(lines: readonly string[], language = ""): readonly string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...lines.map(harmless), fence];
}

/** Words, numbers and fractions with the punctuation of sentences around them. */
const PLAIN = /^["'(]*(?:[\p{L}\p{N}]+(?:[-'][\p{L}\p{N}]+)*|[0-9]+(?:[./][0-9]+)?|[→…%·–])["')]*[,;:.…]*$/u;

const CLAUSE_END = /[^,;:.][,;:.]$/;

/** What begins a list, and what GitHub takes for a commit. */
const MEANT = /^(?:[0-9]+[.)]+|[0-9a-f]{7,40}[,;:.]*)$/i;

function isPlain(word: string): boolean {
  return PLAIN.test(word) && !MEANT.test(word);
}
