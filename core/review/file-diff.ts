import { structuredPatch } from "diff";
import { withoutSecrets } from "../report/secrets.js";
import type { FileReview } from "./report.js";
import type { ReviewedText } from "./side.js";

/** Differences of one file after which its lines are not shown any more. */
const MOST_DIFFERENCES = 2_000;

/** Lines around a difference. */
const CONTEXT = 3;

/** What is different in the files that httpd reads, by their paths; equal files are left out, secrets are masked. */
export function compareFiles(before: readonly ReviewedText[], after: readonly ReviewedText[]): readonly FileReview[] {
  const old = new Map(before.map(({ path, text }) => [path, text]));
  const young = new Map(after.map(({ path, text }) => [path, text]));
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((path) => {
    const [from, to] = [old.get(path) ?? "", young.get(path) ?? ""];
    return from === to ? [] : [fileReview(path, from, to)];
  });
}

function fileReview(path: string, from: string, to: string): FileReview {
  const patch = structuredPatch(path, path, withoutSecrets(from), withoutSecrets(to), undefined, undefined, {
    context: CONTEXT,
    maxEditLength: MOST_DIFFERENCES,
  });
  if (patch === undefined) return { path, ...lineCounts(from, to), lines: [] };
  const lines = patch.hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines,
  ]);
  return { path, added: count(lines, "+"), removed: count(lines, "-"), lines };
}

function count(lines: readonly string[], mark: string): number {
  return lines.filter((line) => line.startsWith(mark)).length;
}

/** Of files that are too different: lines of one that the other does not have. */
function lineCounts(from: string, to: string): Pick<FileReview, "added" | "removed"> {
  const [old, young] = [from.split("\n"), to.split("\n")];
  const [had, has] = [new Set(old), new Set(young)];
  return {
    added: young.filter((line) => !had.has(line)).length,
    removed: old.filter((line) => !has.has(line)).length,
  };
}
