import { lintConf } from "../core/lint/lint-conf.js";
import { rulesOf } from "../core/lint/presets.js";
import type { ExpandOptions } from "../core/conf/run/expand.js";
import { factsText } from "../core/server-files/facts-text.js";
import type { ServerFile } from "../core/server-files/server-file.js";
import type { ImportNote } from "./import-report.js";

/** The rules about both ends. */
const NODE_RULES = rulesOf(["recommended", "security"]).filter(({ id }) => id.startsWith("node-"));

/** What servers' own files say beside an httpd.conf, and where both ends differ. */
export function nodeNotes(beside: readonly ServerFile[], run: ExpandOptions | undefined): readonly ImportNote[] {
  const seen = beside.map((file): ImportNote => {
    const line = file.kind === "workers" ? 1 : file.at.line;
    return { file: file.file, line, verdict: "note", text: factsText(file) };
  });
  if (run === undefined || beside.length === 0) return seen;
  const { diagnostics } = lintConf({ ...run, beside }, NODE_RULES);
  const differing = diagnostics.filter(({ rule }) => rule.startsWith("node-"));
  return [
    ...seen,
    ...differing.map(({ place, subject, found, fix, rule }): ImportNote => ({
      file: place?.file ?? run.path,
      ...(place === undefined ? {} : { line: place.line }),
      verdict: "question",
      text: `${subject}: ${found}; ${fix} (${rule})`,
    })),
  ];
}
