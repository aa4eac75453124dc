import type { ReadLine, Verdict } from "../core/conf/read/read-conf.js";
import { BALANCER_PARAMETERS } from "../core/vocabulary/balancer.js";
import type { Parameter } from "../core/vocabulary/parameter.js";
import { WORKER_PARAMETERS } from "../core/vocabulary/worker.js";

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

/** What became of each line, in the order of the file, the sums, and what else is to be said; secrets are not shown. */
export function importLines(lines: readonly ReadLine[], notes: readonly ImportNote[]): readonly string[] {
  const sums = (Object.keys(WORDS) as readonly Verdict[]).flatMap((verdict) => {
    const count = lines.filter((line) => line.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${WORDS[verdict]}`];
  });
  return [
    ...lines.map(importLine),
    `${lines.length} directives: ${sums.join(", ") || "none"}`,
    ...notes.map(({ file, line, verdict, text }) => {
      const place = line === undefined ? file : `${file}:${line}`;
      return `${place}: ${NOTE_WORDS[verdict]}: ${redacted(text)}`;
    }),
  ];
}

/** The same as data. */
export function importJson(lines: readonly ReadLine[], notes: readonly ImportNote[]): object {
  return {
    lines: lines.map(({ place, text, verdict, why }) => ({
      file: place.file,
      line: place.line,
      verdict,
      text: redacted(text),
      ...(why !== undefined && { why: redacted(why) }),
    })),
    notes: notes.map(({ file, line, verdict, text }) => ({
      file,
      ...(line !== undefined && { line }),
      verdict,
      text: redacted(text),
    })),
  };
}

function importLine({ place, text, verdict, why }: ReadLine): string {
  const reason = why === undefined ? "" : ` (${redacted(why)})`;
  return `${place.file}:${place.line}: ${WORDS[verdict]}: ${redacted(text)}${reason}`;
}

const SECRETS: readonly string[] = Object.entries<Parameter>({ ...WORKER_PARAMETERS, ...BALANCER_PARAMETERS }).flatMap(
  ([word, { secret }]) => (secret === true ? [word] : []),
);
const SECRET_PARAMETER = new RegExp(`\\b(${SECRETS.join("|")})=("[^"]*"|\\S+)`, "gi");
const PASSWORD_IN_URL = /(\/\/[^/\s:@]+):[^/\s@]+@/g;

/** Text without the values of secret parameters and passwords in URLs. */
export function redacted(text: string): string {
  return text.replace(SECRET_PARAMETER, "$1=***").replace(PASSWORD_IN_URL, "$1:***@");
}
