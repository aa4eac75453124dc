import { join } from "node:path";
import { AnnotationMetadataEntryType, TerraformStack } from "./cdktf.js";
import type { ISynthesisSession } from "./cdktf.js";
import type { IConstruct } from "constructs";
import { annotate } from "./findings.js";
import { tellWarnings } from "./tell-warnings.js";
import { writeFile } from "./write-file.js";

/** A file that is written beside a stack's `cdk.tf.json`. */
export interface StackFile {
  /** Below the stack's folder. */
  readonly path: string;
  readonly text: string;
  /** True when nobody but the owner may read it. */
  readonly secret: boolean;
  /** Path of the construct it belongs to; absent for one that constructs share, which is the same for all of them. */
  readonly owner?: string;
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
      for (const { path, text, secret } of apart(writers.flatMap((write) => write()))) {
        writeFile(join(folder, path), text, secret);
      }
    },
  };
}

/**
 * Nothing is written while a construct of any stack has a problem.
 *
 * @throws Error with all problems of all stacks, each with its construct path
 */
function checkAll(root: IConstruct): void {
  const constructs = root.node.findAll();
  constructs.forEach(annotate);
  tellWarnings(constructs, process.env);
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

/** The file of cdktf beside which the others are written. */
const TERRAFORM = "cdk.tf.json";

/** The folders a file lies in. */
function foldersOf(path: string): readonly string[] {
  const steps = path.split("/").slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join("/"));
}

/**
 * The files, shared ones once.
 *
 * @throws Error when two constructs mean one file, also where case makes no difference
 */
function apart(files: readonly StackFile[]): readonly StackFile[] {
  const known = new Map<string, StackFile>();
  for (const file of files) {
    const key = file.path.toLowerCase();
    const other = known.get(key);
    if (other !== undefined && other.owner !== file.owner) {
      const owners = `${other.owner ?? other.path} and ${file.owner ?? file.path}`;
      throw new Error(`file ${file.path}: found two constructs that write it, ${owners}; give one another id`);
    }
    known.set(key, file);
  }
  for (const { path, owner } of files) {
    const folder = foldersOf(path.toLowerCase()).find((each) => known.has(each) || each === TERRAFORM);
    if (folder === undefined) continue;
    throw new Error(`file ${path}: ${folder} is a file and cannot be a folder; give ${owner ?? path} another id`);
  }
  return [...known.values()];
}
