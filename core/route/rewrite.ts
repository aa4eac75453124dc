import type { Pointer } from "../vocabulary/problem.js";
import { changeVariable } from "./env-change.js";
import { evaluated } from "./expression.js";
import type { Match } from "./regex.js";
import { expandRewrite } from "./rewrite-expand.js";
import type { References } from "./rewrite-expand.js";
import type { RewriteCondition, RewriteRule, RewriteTest } from "./rewrite-rule.js";
import type { Going } from "./request.js";
import { applySubstitution, isAbsoluteUri } from "./rewrite-target.js";

/** Rewriting of a section: `rewrite_perdir_conf`. */
export interface PerDirRewrite {
  readonly engine?: boolean;
  /** Path of the section with a slash at its end; absent for the scope's own lines. */
  readonly directory?: string;
  /** RewriteBase. */
  readonly base?: string;
  /** RewriteOptions in lower case. */
  readonly options?: readonly string[];
  readonly rules: readonly RewriteRule[];
}

/** How a list of rules ended. */
export type Rewritten =
  | { readonly kind: "unchanged" }
  | { readonly kind: "status"; readonly status: number; readonly at: Pointer }
  | {
      readonly kind: "changed";
      readonly verbatim: boolean;
      /** The last rule that matched. */
      readonly at: Pointer;
      /** Of a redirect. */
      readonly redirect: number | undefined;
    };

/** `apply_rewrite_list` of mod_rewrite.c; changes filename, query and environment. */
export function rewrite(rules: readonly RewriteRule[], going: Going, directory: string | undefined): Rewritten {
  let end: Rewritten = { kind: "unchanged" };
  let rounds = 1;
  const file = directory === undefined || isOnItsWay(going) ? undefined : going.filename;
  let endings: readonly string[] = [];
  for (let at = 0; at < rules.length; at++) {
    const rule = rules[at] as RewriteRule;
    doubtMatch(rule, going, directory, endings);
    const applied = apply(rule, going, directory);
    if (applied === "no match") {
      at = afterChain(rules, at);
      continue;
    }
    if (applied === "refused") return { kind: "status", status: 403, at: rule.at };
    const { flags } = rule;
    if (flags.status !== undefined) return ended(flags.status, rule, going);
    if (applied !== "not substituted") {
      const redirect = isAbsoluteUri(going.filename ?? "") === undefined ? undefined : (flags.redirect ?? 302);
      end = { kind: "changed", verbatim: flags.noEscape === true, at: rule.at, redirect };
      endings = flags.discardPathInfo === true ? [] : pathInfos(file);
    }
    if (flags.passThrough === true) {
      going.filename = `passthrough:${going.filename ?? ""}`;
      return { kind: "changed", verbatim: false, at: rule.at, redirect: undefined };
    }
    if (flags.end === true) going.ended = true;
    if (isLast(flags)) return end;
    if (flags.rounds !== undefined) {
      rounds += 1;
      if (rounds >= flags.rounds) return ended(500, rule, going);
      at = -1;
    } else at += flags.skip ?? 0;
  }
  return end;
}

function isLast({ end, proxy, last }: RewriteRule["flags"]): boolean {
  return end === true || proxy === true || last === true;
}

/** A status of a rule's is an error of its own, even on the way to an error document. */
function ended(status: number, { at }: RewriteRule, going: Going): Rewritten {
  going.status = 200;
  return { kind: "status", status, at };
}

/** A rule that does not match takes those chained to it along. */
function afterChain(rules: readonly RewriteRule[], from: number): number {
  let at = from;
  while (at < rules.length && rules[at]?.flags.chain === true) at++;
  return at;
}

/** `apply_rewrite_rule`. */
function apply(
  rule: RewriteRule,
  going: Going,
  directory: string | undefined,
): "no match" | "refused" | "not substituted" | "substituted" {
  const uri = matchedText(going, directory);
  const match = rule.regex === undefined ? guessed(rule, going) : rule.regex.exec(uri);
  if ((match === undefined) !== rule.negated) return "no match";
  const own = rule.negated ? undefined : match;
  const condition = conditionsHold(rule.conditions, going, own);
  if (condition === false) return "no match";
  const references: References = { rule: own, condition };
  const { flags } = rule;
  // What an expression without groups leaves behind for %1 is not known.
  if (condition?.length === 0 && /%[0-9]/.test(rule.output)) going.doubt.of(rule.at);
  const expanded = rule.noSubstitution ? undefined : expandRewrite(rule.output, going, references, expansionOf(rule));
  if (expanded?.unsafe === true && flags.allow3F !== true) return "refused";
  for (const text of flags.env ?? []) setVariable(expandRewrite(text, going, references).text, going, rule.at);
  if (flags.handler !== undefined) forceHandler(expandRewrite(flags.handler, going, references).text, going, rule.at);
  if (expanded === undefined) return "not substituted";
  if (expanded.text === undefined) going.doubt.of(rule.at);
  applySubstitution(rule, going, directory, expanded.text ?? "");
  return "substituted";
}

/** In a section its path is taken off in front, unless the request is on its way to a backend. */
function matchedText(going: Pick<Going, "filename" | "proxied">, directory: string | undefined): string {
  const { filename = "" } = going;
  if (directory === undefined || isOnItsWay(going)) return filename;
  return filename.startsWith(directory) ? filename.slice(directory.length) : filename;
}

function isOnItsWay({ filename = "", proxied }: Pick<Going, "filename" | "proxied">): boolean {
  return proxied && filename.startsWith("proxy:");
}

/**
 * What of a file's path may be its path info, which rules of a section add to whatever the rules before them made: all
 * that lies below the first part that is not there, and which one that is nobody here can say.
 */
function pathInfos(file: string | undefined): readonly string[] {
  return [...(file ?? "").matchAll(/\//g)].flatMap(({ index }) => (index === 0 ? [] : [(file ?? "").slice(index)]));
}

function doubtMatch(
  { regex, at }: RewriteRule,
  going: Going,
  directory: string | undefined,
  endings: readonly string[],
): void {
  if (regex === undefined || endings.length === 0) return;
  const { filename = "", proxied } = going;
  const matches = ["", ...endings].map((ending) =>
    regex.exec(matchedText({ filename: `${filename}${ending}`, proxied }, directory)),
  );
  if (matches.some((match) => match?.join("\n") !== matches[0]?.join("\n"))) going.doubt.of(at);
}

function guessed(rule: RewriteRule, going: Going): Match | undefined {
  if (!going.doubt.guess(rule.at)) return undefined;
  going.doubt.of(rule.at);
  return [""];
}

function expansionOf({ flags }: RewriteRule): Parameters<typeof expandRewrite>[3] {
  return {
    ...(flags.escape !== undefined && { escape: flags.escape }),
    ...(flags.queryLast === true && { last: true }),
  };
}

/** What `%1` refers to; false when a condition does not hold. */
function conditionsHold(
  conditions: readonly RewriteCondition[],
  going: Going,
  rule: Match | undefined,
): Match | undefined | false {
  let last: Match | undefined;
  for (let at = 0; at < conditions.length; at++) {
    const condition = conditions[at] as RewriteCondition;
    const match = conditionMatch(condition, going, { rule, condition: last });
    const holds = match === false ? condition.negated : !condition.negated;
    if (match !== false && match !== true && !condition.negated) last = match;
    if (!holds && !condition.or) return false;
    if (holds) while (conditions[at]?.or === true) at++;
  }
  return last;
}

function conditionMatch({ at, input, test }: RewriteCondition, going: Going, references: References): Match | boolean {
  if (test.kind === "expression") {
    const { holds, match } = evaluated(test.text, going);
    return (holds ?? going.doubt.guess(at)) && match;
  }
  const { text } = expandRewrite(input, going, references);
  if (text === undefined || test.kind === "file") return going.doubt.guess(at);
  if (test.kind === "regex") {
    return test.regex === undefined ? going.doubt.guess(at) : (test.regex.exec(text) ?? false);
  }
  return compares(test, text);
}

function compares(test: Extract<RewriteTest, { kind: "text" | "number" }>, text: string): boolean {
  const order = test.kind === "number" ? integer(text) - integer(test.to) : textOrder(text, test.to, test.nc);
  switch (test.compare) {
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "=":
      return order === 0;
  }
}

/** `atoi`. */
function integer(text: string): number {
  return Number.parseInt(text, 10) || 0;
}

/** `compare_lexicography`: the longer text is the greater one; without case as `strcasecmp`. */
function textOrder(left: string, right: string, nc: boolean): number {
  const [one, other] = nc ? [left.toLowerCase(), right.toLowerCase()] : [left, right];
  if (!nc && one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one > other ? 1 : 0;
}

/** [H=name]: in lower case; an empty one forces nothing (`apply_rewrite_rule` of mod_rewrite.c). */
function forceHandler(text: string | undefined, going: Going, at: Pointer): void {
  if (text === undefined) going.doubt.of(at);
  else if (text !== "") going.forcedHandler = text.toLowerCase();
}

/** [E=NAME:value] and [E=!NAME]. */
function setVariable(text: string | undefined, going: Going, at: Pointer): void {
  if (text === undefined) {
    going.doubt.of(at);
    return;
  }
  const colon = text.indexOf(":");
  if (text.startsWith("!")) changeVariable(text.slice(1), undefined, going);
  else changeVariable(colon === -1 ? text : text.slice(0, colon), colon === -1 ? "" : text.slice(colon + 1), going);
}
