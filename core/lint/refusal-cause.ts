import { withOneColon } from "../httpd/uri.js";
import { argumentsOf } from "../conf/text/arguments.js";
import { settingOf } from "../conf/run/directives/proxy-parameters.js";
import { toUnicode } from "../httpd/bytes.js";
import { locator } from "../vocabulary/place.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import { nearestName } from "../vocabulary/suggest.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { ConfError, Source } from "../conf/run/executed.js";
import type { Line, Node, Word } from "../conf/text/tree.js";
import type { ParameterTable } from "../vocabulary/parameter.js";
import type { SourcePlace } from "../vocabulary/place.js";
import { mayBePasted, pastedIn } from "../conf/text/pasted.js";
import { loadingRepair } from "./modules.js";
import { typingFor } from "./pasted-text.js";
import type { Repair } from "./repair.js";

/** What is wrong on a line that httpd refuses, as far as it can be told. */
export interface RefusalCause {
  /** The word it is about; undefined for the line as a whole. */
  readonly word: Word | undefined;
  readonly fix: string;
  readonly repair?: Repair;
  /** Stretch of the file that is left out to go on, with what takes its place: as many characters. */
  readonly blank: BlankedText;
  /** True where a whole directive is left out, so that what it says is missed afterwards. */
  readonly whole: boolean;
}

/** A stretch of a file and its replacement. */
export interface BlankedText {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

interface ReadLine {
  readonly source: Source;
  readonly line: Line;
  readonly words: readonly Word[];
  readonly node: Node | undefined;
}

/** Finds what httpd's sentence is about. */
export function refusalCause(source: Source, line: Line, error: ConfError): RefusalCause {
  const { text, lines, owners } = source.tree;
  const node = owners[lines.indexOf(line)];
  const words = node === undefined ? [] : argumentsOf(text, node);
  const read = { source, line, words, node };
  const blamed = words.find(({ text: word }) => word.toLowerCase() === error.word?.toLowerCase());
  return (
    lookAlikes(read) ??
    lookAlikesAbove(read, error) ??
    unknownCommand(read, error) ??
    trailingComment(read) ??
    (blamed === undefined ? undefined : (corrected(read, blamed, error) ?? superfluous(read, blamed, error))) ?? {
      word: blamed,
      fix: toUnicode(error.mend),
      blank: blanked(text, node?.kind === "section" ? argumentsEnd(node, words) : wholeLine(text, line)),
      whole: true,
    }
  );
}

/** A line with pasted characters: what httpd says of it is about them. */
function lookAlikes({ source, line }: ReadLine): RefusalCause | undefined {
  const { text } = source.tree;
  const written = wholeLine(text, line);
  const found = pastedIn(text.slice(written.start, written.end));
  const [first] = found;
  if (first === undefined) return undefined;
  const start = written.start + first.start;
  return {
    word: { text: "", start, end: start + first.end - first.start },
    fix: `${typingFor(found)}; lint --fix does it in the whole file`,
    blank: blanked(text, written),
    whole: true,
  };
}

/** Pasted characters in the opening line of a section above, where a word of it is what httpd refuses on a line inside. */
function lookAlikesAbove({ source, line }: ReadLine, { word = "" }: ConfError): RefusalCause | undefined {
  if (!mayBePasted(word)) return undefined;
  const { text, owners } = source.tree;
  const above = owners.findLast(
    ({ kind, line: own }) =>
      kind === "section" && own.line < line.line && text.slice(own.start, own.end).includes(word),
  );
  if (above === undefined) return undefined;
  const written = wholeLine(text, above.line);
  const found = pastedIn(text.slice(written.start, written.end));
  if (found.length === 0) return undefined;
  const fix = `${typingFor(found)} on line ${above.line.line}; lint --fix does it in the whole file`;
  return { word: undefined, fix, blank: blanked(text, wholeLine(text, line)), whole: true };
}

/** A directive of a module that is not loaded, where it can be loaded beside the others of the file. */
function unknownCommand({ source, line, node, words }: ReadLine, error: ConfError): RefusalCause | undefined {
  const { module } = error;
  if (module === undefined) return undefined;
  const { text, nodes } = source.tree;
  const loadLines = nodes.flatMap((one) => {
    if (one.kind !== "directive" || one.name.toLowerCase() !== "loadmodule") return [];
    const [, path] = argumentsOf(text, one);
    return path === undefined ? [] : [{ path: path.text, place: placeOf(source, one.line.start) }];
  });
  const repair = loadingRepair(loadLines, module.replace(/_module$/, ""));
  return {
    word: undefined,
    fix: toUnicode(error.mend),
    ...(repair === undefined ? {} : { repair }),
    blank: blanked(text, node?.kind === "section" ? argumentsEnd(node, words) : wholeLine(text, line)),
    whole: true,
  };
}

/** httpd knows no comments behind a directive: `// node 1` and `# node 1` are arguments. */
function trailingComment({ source, words }: ReadLine): RefusalCause | undefined {
  const word = words.find((one, index) => index > 0 && /^(\/\/|#)/.test(one.text));
  const last = words.at(-1);
  if (word === undefined || last === undefined) return undefined;
  return {
    word,
    fix: "put the comment on a line of its own, behind #",
    repair: { kind: "comment", at: placeOf(source, word.start), from: word.text },
    blank: blanked(source.tree.text, { start: word.start, end: last.end }),
    whole: false,
  };
}

/** A word that can be mended mechanically: a slip in a URL, a misspelt key, blanks around `=`. */
function corrected(read: ReadLine, word: Word, error: ConfError): RefusalCause | undefined {
  const joined = joinedSetting(read, word);
  const to = joined?.to ?? rightWord(word, error);
  if (to === undefined) return undefined;
  const { source } = read;
  const { count = 1, end = word.end } = joined ?? {};
  const from = toUnicode(word.text);
  const at = placeOf(source, word.start);
  const fits = to.length <= end - word.start;
  const by = to.padEnd(end - word.start);
  return {
    word: { ...word, end },
    fix: toUnicode(error.mend),
    repair: { kind: "reword", at, from, to: toUnicode(to), ...(count === 1 ? {} : { words: count }) },
    blank: fits ? { start: word.start, end, by } : blanked(source.tree.text, { start: word.start, end }),
    whole: false,
  };
}

/** The word as it was meant; undefined where that is a guess. */
function rightWord({ text }: Word, { fault }: ConfError): string | undefined {
  switch (fault) {
    case "bad URL":
      return withOneColon(text);
    case "unknown worker parameter":
      return rightKey(text, WORKER_PARAMETERS, BALANCER_PARAMETERS);
    case "unknown balancer parameter":
      return rightKey(text, BALANCER_PARAMETERS, WORKER_PARAMETERS);
    case "unknown template parameter":
      return rightKey(text, HEALTH_CHECK_PARAMETERS, WORKER_PARAMETERS);
    case undefined:
      return undefined;
  }
}

/** What is a key of the other table, or of a module that is not loaded, is not misspelt. */
function rightKey(text: string, known: ParameterTable, other: ParameterTable): string | undefined {
  const setting = settingOf(text, 0);
  const key = setting?.key.toLowerCase();
  if (setting === undefined || key === undefined) return undefined;
  if (Object.hasOwn(known, key) || Object.hasOwn(other, key)) return undefined;
  const near = nearestName(key, Object.keys(known));
  return near === undefined ? undefined : `${near}=${setting.value}`;
}

/** `scolonpathdelim On` and `retry = 5`: one setting in two or three words. */
function joinedSetting(
  { words }: ReadLine,
  word: Word,
): { readonly to: string; readonly count: number; readonly end: number } | undefined {
  const at = words.indexOf(word);
  const [next, after] = [words[at + 1], words[at + 2]];
  if (next === undefined || !isKey(word.text)) return undefined;
  if (next.text === "=" && after !== undefined) return { to: `${word.text}=${after.text}`, count: 3, end: after.end };
  if (next.text.startsWith("=")) return { to: `${word.text}${next.text}`, count: 2, end: next.end };
  return next.text.includes("=") ? undefined : { to: `${word.text}=${next.text}`, count: 2, end: next.end };
}

function isKey(word: string): boolean {
  const key = word.toLowerCase();
  return Object.hasOwn(WORKER_PARAMETERS, key) || Object.hasOwn(BALANCER_PARAMETERS, key);
}

/** A setting, or words among settings: the rest of the line is read without them. */
function superfluous({ source, words, node }: ReadLine, word: Word, error: ConfError): RefusalCause | undefined {
  if (node?.kind !== "directive" || !WITH_SETTINGS.has(node.name.toLowerCase())) return undefined;
  const at = words.indexOf(word);
  const isUrl = /^[a-z][a-z0-9+.-]*:/i.test(word.text);
  if (at === 0 || (isUrl && !words.slice(0, at).some(({ text }) => text.includes("//")))) return undefined;
  const behind = words.slice(at + 1);
  const stop = isUrl ? -1 : behind.findIndex(({ text }) => text.includes("="));
  const last = word.text.includes("=") ? word : (stop < 0 ? behind : behind.slice(0, stop)).at(-1);
  return {
    word,
    fix: toUnicode(error.mend),
    blank: blanked(source.tree.text, { start: word.start, end: last?.end ?? word.end }),
    whole: false,
  };
}

const WITH_SETTINGS: ReadonlySet<string> = new Set(["balancermember", "proxyset", "proxypass", "proxypassmatch"]);

function placeOf({ name, tree }: Source, offset: number): SourcePlace {
  return { file: name, ...locator(tree.text)(offset) };
}

/** Of a section only what follows its first argument: without the opening line its closing line would be wrong. */
function argumentsEnd(node: Node, words: readonly Word[]): { readonly start: number; readonly end: number } {
  const [first] = words;
  const last = words.at(-1);
  return { start: first?.end ?? node.line.start, end: last?.end ?? node.line.start };
}

/** A line without its end. */
export function wholeLine(text: string, line: Line): { readonly start: number; readonly end: number } {
  return { start: line.start, end: text[line.end - 1] === "\n" ? line.end - 1 : line.end };
}

/** Blanks of the same length, line breaks kept. */
export function blanked(text: string, { start, end }: { readonly start: number; readonly end: number }): BlankedText {
  return { start, end, by: text.slice(start, end).replace(/[^\r\n]+/g, (run) => " ".repeat(run.length)) };
}
