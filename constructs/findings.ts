import { AnnotationMetadataEntryType } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { messageOf } from "../core/lint/diagnostic.js";
import { lintTopology } from "../core/lint/lint-topology.js";
import { DEFAULT_PRESETS, rulesOf } from "../core/lint/presets.js";
import { checkPromises } from "../core/promises/check.js";
import type { PromiseResult } from "../core/promises/check.js";
import { checkTopology } from "../core/topology/check.js";
import type { Topology } from "../core/topology/topology.js";
import { ProblemError, problemText } from "../core/vocabulary/problem.js";
import type { Pointer, Problem } from "../core/vocabulary/problem.js";

/** Something that is wrong (the synthesis fails) or worth knowing (an annotation of the construct). */
export interface Finding {
  readonly level: "error" | "warning";
  /** Place in the topology that was checked. */
  readonly at: Pointer;
  readonly text: string;
}

/** Looks at a whole, sound description. */
type Checker = (topology: Topology) => readonly Finding[];

/** Every checker that runs at synth on a description that can be written, in the order its findings are shown. */
const CHECKERS: readonly Checker[] = [lintFindings, promiseFindings];

const FOUND = new WeakMap<Topology, readonly Finding[]>();
const WATCHED = new WeakMap<IConstruct, () => readonly Finding[]>();

/** What is wrong with a description; remembered, as descriptions do not change. */
export function findingsOf(topology: Topology): readonly Finding[] {
  const known = FOUND.get(topology);
  if (known !== undefined) return known;
  const problems = checkTopology(topology);
  const found = problems.length > 0 ? problems.map(problemFinding) : CHECKERS.flatMap((check) => check(topology));
  FOUND.set(topology, found);
  return found;
}

/** True when a description can be written as an httpd.conf. */
export function isSound(topology: Topology): boolean {
  return checkTopology(topology).length === 0;
}

/** Fails the synthesis with the construct's path when errors are found, and annotates it with warnings. */
export function watch(construct: Construct, findings: () => readonly Finding[]): void {
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

function problemFinding(problem: Problem): Finding {
  return { level: "error", at: problem.at, text: problemText(problem) };
}

/** Notes could be better, but need nobody's attention at every synth; `httpd-balancer lint` tells them. */
const RULES_AT_SYNTH = rulesOf(DEFAULT_PRESETS).filter(({ severity }) => severity !== "note");

function lintFindings(topology: Topology): readonly Finding[] {
  const { diagnostics } = lintTopology(topology, { path: "constructs", rules: RULES_AT_SYNTH });
  return diagnostics.flatMap((diagnostic) => {
    const { severity, pointer, rule } = diagnostic;
    if (severity === "note") return [];
    return [{ level: severity, at: pointer ?? "", text: `${messageOf(diagnostic)} (${rule})` }];
  });
}

/** Promises are proved where they were made; clusters without promises cost nothing. */
function promiseFindings(topology: Topology): readonly Finding[] {
  const promising = topology.clusters.flatMap(({ promises }, index) => (promises === undefined ? [] : [index]));
  return promising.flatMap((index) => {
    try {
      return checkPromises(withOnly(topology, index)).flatMap((result) => promiseFinding(result, index));
    } catch (error) {
      if (error instanceof ProblemError)
        return error.problems.map((problem) => elsewhere(problemFinding(problem), index));
      throw error;
    }
  });
}

function promiseFinding(result: PromiseResult, index: number): readonly Finding[] {
  const { id, cluster, holds, at, counterexample, note, acknowledged } = result;
  if (holds) return [];
  const why = counterexample?.explanation ?? note ?? "";
  const broken = `promise '${id}' of cluster '${cluster}' does not hold: ${why}`;
  if (acknowledged === undefined) return [elsewhere({ level: "error", at, text: broken }, index)];
  return [elsewhere({ level: "warning", at, text: `${broken} Accepted: ${acknowledged}` }, index)];
}

/** The topology with one cluster, and the mounts that do not lead to another. */
function withOnly(topology: Topology, index: number): Topology {
  const clusters = topology.clusters.slice(index, index + 1);
  const gone = new Set(topology.clusters.filter((cluster) => !clusters.includes(cluster)).map(({ name }) => name));
  const kept = <S extends Topology["servers"][number]["virtualHosts"][number] | Topology["servers"][number]>(
    scope: S,
  ): S => ({
    ...scope,
    mounts: scope.mounts.filter(({ to }) => to.kind !== "cluster" || !gone.has(to.cluster)),
  });
  const servers = topology.servers.map((server) => ({ ...kept(server), virtualHosts: server.virtualHosts.map(kept) }));
  return { ...topology, clusters, servers };
}

/** A finding about the only cluster of {@link withOnly}, as one about the cluster it was made of. */
function elsewhere(finding: Finding, index: number): Finding {
  return { ...finding, at: finding.at.replace(/^\/clusters\/0(?=\/|$)/, `/clusters/${index}`) as Pointer };
}
