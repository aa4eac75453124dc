import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AnnotationMetadataEntryType, TerraformStack } from "cdktf";
import type { ISynthesisSession } from "cdktf";
import type { IConstruct } from "constructs";
import { annotate } from "./findings.js";

/** A file that is written beside a stack's `cdk.tf.json`. */
export interface StackFile {
  /** Below the stack's folder. */
  readonly path: string;
  readonly text: string;
  /** True when nobody but the owner may read it. */
  readonly secret: boolean;
}

const WRITERS = new WeakMap<TerraformStack, (() => readonly StackFile[])[]>();
const CHECKED = new WeakSet<ISynthesisSession>();

/**
 * Has files written when the stack of a construct is synthesized, and has the whole app checked before anything is
 * written: cdktf alone stops at the first stack with a problem, after it wrote the stacks before.
 */
export function joinSynthesis(construct: IConstruct, files: () => readonly StackFile[] = () => []): void {
  const stack = TerraformStack.of(construct);
  const known = WRITERS.get(stack);
  if (known !== undefined) {
    known.push(files);
    return;
  }
  const writers = [files];
  WRITERS.set(stack, writers);
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      if (session.skipValidation !== true && !CHECKED.has(session)) checkAll(stack.node.root);
      CHECKED.add(session);
      synthesizer.synthesize(session);
      const folder = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
      const written = new Map(writers.flatMap((write) => write()).map((file) => [file.path, file]));
      for (const file of written.values()) writeFile(folder, file);
    },
  };
}

/** Throws one Error with all problems of all stacks, each with its construct path. */
function checkAll(root: IConstruct): void {
  const constructs = root.node.findAll();
  constructs.forEach(annotate);
  const problems = constructs.flatMap((construct) =>
    problemsOf(construct).map((problem) => `[${construct.node.path}] ${problem}`),
  );
  if (problems.length === 0) return;
  const heading = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  throw new Error(`${heading} in the description; nothing was written\n  ${problems.join("\n  ")}`);
}

function problemsOf(construct: IConstruct): readonly string[] {
  const annotated = construct.node.metadata.filter(
    ({ type }) => type === (AnnotationMetadataEntryType.ERROR as string),
  );
  return [...construct.node.validate(), ...annotated.map(({ data }) => String(data))];
}

function writeFile(folder: string, { path, text, secret }: StackFile): void {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text, { encoding: "utf8", mode: secret ? 0o600 : 0o644 });
}
