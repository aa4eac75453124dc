import { NO_FILES } from "../../../core/conf/run/reader.js";
import type { ExpandOptions } from "../../../core/conf/run/expand.js";
import type { LintedConf } from "../../../core/lint/lint-conf.js";
import { isUnread, readServerFile } from "../../../core/server-files/read-server-file.js";
import { DEFAULT_PRESETS, rulesOf } from "../../../core/lint/presets.js";
import type { Rule } from "../../../core/lint/rule.js";

/** A text as the whole input of lint. */
export function alone(text: string, path = "httpd.conf"): ExpandOptions {
  return { path, text, reader: NO_FILES };
}

/** An example of a rule as the whole input, for the httpd it is meant for. */
export function example({ httpd, beside = {} }: Pick<Rule, "httpd" | "beside">, text: string): LintedConf {
  const files = Object.entries(beside).flatMap(([file, own]) => {
    const read = readServerFile({ file, text: own });
    return isUnread(read) ? [] : [read];
  });
  return { ...alone(text), beside: files, ...(httpd === undefined ? {} : { version: httpd }) };
}

/** What these say is true of nearly all examples: the smallest balancer has the default number of tries. */
const OF_ALL_SMALL_BALANCERS: readonly string[] = ["rolling-restart-maxattempts", "promise-broken"];

/** The rules that run when nothing is asked for, without those that find something in every example, and this one. */
export function usualRulesAnd(rule: Rule): readonly Rule[] {
  const usual = rulesOf(DEFAULT_PRESETS).filter(({ id }) => !OF_ALL_SMALL_BALANCERS.includes(id));
  return usual.includes(rule) ? usual : [...usual, rule];
}

/** Numbers of the lines below the comments `# wrong`. */
export function wrongLines(text: string): readonly number[] {
  return text.split("\n").flatMap((line, index) => (line.trim() === "# wrong" ? [index + 2] : []));
}
