import { AnnotationMetadataEntryType } from "./cdktf.js";
import type { Construct, IConstruct } from "constructs";
import { messageOf } from "../core/report/report.js";
import { lintTopology } from "../core/lint/lint-topology.js";
import { rulesBesidePromises } from "../core/lint/presets.js";
import { checkRoles } from "../core/check/cluster-roles.js";
import { checkTopology } from "../core/check/topology.js";
import type { Topology } from "../core/topology/topology.js";
import { fileFindings } from "./file-findings.js";
import { problemFinding } from "./finding.js";
import type { SynthFinding } from "./finding.js";
import { promiseFindings } from "./promise-findings.js";
import type { ServersBeside } from "./promise-findings.js";

/** Looks at a whole, sound description. */
type Checker = (topology: Topology, beside: ServersBeside) => readonly SynthFinding[];

/** Every checker that runs at synth on a description that can be written, in the order its findings are shown. */
const CHECKERS: readonly Checker[] = [fileFindings, lintFindings, promiseFindings];

const FOUND = new WeakMap<Topology, readonly SynthFinding[]>();
const WATCHED = new WeakMap<IConstruct, () => readonly SynthFinding[]>();

/** What is wrong with a description; remembered, as descriptions do not change. */
export function findingsOf(topology: Topology, beside: ServersBeside = []): readonly SynthFinding[] {
  const known = FOUND.get(topology);
  if (known !== undefined) return known;
  const roles = topology.clusters.flatMap((cluster, index) => checkRoles(cluster, `/clusters/${index}`));
  const problems = [...checkTopology(topology), ...roles];
  const found =
    problems.length > 0 ? problems.map(problemFinding) : CHECKERS.flatMap((check) => check(topology, beside));
  FOUND.set(topology, found);
  return found;
}

/** True when a description can be written as an httpd.conf. */
export function isSound(topology: Topology): boolean {
  return checkTopology(topology).length === 0;
}

/** Fails the synthesis with the construct's path when errors are found, and annotates it with warnings. */
export function watch(construct: Construct, findings: () => readonly SynthFinding[]): void {
  WATCHED.set(construct, findings);
  construct.node.addValidation({
    validate: () =>
      findings()
        .filter(({ level }) => level === "error")
        .map(({ text }) => text),
  });
}

/** Puts the warnings of a watched construct where `cdktf synth` prints them; once each, and without a stack trace. */
export function annotate(construct: IConstruct): void {
  const warnings = (WATCHED.get(construct)?.() ?? []).filter(({ level }) => level === "warning");
  if (warnings.length === 0) return;
  const known = new Set(construct.node.metadata.map(({ data }) => data as unknown));
  for (const { text } of warnings) {
    if (!known.has(text)) construct.node.addMetadata(AnnotationMetadataEntryType.WARN, text);
  }
}

/**
 * Notes could be better, but need nobody's attention at every synth; `httpd-balancer lint` tells them. Promises are judged
 * at synth by themselves.
 */
const RULES_AT_SYNTH = rulesBesidePromises().filter(({ severity }) => severity !== "note");

function lintFindings(topology: Topology): readonly SynthFinding[] {
  const { diagnostics } = lintTopology(topology, { path: "constructs", rules: RULES_AT_SYNTH });
  return diagnostics.flatMap((diagnostic) => {
    const { severity, pointer, rule } = diagnostic;
    if (severity === "note") return [];
    return [{ level: severity, at: pointer ?? "", text: `${messageOf(diagnostic)} (${rule})` }];
  });
}
