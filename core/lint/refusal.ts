import { toUnicode } from "../httpd/bytes.js";
import { originOf } from "../conf/run/executed.js";
import { locator } from "../vocabulary/place.js";
import { withoutSecrets } from "../report/secrets.js";
import type { ConfError, Executed, Source } from "../conf/run/executed.js";
import type { Line, Tree } from "../conf/text/tree.js";
import type { Diagnostic } from "./diagnostic.js";
import { blanked, refusalCause, wholeLine } from "./refusal-cause.js";
import type { BlankedText } from "./refusal-cause.js";

/** Something httpd refuses, and the text with which linting can go on. */
export interface RefusalFinding {
  readonly diagnostic: Omit<Diagnostic, "fingerprint">;
  /** The file it is in, and its text with as little as possible blanked out: no line and no column moves. */
  readonly rest?: { readonly file: string; readonly before: Tree; readonly text: string };
  /** The directive that is left out as a whole; absent where only words of it are. */
  readonly leftOut?: LeftOut;
}

/** A directive that is not read, so that what it says is missed. */
export interface LeftOut {
  /** Its name, in lower case. */
  readonly name: string;
  readonly file: string;
  /** Line of the section it stands in; undefined outside of sections. */
  readonly section: number | undefined;
}

const COMMON = {
  rule: "configtest",
  severity: "error",
  pointer: undefined,
  subject: "httpd does not start",
  wanted: "httpd accepts the configuration.",
} as const;

/** Turns the sentence of httpd into a finding with the rule `configtest`. */
export function refusalOf(error: ConfError): RefusalFinding {
  const told = refused(error);
  // Beyond a limit of this program httpd would read on.
  return error.about === "size" ? { diagnostic: { ...told.diagnostic, subject: "the configuration" } } : told;
}

function refused(error: ConfError): RefusalFinding {
  const { at } = error;
  const found = foundIn(error);
  if (at === undefined) {
    const place = error.source === undefined ? undefined : { file: error.source, line: error.line ?? 1, column: 1 };
    return {
      diagnostic: { ...COMMON, found, place, length: 1, fix: withoutSecrets(toUnicode(error.mend)), repair: undefined },
    };
  }
  if (at.source.use !== undefined) return refusalOfUse(at.source.use, at.source.name, error);
  const { source, line } = at;
  const { text } = source.tree;
  const cause = refusalCause(source, line, error);
  const start = cause.word?.start ?? firstOffset(text, line);
  return {
    diagnostic: {
      ...COMMON,
      found,
      place: { file: source.name, ...locator(text)(start) },
      length: cause.word === undefined ? Math.max(1, line.text.length) : cause.word.end - cause.word.start,
      fix: withoutSecrets(cause.fix),
      repair: cause.repair,
    },
    // Where sections do not close as they open, nobody can say what stands in which: there is no way to go on.
    ...(error.sections === true ? {} : { rest: without(source, cause.blank) }),
    ...(cause.whole ? { leftOut: leftOutOf(source, line) } : {}),
  };
}

/** httpd's sentence as people read it: the place in front of it, and those of sections further out, are left away. */
function foundIn({ message, unclosed }: ConfError): string {
  const sentence = (unclosed?.message ?? message).split("\\n")[0] ?? message;
  return withoutSecrets(asWritten(unclosed === undefined ? message : sentence));
}

/** Bytes that httpd's log shows as `\xe2` are characters again. */
function asWritten(message: string): string {
  const bytes = message.replace(/\\x([0-9a-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return toUnicode(bytes);
}

/** What httpd refuses in a macro is told, and left out, where the macro is written out. */
function refusalOfUse(use: Executed, macro: string, error: ConfError): RefusalFinding {
  if (use.source.use !== undefined) return refusalOfUse(use.source.use, macro, error);
  const { source } = use;
  return {
    diagnostic: {
      ...COMMON,
      found: foundIn(error),
      place: originOf(use),
      length: use.line.text.length,
      fix: withoutSecrets(
        `in line ${error.line ?? 1} below <Macro> of ${macro.replace(/ used on line .*/, "")}: ${toUnicode(error.mend)}`,
      ),
      repair: undefined,
    },
    rest: without(source, blanked(source.tree.text, wholeLine(source.tree.text, use.line))),
    leftOut: leftOutOf(source, use.line),
  };
}

function without({ name, tree }: Source, { start, end, by }: BlankedText): NonNullable<RefusalFinding["rest"]> {
  return { file: name, before: tree, text: tree.text.slice(0, start) + by + tree.text.slice(end) };
}

function leftOutOf({ name, tree }: Source, line: Line): LeftOut {
  const node = tree.owners[tree.lines.indexOf(line)];
  const section = tree.owners.findLast(
    (owner) => owner.kind === "section" && node !== undefined && owner.children.includes(node),
  );
  const named = node?.kind === "directive" || node?.kind === "section" ? node.name.toLowerCase() : "";
  return { name: named, file: name, section: section?.line.line };
}

function firstOffset(text: string, line: Line): number {
  return line.start + (/^[ \t]*/.exec(text.slice(line.start, line.end))?.[0].length ?? 0);
}
