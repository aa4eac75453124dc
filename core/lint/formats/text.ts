import type { Diagnostic, LintReport } from "../diagnostic.js";
import type { Severity } from "../rule.js";
import { withoutSecrets } from "../secrets.js";
import type { SourceText } from "../source-text.js";
import type { Format } from "./format.js";
import { summaryOf } from "./summary.js";

const COLOURS = { error: 31, warning: 33, note: 36 } as const satisfies Record<Severity, number>;
const WIDEST = 160;

/** For people: place, rule, sentence, and the line with carets below what is meant. */
export const text: Format = (reports, { colour }) => {
  const blocks = reports.flatMap((report) => report.diagnostics.map((found) => block(report, found, colour)));
  const suppressed = reports.flatMap((report) =>
    report.suppressed.map((found) => `${placeText(report, found)} allowed ${found.rule}: ${found.reason}\n`),
  );
  const { error, warning, note } = summaryOf(reports);
  const counted = [count(error, "error"), count(warning, "warning"), count(note, "note")].filter((part) => part !== "");
  const total = counted.length === 0 ? "no findings" : counted.join(", ");
  const allowed = suppressed.length === 0 ? "" : `, ${suppressed.length} allowed`;
  return [...blocks, ...suppressed, `${total}${allowed}\n`].join("\n");
};

function block(report: LintReport, found: Diagnostic, colour: boolean): string {
  const severity = colour ? `\u001b[${COLOURS[found.severity]}m${found.severity}\u001b[0m` : found.severity;
  const lines = [
    `${placeText(report, found)} ${severity} ${found.rule}`,
    `  ${harmless(`${found.subject}: ${found.found}`)}`,
    ...excerptOf(report.texts, found),
    `  wanted: ${found.wanted}`,
    `  fix: ${harmless(found.fix)}${found.repair === undefined ? "" : " (--fix does it)"}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** Text that cannot steer a terminal. */
function harmless(text: string): string {
  return text.replace(/\p{Cc}/gu, "\ufffd");
}

function placeText({ input }: LintReport, { place, pointer }: Diagnostic): string {
  if (place === undefined) return `${input}${pointer ?? ""}:`;
  return `${place.file}:${place.line}:${place.column}:`;
}

function excerptOf(texts: ReadonlyMap<string, SourceText>, { place, length }: Diagnostic): readonly string[] {
  const line = place === undefined ? undefined : texts.get(place.file)?.line(place.line);
  if (place === undefined || line === undefined) return [];
  const from = place.column <= WIDEST / 2 ? 0 : place.column - 1 - WIDEST / 4;
  const cut = withoutSecrets(line)
    .slice(from, from + WIDEST)
    .replaceAll("\t", " ");
  const number = String(place.line);
  const carets = "^".repeat(Math.max(1, Math.min(length, cut.length - (place.column - 1 - from))));
  return [
    `    ${number} | ${harmless(cut)}`,
    `    ${" ".repeat(number.length)} | ${" ".repeat(place.column - 1 - from)}${carets}`,
  ];
}

function count(number: number, word: string): string {
  if (number === 0) return "";
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
