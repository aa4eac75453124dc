import { argumentsOf } from "../conf/text/arguments.js";
import { toUnicode } from "../httpd/bytes.js";
import { originOf } from "../conf/run/executed.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import type { WordFault } from "../conf/run/refusal.js";
import type { ParameterTable } from "../vocabulary/parameter.js";
import type { ConfError, Executed, Source } from "../conf/run/executed.js";
import { locator } from "../vocabulary/place.js";
import { splitParameter } from "../conf/read/parameters.js";
import type { Line, Node, Tree, Word } from "../conf/text/tree.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { nearestName } from "../vocabulary/suggest.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { Diagnostic } from "./diagnostic.js";
import type { Repair } from "./repair.js";
import { withoutSecrets } from "../report/secrets.js";

/** Something httpd refuses, and the text with which linting can go on. */
export interface Refusal {
  readonly diagnostic: Omit<Diagnostic, "fingerprint">;
  /** The file it is in, and its text with as little as possible blanked out: no line and no column moves. */
  readonly rest?: { readonly file: string; readonly before: Tree; readonly text: string };
}

const WANTED = "httpd accepts the configuration.";

/** What is wrong on a line, as far as it can be told. */
interface Cause {
  readonly word: Word | undefined;
  readonly fix: string;
  readonly repair?: Repair;
  /** Stretch that is blanked out, with what takes its place. */
  readonly blank: { readonly start: number; readonly end: number; readonly by: string };
}

/** Turns the sentence of httpd into a finding with the rule `configtest`. */
export function refusalOf(error: ConfError): Refusal {
  const { at, message } = error;
  const found = withoutSecrets(message);
  const common = { rule: "configtest", severity: "error", pointer: undefined, found, wanted: WANTED } as const;
  if (at === undefined) {
    const place = error.source === undefined ? undefined : { file: error.source, line: error.line ?? 1, column: 1 };
    const fix = "correct what httpd names";
    return { diagnostic: { ...common, place, length: 1, subject: "the configuration", fix, repair: undefined } };
  }
  if (at.source.tree.text.startsWith(MARK)) return refusalOfMark(at.source);
  if (at.source.use !== undefined) return refusalOfUse(at.source.use, at.source.name, error);
  const { source, line } = at;
  const { text } = source.tree;
  const cause = causeOf(source, line, error);
  const start = cause.word?.start ?? firstOffset(text, line);
  const place = { file: source.name, ...locator(text)(start) };
  const { blank } = cause;
  return {
    diagnostic: {
      ...common,
      place,
      length: cause.word === undefined ? Math.max(1, line.text.length) : cause.word.end - cause.word.start,
      subject: toUnicode(/^\S*/.exec(line.text)?.[0] ?? ""),
      fix: withoutSecrets(cause.fix),
      repair: cause.repair,
    },
    rest: {
      file: source.name,
      before: source.tree,
      text: text.slice(0, blank.start) + blank.by + text.slice(blank.end),
    },
  };
}

/** What httpd refuses in a macro is told, and left out, where the macro is written out. */
function refusalOfUse(use: Executed, macro: string, error: ConfError): Refusal {
  if (use.source.use !== undefined) return refusalOfUse(use.source.use, macro, error);
  const { message, line } = error;
  const { tree, name } = use.source;
  const blank = blanked(tree.text, wholeLine(tree.text, use.line));
  return {
    diagnostic: {
      rule: "configtest",
      severity: "error",
      place: originOf(use),
      length: use.line.text.length,
      pointer: undefined,
      subject: toUnicode(use.line.text.trim()),
      found: withoutSecrets(message),
      wanted: WANTED,
      fix: `correct line ${line ?? 1} below <Macro> of ${macro.replace(/ used on line .*/, "")}`,
      repair: undefined,
    },
    rest: { file: name, before: tree, text: tree.text.slice(0, blank.start) + blank.by + tree.text.slice(blank.end) },
  };
}

function causeOf(source: Source, line: Line, error: ConfError): Cause {
  const { text, lines, owners } = source.tree;
  const node = owners[lines.indexOf(line)];
  const words = node === undefined ? [] : argumentsOf(text, node);
  const blamed = words.find(({ text: word }) => word.toLowerCase() === error.word?.toLowerCase());
  return (
    trailingComment({ source, line, words }) ??
    (blamed === undefined ? undefined : faultyWord(source, blamed, error.fault)) ?? {
      word: undefined,
      fix: "correct the line",
      blank: blanked(text, node?.kind === "section" ? argumentsEnd(node, words) : wholeLine(text, line)),
    }
  );
}

const MARK = "\u00ef\u00bb\u00bf";

/**
 * Some editors begin a file with U+FEFF, which httpd takes for part of the first word. What it says may be about
 * another line: a section that did not open is closed there.
 */
function refusalOfMark({ name, tree }: Source): Refusal {
  return {
    diagnostic: {
      rule: "configtest",
      severity: "error",
      place: { file: name, line: 1, column: 1 },
      length: MARK.length,
      pointer: undefined,
      subject: "the first word",
      found: "a byte order mark in front of it, which httpd takes for part of it",
      wanted: WANTED,
      fix: "save the file as UTF-8 without a byte order mark (the bytes EF BB BF)",
      repair: undefined,
    },
    rest: { file: name, before: tree, text: `${" ".repeat(MARK.length)}${tree.text.slice(MARK.length)}` },
  };
}

interface ReadLine {
  readonly source: Source;
  readonly line: Line;
  readonly words: readonly Word[];
}

/** httpd knows no comments behind a directive: `// node 1` and `# node 1` are arguments. */
function trailingComment({ source, line, words }: ReadLine): Cause | undefined {
  const word = words.find((one, index) => index > 0 && /^(\/\/|#)/.test(one.text));
  if (word === undefined) return undefined;
  const end = words.at(-1)?.end ?? line.end;
  return {
    word,
    fix: "put the comment on a line of its own, behind #",
    repair: { kind: "comment", at: placeOf(source, word.start), from: word.text },
    blank: blanked(source.tree.text, { start: word.start, end }),
  };
}

function faultyWord(source: Source, word: Word, fault: WordFault | undefined): Cause | undefined {
  switch (fault) {
    case "bad URL":
      return doubledColon(source, word);
    case "unknown worker parameter":
      return unknownParameter(source, word, ON_WORKERS);
    case "unknown balancer parameter":
      return unknownParameter(source, word, ON_BALANCERS);
    case "unknown template parameter":
      return unknownParameter(source, word, IN_TEMPLATES);
    case undefined:
      return undefined;
  }
}

function doubledColon(source: Source, word: Word): Cause | undefined {
  if (!/^[a-z0-9+.-]+:\/\/[^/:]+::[0-9]+/i.test(word.text)) return undefined;
  const at = source.tree.text.indexOf("::", word.start);
  const right = word.text.replace("::", ":");
  return {
    word,
    fix: `write ${toUnicode(right)}`,
    repair: { kind: "reword", at: placeOf(source, word.start), from: toUnicode(word.text), to: toUnicode(right) },
    blank: { start: at, end: word.end, by: `${source.tree.text.slice(at + 1, word.end)} ` },
  };
}

/** What has parameters: those it knows, those of the other, and where the other has them. */
interface Owner {
  readonly known: ParameterTable;
  readonly other: ParameterTable;
  readonly otherPlace: string;
}

const ON_WORKERS: Owner = {
  known: WORKER_PARAMETERS,
  other: BALANCER_PARAMETERS,
  otherPlace: "a ProxySet of the balancer",
};
const ON_BALANCERS: Owner = {
  known: BALANCER_PARAMETERS,
  other: WORKER_PARAMETERS,
  otherPlace: "the BalancerMember lines",
};
const IN_TEMPLATES: Owner = {
  known: HEALTH_CHECK_PARAMETERS,
  other: WORKER_PARAMETERS,
  otherPlace: "the BalancerMember lines",
};

function unknownParameter(source: Source, word: Word, { known, other, otherPlace }: Owner): Cause | undefined {
  const split = splitParameter(word.text);
  if (split === undefined) return undefined;
  const blank = blanked(source.tree.text, word);
  // What a table has and httpd does not know is of a module that is not loaded.
  if (Object.hasOwn(known, split.key)) return { word, fix: `load mod_proxy_hcheck, whose parameter it is`, blank };
  if (Object.hasOwn(other, split.key)) return { word, fix: `move ${toUnicode(word.text)} to ${otherPlace}`, blank };
  const near = nearestName(split.key, Object.keys(known));
  if (near === undefined) return { word, fix: `remove ${toUnicode(word.text)}`, blank };
  const right = `${near}=${split.value}`;
  return {
    word,
    fix: `did you mean ${toUnicode(right)}?`,
    repair: { kind: "reword", at: placeOf(source, word.start), from: toUnicode(word.text), to: toUnicode(right) },
    blank,
  };
}

function placeOf({ name, tree }: Source, offset: number): { file: string; line: number; column: number } {
  return { file: name, ...locator(tree.text)(offset) };
}

function firstOffset(text: string, line: Line): number {
  return line.start + (/^[ \t]*/.exec(text.slice(line.start, line.end))?.[0].length ?? 0);
}

/** Of a section only what follows its first argument: without the opening line its closing line would be wrong. */
function argumentsEnd(node: Node, words: readonly Word[]): { readonly start: number; readonly end: number } {
  const [first] = words;
  const last = words.at(-1);
  return { start: first?.end ?? node.line.start, end: last?.end ?? node.line.start };
}

function wholeLine(text: string, line: Line): { readonly start: number; readonly end: number } {
  return { start: line.start, end: text[line.end - 1] === "\n" ? line.end - 1 : line.end };
}

/** Blanks of the same length, line breaks kept. */
function blanked(text: string, { start, end }: { readonly start: number; readonly end: number }): Cause["blank"] {
  return { start, end, by: text.slice(start, end).replace(/[^\r\n]/g, " ") };
}
