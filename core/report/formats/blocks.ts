import type { Report, ReportedFinding } from "../report.js";
import type { Severity } from "../severity.js";

/** Findings that are told together: those of one rule in one file. */
export interface Block {
  readonly first: ReportedFinding;
  readonly others: readonly ReportedFinding[];
}

/** The findings of a severity in blocks, each where its first finding stands. */
export function blocksOf({ diagnostics }: Report, severity: Severity): readonly Block[] {
  const groups = new Map<string, ReportedFinding[]>();
  for (const found of diagnostics) {
    if (found.severity !== severity) continue;
    const key = `${found.rule}\n${found.place?.file ?? ""}\n${found.rule === "configtest" ? found.fix : ""}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [found]);
    else group.push(found);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [{ first, others }]));
}
