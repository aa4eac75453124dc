import { withOneColon } from "../../httpd/uri.js";
import { argumentsOf } from "./arguments.js";
import { toUnicode } from "../../httpd/bytes.js";
import type { Edit } from "./edit.js";
import { applyEdits } from "./edit.js";
import { locator } from "../../vocabulary/place.js";
import { BALANCER_PARAMETERS } from "../../vocabulary/balancer.js";
import { nearestName } from "../../vocabulary/suggest.js";
import { WORKER_PARAMETERS } from "../../vocabulary/worker.js";
import type { Directive, Node, Tree, Word } from "./tree.js";

/** A slip people make in lines of balancers, in words, with what to write instead. */
export interface Fault {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly why: string;
  /** The line as it should be, without the blanks around it. */
  readonly instead: string;
}

/**
 * The usual slips in `BalancerMember` and `ProxySet` lines that httpd refuses with a sentence that does not name them:
 * a comment behind a directive, two colons before a port, blanks around `=`, a misspelt parameter.
 */
export function findFaults(tree: Tree): readonly Fault[] {
  const place = locator(tree.text);
  return directivesIn(tree.nodes).flatMap((node) => {
    const slips = SLIPS.flatMap((slip) => slip(tree, node));
    const edits = slips.flatMap(({ edits: own }) => own);
    return slips.map(({ at, why }) => ({ ...place(at), why, instead: mended(tree, node, edits) }));
  });
}

interface Slip {
  readonly at: number;
  readonly why: string;
  readonly edits: readonly Edit[];
}

const SLIPS = [trailingComment, doubledColon, blankAroundEquals, misspelt];

function directivesIn(nodes: readonly Node[]): readonly Directive[] {
  const found: Directive[] = [];
  const waiting = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "section") waiting.push(...[...node.children].reverse());
    if (node.kind === "directive" && ["balancermember", "proxyset"].includes(node.name.toLowerCase())) found.push(node);
  }
  return found;
}

function mended({ text }: Tree, { line }: Directive, edits: readonly Edit[]): string {
  const apart = edits.filter((edit, at) =>
    edits.slice(0, at).every((one) => one.end <= edit.start || edit.end <= one.start),
  );
  const own = apart.map((edit) => ({ ...edit, start: edit.start - line.start, end: edit.end - line.start }));
  return toUnicode(applyEdits(text.slice(line.start, line.end), own)).trim();
}

function trailingComment({ text }: Tree, node: Directive): readonly Slip[] {
  const words = argumentsOf(text, node);
  const index = words.findIndex((word, at) => at > 0 && /^(\/\/|#|;)/.test(word.text));
  const [word, before] = [words[index], words[index - 1]];
  const last = words.at(-1);
  if (word === undefined || before === undefined || last === undefined) return [];
  const said = toUnicode(text.slice(word.start, last.end));
  const why = `httpd knows no comments behind a directive and takes '${said}' for arguments; give it a line of its own that begins with '#'`;
  return [{ at: word.start, why, edits: [{ start: before.end, end: last.end, text: "" }] }];
}

function doubledColon({ text }: Tree, node: Directive): readonly Slip[] {
  return argumentsOf(text, node).flatMap((word) => {
    const colon = text.indexOf("::", word.start);
    if (withOneColon(word.text) === undefined || colon === -1) return [];
    const why = `'${toUnicode(word.text)}' has two colons before the port; httpd cannot parse it`;
    return [{ at: colon, why, edits: [{ start: colon, end: colon + 1, text: "" }] }];
  });
}

/** `loadfactor = 5`, `loadfactor= 5`, `loadfactor =5`: three, two words, none of which is a parameter. */
function blankAroundEquals({ text }: Tree, node: Directive): readonly Slip[] {
  const words = argumentsOf(text, node);
  return words.flatMap((word, index) => {
    const [next, after] = [words[index + 1], words[index + 2]];
    const named = isKnown(word.text.replace(/=$/, ""));
    if (!named || next === undefined) return [];
    const parts = joined(word, next, after);
    if (parts === undefined) return [];
    const why = `httpd reads '${toUnicode(text.slice(word.start, parts.end))}' as several words; write it without blanks`;
    return [{ at: word.start, why, edits: parts.edits }];
  });
}

function joined(
  word: Word,
  next: Word,
  after: Word | undefined,
): { readonly end: number; readonly edits: readonly Edit[] } | undefined {
  const first = { start: word.end, end: next.start, text: "" };
  if (word.text.endsWith("=")) return next.text.includes("=") ? undefined : { end: next.end, edits: [first] };
  if (next.text === "=" && after !== undefined) {
    return { end: after.end, edits: [first, { start: next.end, end: after.start, text: "" }] };
  }
  return next.text.startsWith("=") ? { end: next.end, edits: [first] } : undefined;
}

function misspelt({ text }: Tree, node: Directive): readonly Slip[] {
  return argumentsOf(text, node).flatMap((word) => {
    const equals = word.text.indexOf("=");
    const key = word.text.slice(0, Math.max(0, equals));
    if (equals < 1 || isKnown(key) || !/^[a-z_-]+$/i.test(key)) return [];
    const near = nearestName(
      key,
      node.name.toLowerCase() === "proxyset" ? Object.keys(BALANCER_PARAMETERS) : Object.keys(WORKER_PARAMETERS),
    );
    if (near === undefined) return [];
    const start = word.start + (text[word.start] === "=" ? 0 : text.slice(word.start).indexOf(key));
    const why = `there is no parameter '${key}'; '${near}' is meant?`;
    return [{ at: start, why, edits: [{ start, end: start + key.length, text: near }] }];
  });
}

function isKnown(key: string): boolean {
  const name = key.toLowerCase();
  return Object.hasOwn(WORKER_PARAMETERS, name) || Object.hasOwn(BALANCER_PARAMETERS, name);
}
