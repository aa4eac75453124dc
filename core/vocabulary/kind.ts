import type { ParameterValue } from "./parameter.js";

/** A JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A JSON Schema (draft 2020-12) as data. */
export type JsonSchema = { readonly [key: string]: JsonValue };

/** What httpd makes of a text: the value, or its sentence. */
export type Reading<V = ParameterValue> =
  { readonly ok: true; readonly value: V } | { readonly ok: false; readonly message: string };

/** What is wrong with a value, without its place. */
export interface Complaint {
  readonly found: string;
  readonly allowed: string;
  readonly fix: string;
}

/** What httpd knows at the moment a parameter is read. */
export interface ReadingContext {
  /** Registered load-balancing methods: those whose module is loaded. */
  readonly lbmethods: ReadonlySet<string>;
  /** Names of health-check templates defined so far, in lower case. */
  readonly healthCheckTemplates: ReadonlySet<string>;
  /** Names of health-check expressions defined so far, in lower case. */
  readonly healthCheckExpressions: ReadonlySet<string>;
  /** True when mod_proxy_ajp is loaded, which makes `hcmethod=CPING` a known method. */
  readonly ajp: boolean;
}

/** How values of one kind are read, printed, checked and described. */
export interface KindCodec<P, V> {
  read(parameter: P, text: string, context: ReadingContext): Reading<V>;
  print(parameter: P, value: V): string;
  check(parameter: P, value: unknown): Complaint | undefined;
  schema(parameter: P): JsonSchema;
  fromJson(json: JsonValue): unknown;
  toJson(value: V): JsonValue;
}

/** A successful reading. */
export function read<V>(value: V): Reading<V> {
  return { ok: true, value };
}

/** A refusal in httpd's words. */
export function refused(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

/** Characters that do not print, and would break a message into lines. */
const CONTROL = /[\u0000-\u001f\u007f]/;

/** A value as a message shows it: text in quotes, data as JSON, everything else by its type. */
export function shown(value: unknown): string {
  if (typeof value === "string") return CONTROL.test(value) ? JSON.stringify(value) : `'${value}'`;
  if (typeof value === "function") return "a function";
  if (value === undefined) return "nothing";
  return typeof value === "bigint" ? `${value}n` : JSON.stringify(value);
}
