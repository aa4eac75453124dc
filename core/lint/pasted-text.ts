import { toUnicode } from "../httpd/bytes.js";
import { mayBePasted, pastedIn, retyped } from "../conf/text/pasted.js";
import type { Pasted } from "../conf/text/pasted.js";
import type { Diagnostic } from "./diagnostic.js";

/** A file in which something was pasted from a page or a document. */
export interface PastedFile {
  /** The file as it was meant: with plain characters. */
  readonly text: string;
  /** The look-alikes in it, as one finding; its place counts characters. */
  readonly diagnostic: Omit<Diagnostic, "fingerprint">;
}

/** The look-alikes in a file, or undefined where there are none. */
export function pastedFile(file: string, text: string): PastedFile | undefined {
  if (!mayBePasted(text)) return undefined;
  const lines = text.split("\n");
  const found = lines.flatMap((line, index) => pastedIn(line).map((pasted) => ({ pasted, line: index + 1 })));
  const [first] = found;
  if (first === undefined) return undefined;
  const numbers = [...new Set(found.map(({ line }) => line))];
  const kinds = byCode(found.map(({ pasted }) => pasted));
  return {
    text: lines.map(retyped).join("\n"),
    diagnostic: {
      rule: "pasted-text",
      severity: "error",
      ...placeOf(file, first.line, lines[first.line - 1] ?? ""),
      pointer: undefined,
      subject: "pasted text",
      found: `${listed(kinds.map(kindOf))} on ${linesOf(numbers)}: httpd takes them for letters of a word`,
      wanted: "An httpd.conf is written in plain characters.",
      fix: typingFor(found.map(({ pasted }) => pasted)),
      repair: { kind: "retype", at: { file, line: first.line, column: 1 } },
    },
  };
}

function byCode(found: readonly Pasted[]): readonly (readonly Pasted[])[] {
  const groups = new Map<string, Pasted[]>();
  for (const one of found) {
    const group = groups.get(one.code);
    if (group === undefined) groups.set(one.code, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Where the first look-alike of a line stands, with those that follow it without a gap, in characters. */
function placeOf(file: string, line: number, text: string): Pick<Diagnostic, "place" | "length"> {
  const found = pastedIn(text);
  const start = found[0]?.start ?? 0;
  const gap = found.findIndex((one, index) => one.end !== found[index + 1]?.start);
  const end = found[gap]?.end ?? start;
  const column = toUnicode(text.slice(0, start)).length + 1;
  return { place: { file, line, column }, length: toUnicode(text.slice(start, end)).length };
}

function kindOf(group: readonly Pasted[]): string {
  const [{ name, code } = { name: "", code: "" }] = group;
  return group.length === 1 ? `a ${name} (${code})` : `${group.length} ${name}s (${code})`;
}

/** What to type for look-alikes, each kind once. */
export function typingFor(found: readonly Pasted[]): string {
  return listed([...new Set(found.map(typing))]);
}

function typing({ name, plain }: Pasted): string {
  if (plain === "") return `delete the ${name}`;
  return `type ${plain === " " ? "a plain blank" : plain} for the ${name}`;
}

function linesOf(numbers: readonly number[]): string {
  const shown = numbers.slice(0, MOST_LINES).map(String);
  const rest = numbers.length - shown.length;
  const words = rest > 0 ? [...shown, `${rest} more`] : shown;
  return `${numbers.length === 1 ? "line" : "lines"} ${listed(words)}`;
}

const MOST_LINES = 8;

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
