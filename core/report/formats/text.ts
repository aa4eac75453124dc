import { excerptOf } from "../excerpt.js";
import { harmless } from "../harmless.js";
import { wrapped } from "../wrap.js";
import type { Report, ReportedFinding } from "../report.js";
import type { Severity } from "../severity.js";
import { SEVERITIES } from "../severity.js";
import { meantText } from "../../vocabulary/meant-httpd.js";
import type { Format, FormatOptions } from "./format.js";
import { blocksOf } from "./blocks.js";
import type { Block } from "./blocks.js";
import { nothingRead, severitySummary, withoutFindings } from "./summary.js";

const COLOURS = { error: 31, warning: 33, note: 36 } as const satisfies Record<Severity, number>;

/**
 * For people: errors first; one block a rule and file, with the place, the sentence, the line with carets below what is
 * meant, what happens otherwise and what to do, once.
 */
export const textFormat: Format = (reports, options) => {
  const blocks = SEVERITIES.flatMap((severity) =>
    reports.flatMap((report) => blocksOf(report, severity).map((block) => written(report, block, options))),
  );
  const suppressed = reports.flatMap((report) =>
    report.suppressed.map((found) => `${placeText(report, found)} allowed ${found.rule}: ${harmless(found.reason)}\n`),
  );
  const told = nothingRead(reports).map((line) => `${line}\n`);
  const fixable = reports.flatMap(({ diagnostics }) => diagnostics.filter(({ repair }) => repair !== undefined));
  const risky = fixable.filter(({ unsafe }) => unsafe === true).length;
  const mend = [repairable(fixable.length - risky, "--fix"), repairable(risky, "--fix --unsafe")].flat();
  const meant = (options.meant ?? []).map((one) => `${meantText(one)}\n`);
  const end = [...told, ...mend, total(reports), ...meant].join("");
  return [...blocks, ...suppressed, end].join("\n");
};

function repairable(number: number, how: string): readonly string[] {
  if (number === 0) return [];
  return [`${number === 1 ? "one of them" : `${number} of them`} can be repaired with ${how}\n`];
}

function total(reports: readonly Report[]): string {
  const { error, warning, note } = severitySummary(reports);
  const counted = [count(error, "error"), count(warning, "warning"), count(note, "note")].filter((part) => part !== "");
  const allowed = reports.flatMap(({ suppressed }) => suppressed).length;
  return `${counted.length === 0 ? withoutFindings(reports) : counted.join(", ")}${allowed === 0 ? "" : `, ${allowed} allowed`}\n`;
}

function written(report: Report, { first, others }: Block, options: FormatOptions): string {
  const { colour, width } = options;
  const severity = colour ? `\u001b[${COLOURS[first.severity]}m${first.severity}\u001b[0m` : first.severity;
  const say = (label: string, sentence: string): readonly string[] =>
    wrapped(harmless(`${label}${sentence}`), { width, indent: "  ", hanging: "    " });
  const same = others.filter((one) => one.fix === first.fix && one.found === first.found);
  const rest = others.filter((one) => !same.includes(one));
  const lines = [
    `${placeText(report, first)} ${severity} ${first.rule}`,
    ...say("", `${first.subject}: ${first.found}`),
    ...quoted(report, first, width),
    ...reason(first, options).flatMap((sentence) => say("", sentence)),
    ...say("fix: ", fixText(first)),
    ...(same.length === 0 ? [] : say("also on ", linesOf(same))),
    ...rest.flatMap((one) => say("", `${lineOf(one)}: ${one.subject}: ${one.found}; ${fixText(one)}`)),
  ];
  return `${lines.join("\n")}\n`;
}

/** What happens otherwise where that is known, else what is wanted. Why httpd has to start needs no words. */
function reason({ rule, wanted }: ReportedFinding, { rules }: FormatOptions): readonly string[] {
  if (rule === "configtest") return [];
  const why = rules.find(({ id }) => id === rule)?.why;
  return [why === undefined || why === wanted ? `wanted: ${wanted}` : `why: ${sentencesOf(why, 2)}`];
}

/** The first sentences of a text. */
function sentencesOf(text: string, most: number): string {
  return text
    .split(/(?<=[.]) (?=[A-Z])/)
    .slice(0, most)
    .join(" ");
}

function fixText({ fix, repair, unsafe }: ReportedFinding): string {
  const how = unsafe === true ? " (--fix --unsafe does it: look at it first)" : " (--fix does it)";
  return `${fix}${repair === undefined ? "" : how}`;
}

function linesOf(found: readonly ReportedFinding[]): string {
  const numbers = found.map((one) => one.place?.line ?? 0);
  return `${numbers.length === 1 ? "line" : "lines"} ${numbers.join(", ")}`;
}

function lineOf({ place, pointer }: ReportedFinding): string {
  return place === undefined ? (pointer ?? "also") : `line ${place.line}`;
}

function placeText({ input }: Report, { place, pointer }: ReportedFinding): string {
  if (place === undefined) return harmless(`${input}${pointer ?? ""}:`);
  return harmless(`${place.file}:${place.line}:${place.column}:`);
}

function quoted({ texts }: Report, { place, length }: ReportedFinding, width: number | undefined): readonly string[] {
  const line = place === undefined ? undefined : texts.get(place.file)?.line(place.line);
  return place === undefined || line === undefined ? [] : excerptOf(line, place, length, width);
}

function count(number: number, word: string): string {
  if (number === 0) return "";
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
