import { readSpec } from "../spec/read-spec.js";
import type { ServerFile } from "../server-files/server-file.js";
import type { MeantHttpd } from "../vocabulary/meant-httpd.js";
import type { PlacedProblem } from "../vocabulary/problem.js";
import { fingerprinted } from "../report/fingerprint.js";
import type { Diagnostic, LintReport } from "./diagnostic.js";
import { lintTopology } from "./lint-topology.js";
import type { Rule } from "./rule.js";
import { withoutSecrets } from "../report/secrets.js";
import { specText } from "./source-text.js";

/** What a spec is linted with. */
export interface SpecLinting {
  /** The httpd that is meant, whatever the spec says. @default - the one it says */
  readonly asked?: MeantHttpd | undefined;
  /** What servers' own files say beside it. @default - nothing */
  readonly beside?: readonly ServerFile[];
}

/**
 * Lints a spec. One that cannot be read has its problems as findings, with the rule `spec`.
 *
 * @param path - name of the file in reports
 * @param beside - what servers' own files say beside it
 * @param asked - the httpd that is meant, whatever the spec says
 */
export function lintSpec(
  text: string,
  path: string,
  rules?: readonly Rule[],
  { asked, beside = [] }: SpecLinting = {},
): LintReport {
  const reading = readSpec(text, path, asked);
  if (reading.ok) {
    const { topology, locate, meant } = reading;
    return {
      ...lintTopology(topology, { path, text, locate, beside, ...(rules === undefined ? {} : { rules }) }),
      meant,
    };
  }
  const diagnostics = fingerprinted(reading.problems.map(problemDiagnostic));
  const told = asked === undefined ? {} : { meant: asked };
  const unread = reading.wellFormed ? {} : { unread: true };
  return { input: path, diagnostics, suppressed: [], texts: new Map([[path, specText(text)]]), ...told, ...unread };
}

function problemDiagnostic(problem: PlacedProblem): Omit<Diagnostic, "fingerprint"> {
  const { at, subject, found, allowed, fix, file, line, column } = problem;
  return {
    rule: "spec",
    severity: "error",
    place: { file, line, column },
    length: 1,
    pointer: at,
    subject,
    found: withoutSecrets(found),
    wanted: `${allowed}.`,
    fix,
    repair: undefined,
  };
}
