import { PRESETS } from "../core/lint/presets.js";
import { RULES } from "../core/lint/rule-list.generated.js";
import { RULE_GROUPS } from "../core/lint/rule.js";
import type { Rule, RuleGroup } from "../core/lint/rule.js";
import { wrapped } from "../core/report/wrap.js";
import { BALANCER_PARAMETERS } from "../core/vocabulary/balancer.js";
import { HEALTH_CHECK_PARAMETERS } from "../core/vocabulary/health-check.js";
import type { Parameter, ParameterTable } from "../core/vocabulary/parameter.js";
import { SERVER_SETTINGS } from "../core/vocabulary/settings.js";
import { nearestName } from "../core/vocabulary/suggest.js";
import { WORKER_PARAMETERS } from "../core/vocabulary/worker.js";

/** All rules by what they are about: id, severity, presets and the wanted state. */
export function ruleList(width: number | undefined): string {
  const groups = Object.entries(RULE_GROUPS) as readonly (readonly [RuleGroup, string])[];
  return groups
    .map(([group, title]) => {
      const rules = RULES.filter((rule) => rule.group === group);
      return [title, ...rules.flatMap((rule) => ruleLines(rule, width)), ""].join("\n");
    })
    .join("\n");
}

function ruleLines(rule: Rule, width: number | undefined): readonly string[] {
  const presets = [...rule.presets, "strict"].join(", ");
  const how = rule.unsafe === true ? ", --fix --unsafe" : ", --fix";
  const head = `  ${rule.id} (${rule.severity}; ${presets}${rule.fixable ? how : ""})`;
  return [head, ...wrapped(rule.wanted, { width, indent: "    ", hanging: "    " })];
}

/** All rules as JSON. */
export function ruleListJson(): string {
  const rules = RULES.map(({ id, group, severity, presets, wanted, why, fixable, unsafe = false }) => {
    return { id, group, severity, presets: [...presets, "strict"], wanted, why, fixable, unsafe };
  });
  return `${JSON.stringify({ presets: PRESETS, rules }, undefined, 2)}\n`;
}

/**
 * A rule or a parameter of httpd in full.
 *
 * @returns undefined for a word that is neither
 */
export function explainedWord(word: string, width: number | undefined): string | undefined {
  const rule = RULES.find(({ id }) => id === word);
  if (rule !== undefined) return ruleText(rule, width);
  const texts = TABLES.flatMap(({ table, where }) => {
    const parameter = parameterOf(table, word);
    return parameter === undefined ? [] : [parameterText(word, parameter, where, width)];
  });
  return texts.length === 0 ? undefined : texts.join("\n");
}

/**
 * The rule or parameter whose name is nearest to a word that names nothing, as part of a sentence.
 *
 * @returns undefined where none is near
 */
export function nearestWord(word: string): string | undefined {
  const names = [...RULES.map(({ id }) => id), ...TABLES.flatMap(({ table }) => Object.keys(table))];
  return nearestName(word.toLowerCase(), names);
}

const TABLES: readonly { readonly table: ParameterTable; readonly where: string }[] = [
  { table: WORKER_PARAMETERS, where: "on BalancerMember, or on ProxyPass to one backend" },
  { table: BALANCER_PARAMETERS, where: "on ProxySet in <Proxy balancer://...>, or on ProxyPass to it" },
  { table: HEALTH_CHECK_PARAMETERS, where: "on ProxyHCTemplate as well" },
  { table: SERVER_SETTINGS, where: "as a directive of its own" },
];

function parameterOf(table: ParameterTable, word: string): Parameter | undefined {
  const key = word.toLowerCase();
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function ruleText({ id, severity, presets, wanted, why, proof, bad, good }: Rule, width: number | undefined): string {
  const say = (text: string): readonly string[] => wrapped(text, { width, indent: "", hanging: "" });
  const code = (text = ""): readonly string[] =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => `    ${line}`);
  const lines = [
    `${id}: ${severity}, in ${[...presets, "strict"].join(", ")}`,
    "",
    ...say(wanted),
    "",
    ...say(why),
    "",
    ...say(/^measured/.test(proof) ? proof : `shown on the real httpd: ${proof}`),
    "",
    "found in:",
    ...code(bad[0]),
    ...(good[0] === undefined ? [] : ["", "right:", ...code(good[0])]),
    "",
    `accept a finding: # httpd-balancer: allow ${id} because REASON`,
  ];
  return `${lines.join("\n")}\n`;
}

function parameterText(word: string, parameter: Parameter, where: string, width: number | undefined): string {
  const say = (text: string): readonly string[] => wrapped(text, { width, indent: "", hanging: "  " });
  const { doc, defaultDoc, since, module } = parameter;
  const lines = [
    `${parameter.directive ?? word.toLowerCase()} (${where})`,
    ...say(doc),
    ...say(`default: ${defaultDoc}`),
    ...(since === undefined ? [] : [`since httpd ${since}`]),
    ...(module === undefined ? [] : [`needs mod_${module}`]),
  ];
  return `${lines.join("\n")}\n`;
}
