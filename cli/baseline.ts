import { jsonText } from "../core/report/json-text.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";
import type { Report } from "../core/report/report.js";

/** Findings that were there before: their fingerprints, each as often as it is. */
export type Baseline = ReadonlySet<string>;

/**
 * Reads a file that {@link baselineText} wrote.
 *
 * @throws UnusableError for another file
 */
export function readBaseline(path: string, io: Io): Baseline {
  const text = new TextDecoder().decode(io.readBytes(path));
  const fingerprints = parsed(text);
  if (fingerprints === undefined) {
    throw new UnusableError(`${path}: is no baseline; write one with --write-baseline ${path}`);
  }
  return new Set(fingerprints);
}

function parsed(text: string): readonly string[] | undefined {
  try {
    const { fingerprints } = JSON.parse(text) as { readonly fingerprints?: unknown };
    const good = Array.isArray(fingerprints) && fingerprints.every((one) => typeof one === "string");
    return good ? fingerprints : undefined;
  } catch {
    return undefined;
  }
}

/** The findings of today, for {@link readBaseline}: fingerprints, with what they are about for those who read the file. */
export function baselineText(reports: readonly Report[]): string {
  const found = reports.flatMap(({ diagnostics }) => diagnostics);
  const about = found.map(({ fingerprint, rule, place }) => `${fingerprint} ${rule} ${place?.file ?? ""}`.trimEnd());
  const fingerprints = found.map(({ fingerprint }) => fingerprint);
  return jsonText({ fingerprints, about }, 2);
}

/** Reports without what was there before. */
export function newIn<R extends Report>(reports: readonly R[], before: Baseline): readonly R[] {
  return reports.map((report) => ({
    ...report,
    diagnostics: report.diagnostics.filter(({ fingerprint }) => !before.has(fingerprint)),
  }));
}
