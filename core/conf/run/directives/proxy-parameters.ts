import { BALANCER_PARAMETERS } from "../../../vocabulary/balancer.js";
import { readParameter } from "../../../vocabulary/codec.js";
import { HEALTH_CHECK_PARAMETERS } from "../../../vocabulary/health-check.js";
import { LB_METHODS } from "../../../vocabulary/lbmethods.js";
import { WORKER_PARAMETERS } from "../../../vocabulary/worker.js";
import type { ReadingContext } from "../../../vocabulary/reading.js";
import type { ParameterTable } from "../../../vocabulary/parameter.js";
import type { Complaint, WordFault } from "../refusal.js";
import type { Call } from "./call.js";
import type { Balancer, ServerState } from "./server-state.js";

/** A word of the form `key=value`. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

/** Cuts a word at its first `=`; undefined when it has none. */
export function settingOf(word: string): Setting | undefined {
  const equals = word.indexOf("=");
  return equals < 0 ? undefined : { key: word.slice(0, equals), value: word.slice(equals + 1) };
}

/**
 * The settings of a line as an apr table keeps them: keys in any case, a repeated one keeps its first place and takes
 * its last value.
 */
export function mergeSettings(settings: readonly Setting[]): readonly Setting[] {
  if (settings.length < 2) return settings;
  const merged = new Map<string, Setting>();
  for (const { key, value } of settings) {
    const known = merged.get(key.toLowerCase());
    merged.set(key.toLowerCase(), { key: known?.key ?? key, value });
  }
  return [...merged.values()];
}

/** What a worker says about one parameter: `set_worker_param` of modules/proxy/mod_proxy.c. */
export function workerComplaint(setting: Setting, call: Call): Complaint {
  const healthChecks = call.world.modules.has("proxy_hcheck_module");
  const known = healthChecks ? WORKER_PARAMETERS : PLAIN_WORKER_PARAMETERS;
  const unknown = healthChecks ? "unknown Worker hcheck parameter" : "unknown Worker parameter";
  return parameterComplaint(known, setting, { unknown, fault: "unknown worker parameter" }, call);
}

/** What a balancer says about one parameter: `set_balancer_param` of modules/proxy/mod_proxy.c. */
export function balancerComplaint(setting: Setting, balancer: Balancer, call: Call): Complaint {
  const unknown = { unknown: "unknown Balancer parameter", fault: "unknown balancer parameter" } as const;
  const complaint = parameterComplaint(BALANCER_PARAMETERS, setting, unknown, call);
  if (complaint === undefined && setting.key.toLowerCase() === "lbmethod") balancer.defaultMethod = false;
  return complaint;
}

/** What a health-check template says about one parameter: `set_worker_hc_param` of mod_proxy_hcheck. */
export function healthCheckComplaint(setting: Setting, call: Call): Complaint {
  const unknown = { unknown: "unknown Worker hcheck parameter", fault: "unknown template parameter" } as const;
  return parameterComplaint(HEALTH_CHECK_PARAMETERS, setting, unknown, call);
}

const PLAIN_WORKER_PARAMETERS: ParameterTable = Object.fromEntries(
  Object.entries(WORKER_PARAMETERS).filter(([key]) => !Object.hasOwn(HEALTH_CHECK_PARAMETERS, key)),
);

/** What is said about a key that is not in a table. */
interface UnknownKey {
  readonly unknown: string;
  readonly fault: WordFault;
}

function parameterComplaint(
  table: ParameterTable,
  setting: Setting,
  { unknown, fault }: UnknownKey,
  call: Call,
): Complaint {
  const key = setting.key.toLowerCase();
  const parameter = Object.hasOwn(table, key) ? table[key] : undefined;
  const word = `${setting.key}=${setting.value}`;
  if (parameter === undefined) return { sentence: unknown, about: "text", word, fault };
  const reading = readParameter(parameter, setting.value, readingContext(call));
  return reading.ok ? undefined : { sentence: reading.message, about: "text", word };
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
