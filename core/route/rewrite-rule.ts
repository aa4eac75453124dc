import type { Pointer } from "../vocabulary/problem.js";
import type { RouteLine } from "./line.js";
import { regexOf } from "./regex.js";
import type { Pattern } from "./regex.js";
import { rewriteFlags, rewriteLine } from "../httpd/rewrite-line.js";

/** One `RewriteCond`. */
export interface RewriteCondition {
  readonly at: Pointer;
  readonly input: string;
  readonly test: RewriteTest;
  readonly negated: boolean;
  readonly or: boolean;
}

/** What a condition does with its input. */
export type RewriteTest =
  | { readonly kind: "regex"; readonly regex: Pattern | undefined }
  | { readonly kind: "file" }
  | { readonly kind: "expression"; readonly text: string }
  | {
      readonly kind: "text";
      readonly compare: ">" | ">=" | "<" | "<=" | "=";
      readonly to: string;
      readonly nc: boolean;
    }
  | { readonly kind: "number"; readonly compare: ">" | ">=" | "<" | "<=" | "="; readonly to: string };

/** One `RewriteRule` with the conditions in front of it. */
export interface RewriteRule {
  readonly at: Pointer;
  readonly regex: Pattern | undefined;
  readonly negated: boolean;
  readonly output: string;
  /** The target is `-`, or the rule only gives a status. */
  readonly noSubstitution: boolean;
  readonly conditions: readonly RewriteCondition[];
  readonly flags: RewriteFlags;
}

/** Flags by what they do. */
export interface RewriteFlags {
  readonly status?: number;
  readonly redirect?: number;
  readonly proxy?: true;
  readonly last?: true;
  readonly end?: true;
  readonly chain?: true;
  readonly passThrough?: true;
  readonly noEscape?: true;
  /** Most rounds of [N]. */
  readonly rounds?: number;
  readonly skip?: number;
  readonly env?: readonly string[];
  readonly escape?: RewriteEscape;
  readonly allow3F?: true;
  readonly keepSlashes?: true;
  readonly queryAppend?: true;
  readonly queryDiscard?: true;
  readonly queryLast?: true;
  readonly queryNone?: true;
  readonly handler?: string;
  readonly discardPathInfo?: true;
}

/** [B], [BNP], [BCTLS], [BNE=...]: how references back are escaped. */
export interface RewriteEscape {
  readonly only?: string;
  readonly never?: string;
  readonly noPlus?: true;
  readonly controls?: true;
}

/** Arguments and flags, whose names are in lower case. */
interface RewriteWords {
  readonly first: string;
  readonly second: string;
  readonly flags: readonly (readonly [string, string])[];
}

function rewriteWords(text: string): RewriteWords | undefined {
  const line = rewriteLine(text);
  if (line === undefined) return undefined;
  const flags = rewriteFlags(line.flags ?? "[]") ?? [];
  return { ...line, flags: flags.map(({ name, value }) => [name.toLowerCase(), value]) };
}

/** `cmd_rewritecond` of mod_rewrite.c. */
export function rewriteCondition({ text, at }: RouteLine): RewriteCondition | undefined {
  const words = rewriteWords(text);
  if (words === undefined) return undefined;
  const { first: input, second, flags } = words;
  const named = (...names: readonly string[]): boolean => flags.some(([name]) => names.includes(name));
  const bare = second.replace(/^!/, "");
  const unequal = /^-ne(?=.)/.test(bare);
  const test = testOf(input, unequal ? `-eq${bare.slice(3)}` : bare, named("nc", "nocase"));
  return { at, input, test, negated: second.startsWith("!") !== unequal, or: named("or", "ornext") };
}

const NUMBERS = { "-lt": "<", "-le": "<=", "-gt": ">", "-ge": ">=", "-eq": "=" } as const;

function testOf(input: string, pattern: string, nc: boolean): RewriteTest {
  if (input.toLowerCase() === "expr") return { kind: "expression", text: pattern };
  if (/^-[fsdxhlLUF]$/.test(pattern)) return { kind: "file" };
  const number = /^-(?:lt|le|gt|ge|eq)(?=.)/.exec(pattern)?.[0];
  if (number !== undefined) {
    return { kind: "number", compare: NUMBERS[number as keyof typeof NUMBERS], to: pattern.slice(3) };
  }
  const text = pattern.length > 1 ? /^(?:>=|<=|[<>=])/.exec(pattern)?.[0] : undefined;
  if (text === undefined) return { kind: "regex", regex: regexOf(pattern, nc) };
  const to = pattern.slice(text.length);
  return {
    kind: "text",
    compare: text as ">" | ">=" | "<" | "<=" | "=",
    to: text === "=" && to === '""' ? "" : to,
    nc,
  };
}

/** `cmd_rewriterule` of mod_rewrite.c. */
export function rewriteRule({ text, at }: RouteLine, conditions: readonly RewriteCondition[]): RewriteRule | undefined {
  const words = rewriteWords(text);
  if (words === undefined) return undefined;
  const negated = words.first.startsWith("!");
  const pattern = negated ? words.first.slice(1) : words.first;
  const nc = words.flags.some(([name]) => name === "nc" || name === "nocase");
  const { output, ...query } = queryOf(words.second, flagsOf(words.flags));
  const flags: RewriteFlags = query;
  const noSubstitution = words.second === "-" || flags.status !== undefined;
  return { at, regex: regexOf(pattern, nc), negated, output, noSubstitution, conditions, flags };
}

/** A `?` at the end of the target takes the query away, or ends it with [QSA]. */
function queryOf(target: string, flags: RewriteFlags): RewriteFlags & { readonly output: string } {
  if (target.endsWith("?")) {
    if (flags.queryAppend === true) return { ...flags, queryLast: true, output: target };
    return { ...flags, queryNone: true, output: target.slice(0, -1) };
  }
  const none = flags.queryDiscard === true && !target.includes("?");
  return none ? { ...flags, queryNone: true, output: target } : { ...flags, output: target };
}

const REDIRECTS: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303 };
const ROUNDS = 32_000;

/** `cmd_rewriterule_setflag`. */
function flagsOf(flags: readonly (readonly [string, string])[]): RewriteFlags {
  return flags.reduce<RewriteFlags>((all, [name, value]) => ({ ...all, ...flagOf(name, value, all) }), {});
}

function flagOf(name: string, value: string, before: RewriteFlags): RewriteFlags {
  return SIMPLE_FLAGS[name] ?? VALUED_FLAGS[name]?.(value, before) ?? {};
}

type ValuedFlag = (value: string, before: RewriteFlags) => RewriteFlags;

const skip: ValuedFlag = (value) => ({ skip: Math.max(0, Number.parseInt(value, 10) || 0) });
const next: ValuedFlag = (value) => ({ rounds: Number.parseInt(value, 10) || ROUNDS });
const env: ValuedFlag = (value, before) => ({ env: [...(before.env ?? []), value] });
const handler: ValuedFlag = (value) => ({ handler: value });
const escape: ValuedFlag = (value, before) => ({
  escape: value === "" ? (before.escape ?? {}) : { ...before.escape, only: value },
});
const noPlus: ValuedFlag = (_value, before) => ({ escape: { ...before.escape, noPlus: true } });

const VALUED_FLAGS: Readonly<Record<string, ValuedFlag>> = {
  r: redirectFlag,
  redirect: redirectFlag,
  s: skip,
  skip,
  n: next,
  next,
  e: env,
  env,
  h: handler,
  handler,
  b: escape,
  backrefescaping: escape,
  bnp: noPlus,
  backrefernoplus: noPlus,
  bctls: (_value, before) => ({ escape: { ...before.escape, controls: true } }),
  bne: (value, before) => ({ escape: { ...before.escape, never: value } }),
};

const SIMPLE_FLAGS: Readonly<Record<string, RewriteFlags>> = {
  f: { status: 403 },
  forbidden: { status: 403 },
  g: { status: 410 },
  gone: { status: 410 },
  p: { proxy: true },
  proxy: { proxy: true },
  l: { last: true },
  last: { last: true },
  end: { end: true },
  c: { chain: true },
  chain: { chain: true },
  pt: { passThrough: true },
  passthrough: { passThrough: true },
  ne: { noEscape: true },
  noescape: { noEscape: true },
  qsa: { queryAppend: true },
  qsappend: { queryAppend: true },
  qsd: { queryDiscard: true },
  qsdiscard: { queryDiscard: true },
  qsl: { queryLast: true },
  qslast: { queryLast: true },
  unsafeallow3f: { allow3F: true },
  unc: { keepSlashes: true },
  dpi: { discardPathInfo: true },
  discardpath: { discardPathInfo: true },
};

function redirectFlag(value: string): RewriteFlags {
  const status = value === "" ? 302 : (REDIRECTS[value.toLowerCase()] ?? Number.parseInt(value, 10));
  return status >= 300 && status < 400 ? { redirect: status } : { redirect: status, status };
}
