import type { ReadLine, Verdict } from "../core/conf/read/read-conf.js";
import { withoutSecrets } from "../core/report/secrets.js";

const WORDS: Readonly<Record<Verdict, string>> = {
  understood: "understood",
  kept: "kept as it is",
  ignored: "dropped by httpd too",
  lost: "not carried",
};

/** Something to be said beside the verdicts on lines. */
export interface ImportNote {
  readonly file: string;
  readonly line?: number;
  /** `lost`: requests may notice; `refused`: it cannot be used as it is; `question`: nobody here can tell whether it may. */
  readonly verdict: "note" | "lost" | "refused" | "question";
  readonly text: string;
}

const NOTE_WORDS: Readonly<Record<ImportNote["verdict"], string>> = {
  note: "note",
  lost: WORDS.lost,
  refused: "not accepted",
  question: "question",
};

/**
 * The sums, what is to be said beside the lines, and what became of each line, in the order of the file. Lines of one
 * directive that are kept are told as one: a stock configuration has hundreds of them. Secrets are not shown.
 */
export function importLines(lines: readonly ReadLine[], notes: readonly ImportNote[]): readonly string[] {
  const sums = (Object.keys(WORDS) as readonly Verdict[]).flatMap((verdict) => {
    const count = lines.filter((line) => line.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${WORDS[verdict]}`];
  });
  return [
    `${lines.length} directives: ${sums.join(", ") || "none"}`,
    ...notes.map(({ file, line, verdict, text }) => {
      const place = line === undefined ? file : `${file}:${line}`;
      return `${place}: ${NOTE_WORDS[verdict]}: ${withoutSecrets(text)}`;
    }),
    ...[...keptTogether(lines)].map(([line, others]) => importLine(line, others)),
  ];
}

/** Each line that is told, and the later ones of its file that are told with it. */
function keptTogether(lines: readonly ReadLine[]): ReadonlyMap<ReadLine, readonly ReadLine[]> {
  const told = new Map<ReadLine, readonly ReadLine[]>();
  const first = new Map<string, ReadLine>();
  for (const line of lines) {
    const { place, text, verdict, why } = line;
    const word = /^[A-Za-z]+/.exec(text.trim())?.[0];
    const key = `${place.file}\n${(word ?? "").toLowerCase()}`;
    const before = verdict === "kept" && why === undefined && word !== undefined ? first.get(key) : undefined;
    if (before !== undefined) told.set(before, [...(told.get(before) ?? []), line]);
    else {
      told.set(line, []);
      if (verdict === "kept" && why === undefined) first.set(key, line);
    }
  }
  return told;
}

/** That nothing is written of a description that cannot be used as it is; nothing to say where it can. */
export function unusableNotes(
  problems: readonly unknown[],
  file: string,
  out: string | undefined,
): readonly ImportNote[] {
  if (problems.length === 0) return [];
  const what = problems.length === 1 ? "what is not accepted" : `these ${problems.length}`;
  return [{ file, verdict: "note", text: `${out ?? "the description"} is not written: correct ${what} first` }];
}

/** The same as data. */
export function importJson(lines: readonly ReadLine[], notes: readonly ImportNote[]): object {
  return {
    lines: lines.map(({ place, text, verdict, why }) => ({
      file: place.file,
      line: place.line,
      verdict,
      text: withoutSecrets(text),
      ...(why !== undefined && { why: withoutSecrets(why) }),
    })),
    notes: notes.map(({ file, line, verdict, text }) => ({
      file,
      ...(line !== undefined && { line }),
      verdict,
      text: withoutSecrets(text),
    })),
  };
}

function importLine({ place, text, verdict, why }: ReadLine, others: readonly ReadLine[]): string {
  const reason = why === undefined ? "" : ` (${withoutSecrets(why)})`;
  const more = others.length === 0 ? "" : ` (and ${others.length} more, to line ${others.at(-1)?.place.line})`;
  return `${place.file}:${place.line}: ${WORDS[verdict]}: ${withoutSecrets(text)}${reason}${more}`;
}
