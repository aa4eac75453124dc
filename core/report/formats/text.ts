import { excerptOf } from "../excerpt.js";
import { harmless } from "../harmless.js";
import type { Report, ReportedFinding } from "../report.js";
import type { Severity } from "../severity.js";
import type { Format } from "./format.js";
import { summaryOf } from "./summary.js";

const COLOURS = { error: 31, warning: 33, note: 36 } as const satisfies Record<Severity, number>;

/** For people: place, rule, sentence, and the line with carets below what is meant. */
export const text: Format = (reports, { colour }) => {
  const blocks = reports.flatMap((report) => report.diagnostics.map((found) => block(report, found, colour)));
  const suppressed = reports.flatMap((report) =>
    report.suppressed.map((found) => `${placeText(report, found)} allowed ${found.rule}: ${harmless(found.reason)}\n`),
  );
  const { error, warning, note } = summaryOf(reports);
  const counted = [count(error, "error"), count(warning, "warning"), count(note, "note")].filter((part) => part !== "");
  const total = counted.length === 0 ? "no findings" : counted.join(", ");
  const allowed = suppressed.length === 0 ? "" : `, ${suppressed.length} allowed`;
  return [...blocks, ...suppressed, `${total}${allowed}\n`].join("\n");
};

function block(report: Report, found: ReportedFinding, colour: boolean): string {
  const severity = colour ? `\u001b[${COLOURS[found.severity]}m${found.severity}\u001b[0m` : found.severity;
  const lines = [
    `${placeText(report, found)} ${severity} ${found.rule}`,
    `  ${harmless(`${found.subject}: ${found.found}`)}`,
    ...quoted(report, found),
    `  wanted: ${found.wanted}`,
    `  fix: ${harmless(found.fix)}${found.repair === undefined ? "" : " (--fix does it)"}`,
  ];
  return `${lines.join("\n")}\n`;
}

function placeText({ input }: Report, { place, pointer }: ReportedFinding): string {
  if (place === undefined) return harmless(`${input}${pointer ?? ""}:`);
  return harmless(`${place.file}:${place.line}:${place.column}:`);
}

function quoted({ texts }: Report, { place, length }: ReportedFinding): readonly string[] {
  const line = place === undefined ? undefined : texts.get(place.file)?.line(place.line);
  return place === undefined || line === undefined ? [] : excerptOf(line, place, length);
}

function count(number: number, word: string): string {
  if (number === 0) return "";
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
