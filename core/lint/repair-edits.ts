import { argumentsOf, nameWordOf } from "../conf/text/arguments.js";
import { toUnicode } from "../httpd/bytes.js";
import {
  insertAfter,
  insertBefore,
  insertInto,
  removeNode,
  removeParameter,
  replaceWord,
  setParameters,
} from "../conf/text/edit.js";
import type { DirectiveWords, Edit } from "../conf/text/edit.js";
import { settingOf } from "../conf/run/directives/proxy-parameters.js";
import { pastedIn } from "../conf/text/pasted.js";
import { nodeAt } from "../conf/text/node-at.js";
import type { SourcePlace } from "../vocabulary/place.js";
import type { Node, Section, Tree, Word } from "../conf/text/tree.js";
import { wordsOf } from "../httpd/word.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Repair, RepairPlace } from "./repair.js";

/** What an edit needs to know about the files. */
export interface RepairContext {
  readonly locate: (at: Pointer) => SourcePlace | undefined;
  readonly treeOf: (file: string) => Tree | undefined;
}

/** Edits of one file. */
export interface FileEdits {
  readonly file: string;
  readonly edits: readonly Edit[];
}

/** The edits a repair comes to; undefined where the file is written in a way that leaves no place for them. */
export function repairEdits(repair: Repair, context: RepairContext): FileEdits | undefined {
  switch (repair.kind) {
    case "set":
      return setEdits(repair, context);
    case "unset":
      return unsetEdits(repair, context);
    case "reword":
      return onNode(context, repair.at, (tree, node) => rewordEdits(tree, node, repair));
    case "retype":
      return retypeEdits(repair.at, context);
    case "insert":
      return onNode(context, repair.at, (tree, node) => {
        const directive = directiveOf(repair.line);
        return repair.where === "above" ? insertBefore(tree, node, directive) : insertAfter(tree, node, directive);
      });
    case "comment":
      return onNode(context, repair.at, (tree, node) => commentEdits(tree, node, repair.from));
    case "delete":
      return onNode(context, repair.at, removeNode);
  }
}

type Change<K extends Repair["kind"]> = Extract<Repair, { kind: K }>;

/** Where the parameter stands already; else on the member's line, or in a ProxySet of the balancer. */
function setEdits({ of, parameter, value }: Change<"set">, context: RepairContext): FileEdits | undefined {
  const pair = { [parameter]: value };
  return onNode(context, `${of}/parameters/${parameter}`, (tree, node) => {
    if (node.kind !== "section" || hasParameter(tree, node, parameter)) return setParameters(tree, node, pair);
    const set = node.children.findLast(
      (child) => child.kind === "directive" && child.name.toLowerCase() === "proxyset",
    );
    if (set !== undefined) return setParameters(tree, set, pair);
    return insertInto(tree, node, { name: "ProxySet", words: [`${parameter}=${value}`] });
  });
}

/** A ProxySet that sets nothing more goes as a whole. */
function unsetEdits({ of, parameter }: Change<"unset">, context: RepairContext): FileEdits | undefined {
  return onNode(context, `${of}/parameters/${parameter}`, (tree, node) => {
    const left = argumentsOf(tree.text, node).filter(({ text }) => !sets(text, parameter));
    if (node.kind === "directive" && node.name.toLowerCase() === "proxyset" && left.length === 0) {
      return removeNode(tree, node);
    }
    return removeParameter(tree, node, parameter);
  });
}

function rewordEdits(tree: Tree, node: Node, { from, to, words: count = 1 }: Change<"reword">): readonly Edit[] {
  const words = argumentsOf(tree.text, node);
  const index = words.findIndex(({ text }) => toUnicode(text).toLowerCase() === from.toLowerCase());
  const word = words[index];
  if (word === undefined) return [];
  const end = words[index + count - 1]?.end ?? word.end;
  if (to !== "") return replaceWord(tree, { ...word, end }, spelledAs(toUnicode(word.text), to));
  const before: Word | undefined = words[index - 1] ?? nameWordOf(tree.text, node);
  return [{ start: before?.end ?? word.start, end: word.end, text: "" }];
}

/** The new word with the letters of the old one as far as the two agree: httpd shows names in lower case. */
function spelledAs(written: string, to: string): string {
  let same = 0;
  while (same < to.length && written[same]?.toLowerCase() === to[same]?.toLowerCase()) same += 1;
  return written.slice(0, same) + to.slice(same);
}

function retypeEdits({ file }: SourcePlace, { treeOf }: RepairContext): FileEdits | undefined {
  const tree = treeOf(file);
  if (tree === undefined) return undefined;
  const edits: Edit[] = [];
  let start = 0;
  for (const line of tree.text.split("\n")) {
    const from = start;
    edits.push(...pastedIn(line).map((one) => ({ start: from + one.start, end: from + one.end, text: one.plain })));
    start += line.length + 1;
  }
  return { file, edits };
}

/** The words from one on, without the mark they begin with, as a comment above the line. */
function commentEdits(tree: Tree, node: Node, from: string): readonly Edit[] {
  const words = argumentsOf(tree.text, node);
  const index = words.findIndex(({ text }, at) => at > 0 && text === from);
  const first = words[index];
  const last = words.at(-1);
  const before = words[index - 1];
  if (first === undefined || last === undefined || before === undefined) return [];
  const said = tree.text.slice(first.start, last.end).replace(/^[/#]+\s*/, "");
  const comment = insertBefore(tree, node, { name: "#", words: toUnicode(said).split(/\s+/) });
  return [...comment, { start: before.end, end: last.end, text: "" }];
}

function hasParameter(tree: Tree, node: Section, parameter: string): boolean {
  return argumentsOf(tree.text, node).some(({ text }) => sets(text, parameter));
}

/** True for a word that gives a parameter a value; keys are read in any case. */
function sets(word: string, parameter: string): boolean {
  return settingOf(word, 0)?.key.toLowerCase() === parameter;
}

function directiveOf(line: string): DirectiveWords {
  const [name = "", ...rest] = wordsOf(line);
  return { name, words: rest };
}

/** Does something with the node on the line of a place. */
function onNode(
  { locate, treeOf }: RepairContext,
  at: RepairPlace,
  edits: (tree: Tree, node: Node) => readonly Edit[],
): FileEdits | undefined {
  const place = typeof at === "string" ? locate(at) : at;
  const tree = place === undefined ? undefined : treeOf(place.file);
  if (place === undefined || tree === undefined) return undefined;
  const node = nodeAt(tree, place.line);
  return node === undefined ? undefined : { file: place.file, edits: edits(tree, node) };
}
