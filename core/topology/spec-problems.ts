import type { ErrorObject } from "ajv";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { checkParameter, parameterFromJson } from "../vocabulary/codec.js";
import { HEALTH_CHECK_PARAMETERS } from "../vocabulary/health-check.js";
import { shown } from "../vocabulary/shown.js";
import type { JsonValue } from "../vocabulary/json.js";
import type { Parameter, ParameterTable } from "../vocabulary/parameter.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { nearestName, suggestion } from "../vocabulary/suggest.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { specSchema } from "./schema.js";
import { pointerSteps } from "./spec-place.js";

/**
 * What ajv found, one problem a place, in the words of this project: parameters answer for themselves, unknown keys
 * get the nearest known one. Pointers are into the spec.
 */
export function specProblems(errors: readonly ErrorObject[], spec: JsonValue): readonly Problem[] {
  const places = new Map<string, Problem>();
  for (const error of errors) {
    const problem = problemOf(error, spec);
    if (!places.has(problem.at)) places.set(problem.at, problem);
  }
  return [...places.values()];
}

function problemOf(error: ErrorObject, spec: JsonValue): Problem {
  const at = error.instancePath as Pointer;
  const steps = pointerSteps(at);
  const params = error.params as Readonly<Record<string, unknown>>;
  const schema = schemaAt(steps);
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(params["additionalProperty"]);
      const known = Object.keys(schema.properties ?? {});
      return {
        at: `${at}${pointerStep(key)}`,
        subject: named(steps),
        found: `unknown key ${shown(key)}`,
        allowed: known.join(", "),
        fix: fixOfUnknown(key, known, steps),
      };
    }
    case "required": {
      const key = String(params["missingProperty"]);
      return {
        at,
        subject: named(steps),
        found: `no ${shown(key)}`,
        allowed: `${shown(key)} has to be there`,
        fix: `add ${key}`,
      };
    }
    default:
      return valueProblem(at, steps, error, valueAt(spec, steps));
  }
}

function valueProblem(
  at: Pointer,
  steps: readonly string[],
  error: ErrorObject,
  value: JsonValue | undefined,
): Problem {
  const parameter = parameterAt(steps);
  const complaint =
    parameter === undefined || value === undefined
      ? undefined
      : checkParameter(parameter, parameterFromJson(parameter, value));
  const subject = named(steps);
  if (complaint !== undefined) {
    const found = parameter?.secret === true ? "a secret (not shown)" : complaint.found;
    return { at, subject, ...complaint, found };
  }
  const values =
    error.keyword === "enum"
      ? (error.params as { readonly allowedValues: readonly string[] }).allowedValues
      : undefined;
  const schema = schemaAt(steps);
  if (values !== undefined) {
    return {
      at,
      subject,
      found: shown(value),
      allowed: values.join(", "),
      fix: suggestion(typeof value === "string" ? value : "", values),
    };
  }
  if (steps.length === 0 && value === null) {
    const fix = "write clusters: and servers: in it";
    return { at, subject, found: "an empty file", allowed: allowedBy(error), fix };
  }
  return {
    at,
    subject,
    found: shown(value),
    allowed: error.keyword === "pattern" ? sentence(schema.description ?? "another text") : allowedBy(error),
    fix: error.keyword === "pattern" ? "correct the value" : (schema.description ?? "correct the value"),
  };
}

/** A description as the middle of a sentence. */
function sentence(description: string): string {
  return description.replace(/\.$/, "").replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}

/** The nearest known key, or the owner that has this one. */
function fixOfUnknown(key: string, known: readonly string[], steps: readonly string[]): string {
  const home = HOMES.find(([, table]) => Object.hasOwn(table, key));
  if (home !== undefined && steps.length > 0) return `move it to ${home[0]}, which has it`;
  const near = nearestName(key, known);
  return near === undefined ? "remove it, or use one of these" : `did you mean '${near}'?`;
}

/** Who has the parameters of each table, for those who wrote one somewhere else. */
const HOMES: readonly (readonly [owner: string, table: ParameterTable])[] = [
  ["a member", WORKER_PARAMETERS],
  ["the cluster", BALANCER_PARAMETERS],
  ["the server", SERVER_SETTINGS],
];

/** What the schema says about the value at a path. */
function schemaAt(steps: readonly string[]): SchemaPart {
  const root = specSchema() as SchemaPart;
  const resolved = (part: SchemaPart): SchemaPart => {
    const name = part.$ref?.split("/").at(-1);
    return name === undefined ? part : (root.$defs?.[name] ?? part);
  };
  return steps.reduce<SchemaPart>((part, step) => {
    const own = part.properties?.[step];
    const others = typeof part.additionalProperties === "object" ? part.additionalProperties : part.items;
    return resolved(own ?? others ?? {});
  }, root);
}

interface SchemaPart {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaPart>>;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: SchemaPart | boolean;
  readonly items?: SchemaPart;
}

function allowedBy({ keyword, params, message }: ErrorObject): string {
  const given = params as Readonly<Record<string, unknown>>;
  if (keyword !== "type") return (message ?? keyword).replace(/^must (be )?/, "").replace("NOT have", "no");
  const types = ([given["type"]].flat() as readonly string[]).map((type) => TYPE_WORDS[type] ?? type);
  return types.join(" or ");
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: "a mapping of keys to values",
  array: "a list",
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
};

function valueAt(spec: JsonValue, steps: readonly string[]): JsonValue | undefined {
  return steps.reduce<JsonValue | undefined>((value, step) => {
    if (typeof value !== "object" || value === null) return undefined;
    return (value as Readonly<Record<string, JsonValue>>)[step];
  }, spec);
}

/** Tables by the shape of the path to one of their words. */
const TABLES: readonly (readonly [shape: RegExp, table: ParameterTable])[] = [
  [/^clusters \S+$/, BALANCER_PARAMETERS],
  [/^clusters \S+ members \S+$/, WORKER_PARAMETERS],
  [/^servers \S+( virtualHosts \S+)?$/, SERVER_SETTINGS],
  [/^servers \S+( virtualHosts \S+)? mounts \S+$/, WORKER_PARAMETERS],
  [/^healthCheckTemplates \S+$/, HEALTH_CHECK_PARAMETERS],
];

function parameterAt(steps: readonly string[]): Parameter | undefined {
  const word = steps.at(-1) ?? "";
  const shape = steps
    .slice(0, -1)
    .map((step, index) => (index % 2 === 0 ? step : "*"))
    .join(" ");
  const table = TABLES.find(([pattern]) => pattern.test(shape))?.[1];
  return table !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
}

const OWNERS: Readonly<Record<string, string>> = {
  clusters: "cluster",
  members: "member",
  servers: "server",
  virtualHosts: "virtual host",
  mounts: "mount",
  healthCheckTemplates: "health-check template",
  healthCheckExpressions: "health-check expression",
};

/** A place of a spec in words: `loadfactor of member 'node1'`. */
function named(steps: readonly string[]): string {
  if (steps.length === 0) return "the spec";
  const last = steps.findLastIndex((step, index) => index % 2 === 0 && Object.hasOwn(OWNERS, step));
  const name = last === -1 ? undefined : steps[last + 1];
  if (name === undefined) return steps.join(".");
  const owner = `${OWNERS[steps[last] ?? ""] ?? ""} ${shown(name)}`;
  const rest = steps.slice(last + 2);
  return rest.length === 0 ? owner : `${rest.join(".")} of ${owner}`;
}
