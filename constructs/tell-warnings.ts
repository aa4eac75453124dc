import { AnnotationMetadataEntryType } from "./cdktf.js";
import type { IConstruct } from "constructs";

/** Set by cdktf-cli for the program that it runs, whose annotations it then prints by itself. */
const SET_BY_CLI = "CDKTF_OUTDIR";

/** More of them are counted. */
const TOLD = 50;

/**
 * Prints warnings in the words of cdktf-cli where nobody else does: a program that synthesizes by itself would not hear
 * of a hole before its first outage.
 */
export function tellWarnings(constructs: readonly IConstruct[], env: Readonly<Partial<Record<string, string>>>): void {
  // Vitest and Jest set NODE_ENV: their tests ask for what they want to know.
  if (env[SET_BY_CLI] !== undefined || env["NODE_ENV"] === "test") return;
  const lines = constructs.flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === (AnnotationMetadataEntryType.WARN as string))
      .map(({ data }) => `[Warning at ${node.path}] ${String(data)}\n`),
  );
  const more = lines.length > TOLD ? `${lines.length - TOLD} more warnings; cdktf synth prints all\n` : "";
  if (lines.length > 0) process.stderr.write(`${lines.slice(0, TOLD).join("")}${more}`);
}
