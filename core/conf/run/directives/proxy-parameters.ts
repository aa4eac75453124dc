import { BALANCER_PARAMETERS } from "../../../vocabulary/balancer.js";
import { parametersOf } from "../../../vocabulary/earlier.js";
import { readParameter } from "../../../vocabulary/codec.js";
import { HEALTH_CHECK_PARAMETERS } from "../../../vocabulary/health-check.js";
import { LB_METHODS } from "../../../vocabulary/lbmethods.js";
import { WORKER_PARAMETERS } from "../../../vocabulary/worker.js";
import type { ReadingContext } from "../../../vocabulary/reading.js";
import type { ParameterTable } from "../../../vocabulary/parameter.js";
import type { SetValue } from "../effects.js";
import { refused } from "../refusal.js";
import type { Refusal, WordFault } from "../refusal.js";
import { nearestName } from "../../../vocabulary/suggest.js";
import { existsIn } from "../../../vocabulary/versions.js";
import type { HttpdVersion } from "../../../vocabulary/versions.js";
import { valueMend } from "../../../vocabulary/value-mend.js";
import type { Call } from "./call.js";
import type { Balancer, ReadValue, ServerState } from "./server-state.js";

/** A word of the form `key=value`. */
export interface Setting {
  readonly key: string;
  readonly value: string;
  /** Which word of the directive it is. */
  readonly at: number;
}

/** Cuts a word at its first `=`; undefined when it has none. */
export function settingOf(word: string, at: number): Setting | undefined {
  const equals = word.indexOf("=");
  return equals < 0 ? undefined : { key: word.slice(0, equals), value: word.slice(equals + 1), at };
}

/** Reads one setting on what it is given to. */
export type SettingReader = (setting: Setting) => ReadValue | Refusal;

/** Settings that were read, or the first complaint in their order. */
export function readSettings(settings: readonly Setting[], read: SettingReader): readonly SetValue[] | Refusal {
  const values: SetValue[] = [];
  for (const setting of settings) {
    const value = read(setting);
    if ("sentence" in value) return value;
    values.push({ key: value.key, value: value.value, at: setting.at });
  }
  return values;
}

/**
 * The settings of a line as an apr table keeps them: keys in any case, a repeated one keeps its first place and takes
 * its last value.
 */
export function mergeSettings(settings: readonly Setting[]): readonly Setting[] {
  if (new Set(settings.map(({ key }) => key.toLowerCase())).size === settings.length) return settings;
  const merged = new Map<string, Setting>();
  for (const { key, value, at } of settings) {
    const known = merged.get(key.toLowerCase());
    merged.set(key.toLowerCase(), { key: known?.key ?? key, value, at });
  }
  return [...merged.values()];
}

/** What a worker makes of one parameter: `set_worker_param` of modules/proxy/mod_proxy.c. */
export function onWorker(call: Call): SettingReader {
  const { httpd, modules } = call.world;
  const healthChecks = modules.has("proxy_hcheck_module");
  const known = parametersOf(healthChecks ? WORKER_PARAMETERS : PLAIN_WORKER_PARAMETERS, httpd);
  const unknown = healthChecks ? "unknown Worker hcheck parameter" : "unknown Worker parameter";
  return (setting) => readValue(known, setting, { unknown, fault: "unknown worker parameter" }, call);
}

/** What a balancer makes of one parameter: `set_balancer_param` of modules/proxy/mod_proxy.c. */
export function onBalancer(balancer: Balancer, call: Call): SettingReader {
  const unknown = { unknown: "unknown Balancer parameter", fault: "unknown balancer parameter" } as const;
  const known = parametersOf(BALANCER_PARAMETERS, call.world.httpd);
  return (setting) => {
    const value = readValue(known, setting, unknown, call);
    if (!("sentence" in value) && value.key === "lbmethod") balancer.defaultMethod = false;
    if (!("sentence" in value) && value.key === "failonstatus") {
      balancer.listsStatuses = true;
      if (Array.isArray(value.value) && value.value.length > 0) balancer.failsOn ??= call.directive;
    }
    return value;
  };
}

/** What a health-check template makes of one parameter: `set_worker_hc_param` of mod_proxy_hcheck. */
export function onTemplate(call: Call): SettingReader {
  const unknown = { unknown: "unknown Worker hcheck parameter", fault: "unknown template parameter" } as const;
  const known = parametersOf(HEALTH_CHECK_PARAMETERS, call.world.httpd);
  return (setting) => readValue(known, setting, unknown, call);
}

const PLAIN_WORKER_PARAMETERS: ParameterTable = Object.fromEntries(
  Object.entries(WORKER_PARAMETERS).filter(([key]) => !Object.hasOwn(HEALTH_CHECK_PARAMETERS, key)),
);

/** What is said about a key that is not in a table. */
interface UnknownKey {
  readonly unknown: string;
  readonly fault: WordFault;
}

function readValue(
  table: ParameterTable,
  setting: Setting,
  { unknown, fault }: UnknownKey,
  call: Call,
): ReadValue | Refusal {
  const key = setting.key.toLowerCase();
  const parameter = Object.hasOwn(table, key) ? table[key] : undefined;
  const word = `${setting.key}=${setting.value}`;
  if (parameter === undefined) {
    const mend = unknownMend({ ...setting, key }, table, call.world.httpd);
    return { ...refused(unknown, mend, word), fault };
  }
  const context = readingContext(call);
  const reading = readParameter(parameter, setting.value, context);
  if (reading.ok) return { key, value: reading.value };
  const mend = valueMend(parameter, setting.value, context, (value) => `${setting.key}=${value}`);
  return refused(reading.message, mend, word);
}

/** Where a parameter belongs that is not one here, or what was meant. */
function unknownMend({ key, value }: Setting, known: ParameterTable, httpd: HttpdVersion): string {
  const here = (table: ParameterTable): boolean => Object.hasOwn(table, key);
  // Of an older httpd the table is another one, without what came later.
  const ofBalancer = Object.hasOwn(known, "lbmethod");
  const words: readonly ParameterTable[] = ofBalancer
    ? [BALANCER_PARAMETERS]
    : [WORKER_PARAMETERS, HEALTH_CHECK_PARAMETERS];
  const since = words.find(here)?.[key]?.since;
  if (since !== undefined && !existsIn(httpd, since)) {
    return `remove ${key}=${value}, which came with httpd ${since}, or run that or a newer one`;
  }
  if (here(HEALTH_CHECK_PARAMETERS) && !ofBalancer) {
    return `load mod_proxy_hcheck, whose parameter ${key} is`;
  }
  if (!ofBalancer && here(BALANCER_PARAMETERS)) {
    return `move ${key}=${value} to a ProxySet of the balancer: it belongs to the balancer, not to a member`;
  }
  if (here(WORKER_PARAMETERS)) {
    return `move ${key}=${value} to the BalancerMember lines: it belongs to members`;
  }
  const near = nearestName(key, Object.keys(known));
  return near === undefined ? `remove ${key}=${value}: httpd has no such parameter` : `did you mean ${near}=${value}?`;
}

/**
 * What to do about a word without `=` where only settings are expected.
 *
 * @param at - which of the words it is
 */
export function settingMend(words: readonly string[], at: number): string {
  const [before = "", word = "", next = ""] = [words[at - 1], words[at], words[at + 1]];
  if (/^(?:\/\/|#)/.test(word)) return "put the comment on a line of its own, behind #";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return `give ${word} a line of its own`;
  if (/^(?:balancermember|proxyset|proxypass)$/i.test(word)) return `begin a new line with ${word}`;
  if (/=$/.test(before)) return `take the blank away: ${before}${word}`;
  if (isParameter(word) && next === "=") return `write ${word}=${words[at + 2] ?? ""}`;
  if (isParameter(word) && next !== "" && !next.includes("=")) return `write ${word}=${next}`;
  if (isParameter(word)) return `take the blank away: ${word}${next.startsWith("=") ? next : "=value"}`;
  if (isParameter(before)) return `write ${before}=${word}`;
  return `remove '${word}', or write it as key=value without blanks`;
}

function isParameter(word: string): boolean {
  const key = word.toLowerCase();
  return Object.hasOwn(WORKER_PARAMETERS, key) || Object.hasOwn(BALANCER_PARAMETERS, key);
}

const CONTEXTS = new WeakMap<ServerState, ReadingContext>();

/** What a server knows; nothing is loaded any more once directives are executed. */
function readingContext(call: Call): ReadingContext {
  const { server } = call.where;
  const known = CONTEXTS.get(server);
  if (known !== undefined) return known;
  const { modules } = call.world;
  const loaded = Object.entries(LB_METHODS).filter(([, method]) => modules.has(`${method.module}_module`));
  const context = {
    lbmethods: new Set(loaded.map(([name]) => name)),
    healthCheckTemplates: server.healthCheckTemplates,
    healthCheckExpressions: server.healthCheckExpressions,
    ajp: modules.has("proxy_ajp_module"),
  };
  CONTEXTS.set(server, context);
  return context;
}
