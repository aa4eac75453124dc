import { applyEdits } from "../conf/text/edit.js";
import type { ExpandOptions } from "../conf/run/expand.js";
import { withChangedTexts } from "../conf/run/changed-texts.js";
import type { Difference } from "../host/difference.js";
import { driftOf } from "../host/drift.js";
import type { LiveBalancer } from "../host/live-state.js";
import { lintSource } from "../lint/lint-conf.js";
import { repairEdits } from "../lint/repair-edits.js";
import type { FileEdits } from "../lint/repair-edits.js";
import type { Repair } from "../lint/repair.js";
import { withoutSecrets } from "../report/secrets.js";
import type { Topology } from "../topology/topology.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";

/** A description into which was written what operators changed on the running httpd. */
export interface AdoptedLive {
  /** New texts of the files that change, one character a byte. */
  readonly texts: ReadonlyMap<string, string>;
  /**
   * What is still another one afterwards: members and balancers that came or went, what one line cannot say, and what
   * stands on a line with a secret, which no patch may show.
   */
  readonly left: readonly Difference[];
}

/**
 * Writes what a running httpd has into its httpd.conf, so that a reload changes nothing of it: only the words that must
 * change, where they stand. What comes of it is read again and compared, and what still differs is told.
 */
export function adoptLive(options: ExpandOptions, live: readonly LiveBalancer[]): AdoptedLive {
  const { topology, locate, trees } = lintSource(options, []);
  const edits = driftOf(topology, live).differences.flatMap((difference) => {
    const repair = repairOf(topology, difference);
    const made = repair && repairEdits(repair, { locate, treeOf: (file) => trees.get(file) });
    return made === undefined || showsSecret(trees.get(made.file)?.text ?? "", made) ? [] : [made];
  });
  const texts = new Map(
    [...new Set(edits.map(({ file }) => file))].map((file) => {
      const all = edits.filter((one) => one.file === file);
      return [file, editedText(trees.get(file)?.text ?? "", all)] as const;
    }),
  );
  const after = lintSource(withChangedTexts(options, texts), []);
  return { texts, left: driftOf(after.topology, live).differences };
}

/** True where a line that would change holds a secret. */
function showsSecret(text: string, { edits }: FileEdits): boolean {
  return edits.some(({ start, end }) => {
    const behind = text.indexOf("\n", end);
    const lines = text.slice(text.lastIndexOf("\n", start - 1) + 1, behind === -1 ? text.length : behind);
    return withoutSecrets(lines) !== lines;
  });
}

/** Two values on one line are inserted behind each other, as they are found. */
function editedText(text: string, all: readonly FileEdits[]): string {
  return applyEdits(
    text,
    all.flatMap(({ edits }) => edits),
  );
}

/** The change that says the live value; undefined for what has no value: a member or a balancer as a whole. */
function repairOf(topology: Topology, difference: Difference): Repair | undefined {
  const { cluster, member, what } = difference;
  if (isWhole(difference)) return undefined;
  const of = pointerToMember(topology, cluster, member);
  if (of === undefined) return undefined;
  const value = valueToWrite(difference);
  return value === undefined ? { kind: "unset", of, parameter: what } : { kind: "set", of, parameter: what, value };
}

/** True where all of a member or a balancer came or went. */
export function isWhole({ what }: Difference): boolean {
  return what === "member" || what === "balancer";
}

/** The live value as a file says it; undefined where it says nothing, as of a status without flags. */
export function valueToWrite({ what, live }: Difference): string | undefined {
  const isNothing = what === "status" ? !live.startsWith("+") : live === "";
  return isNothing ? undefined : live;
}

/** Where a member, or without one a balancer, stands in a description; undefined for one that is not in it. */
export function pointerToMember({ clusters }: Topology, name: string, member: string | undefined): Pointer | undefined {
  const at = clusters.findIndex((cluster) => cluster.name === name);
  if (member === undefined) return at === -1 ? undefined : `/clusters${pointerStep(at)}`;
  const index = clusters[at]?.members.findIndex((one) => one.name === member) ?? -1;
  return index === -1 ? undefined : `/clusters${pointerStep(at)}/members${pointerStep(index)}`;
}
