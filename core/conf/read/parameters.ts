import { readParameter } from "../../vocabulary/codec.js";
import type { ReadingContext } from "../../vocabulary/reading.js";
import { LB_METHODS } from "../../vocabulary/lbmethods.js";
import type { ParameterTable, ParameterValue } from "../../vocabulary/parameter.js";
import { HEALTH_CHECK_PARAMETERS } from "../../vocabulary/health-check.js";
import { LocatedAt } from "./read-state.js";
import type { GrowingConf, GrowingParameters } from "./read-state.js";
import type { StatementWord } from "../run/statement.js";

/** `key=value` as httpd splits it: at the first `=`, the key in any case. Undefined for a word without `=`. */
export function splitParameter(word: string): { readonly key: string; readonly value: string } | undefined {
  const equals = word.indexOf("=");
  if (equals === -1) return undefined;
  return { key: word.slice(0, equals).toLowerCase(), value: word.slice(equals + 1) };
}

/**
 * Executes `key=value` words on a worker, a balancer or a template, in the order of httpd's table of them: order of
 * first appearance, last value.
 *
 * @returns what could not be read, in httpd's words
 */
export function setParameters(
  conf: GrowingConf,
  table: ParameterTable,
  words: readonly StatementWord[],
  into: GrowingParameters,
): readonly string[] {
  const last = new Map<string, { readonly value: string; readonly word: StatementWord }>();
  for (const word of words) {
    const split = splitParameter(word.text);
    if (split !== undefined) last.set(split.key, { value: split.value, word });
  }
  const complaints: string[] = [];
  for (const [key, { value, word }] of last) {
    const complaint = setParameter(conf, table, { key, value, word }, into);
    if (complaint !== undefined) complaints.push(complaint);
  }
  return complaints;
}

interface Assignment {
  readonly key: string;
  readonly value: string;
  readonly word: StatementWord;
}

function setParameter(
  conf: GrowingConf,
  table: ParameterTable,
  { key, value, word }: Assignment,
  into: GrowingParameters,
): string | undefined {
  const parameter = Object.hasOwn(table, key) ? table[key] : undefined;
  if (parameter === undefined) return `${word.text}: unknown parameter`;
  const named = parameter.kind === "provider" || parameter.kind === "reference" || parameter.kind === "choice";
  const reading = readParameter(parameter, value, named ? contextOf(conf, value) : NOTHING_NAMED);
  if (!reading.ok) return `${word.text}: ${reading.message}`;
  if (key === "hctemplate") forgetHealthChecks(into);
  const meant = meaning(key, reading.value);
  if (meant === undefined) into.delete(key);
  else into.set(key, new LocatedAt(meant, word));
  return undefined;
}

/** A template overwrites every health-check parameter that stands before it (mod_proxy_hcheck.c, set_worker_hc_param). */
function forgetHealthChecks(into: GrowingParameters): void {
  for (const key of Object.keys(HEALTH_CHECK_PARAMETERS)) into.delete(key);
}

/** Status letters count in any case. An empty text or list is what httpd has without the parameter; only an empty nonce says something: read-only. */
function meaning(key: string, value: ParameterValue): ParameterValue | undefined {
  if (key === "nonce" && value === "") return "None";
  if (key === "status" && typeof value === "string" && value !== "") return value.toUpperCase();
  const empty = value === "" || (Array.isArray(value) && value.length === 0);
  return empty ? undefined : value;
}

/** For values that name nothing: most of them. */
const NOTHING_NAMED: ReadingContext = {
  lbmethods: new Set(),
  healthCheckTemplates: new Set(),
  healthCheckExpressions: new Set(),
  ajp: true,
};

/** Reading judges nothing that `configtest` has judged: the name asked for counts as known. */
function contextOf(conf: GrowingConf, asked: string): ReadingContext {
  const names = (known: readonly { readonly value: { readonly name: string } }[]): ReadonlySet<string> =>
    new Set([...known.map(({ value }) => value.name.toLowerCase()), asked.toLowerCase()]);
  return {
    lbmethods: new Set([...Object.keys(LB_METHODS), asked]),
    healthCheckTemplates: names(conf.templates),
    healthCheckExpressions: names(conf.expressions),
    ajp: true,
  };
}
