import type { ParameterValue } from "./parameter.js";

/** What httpd makes of a text: the value, or its sentence. */
export type Reading<V = ParameterValue> =
  { readonly ok: true; readonly value: V } | { readonly ok: false; readonly message: string };

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

/** A successful reading. */
export function read<V>(value: V): Reading<V> {
  return { ok: true, value };
}

/** A refusal in httpd's words. */
export function refusedReading(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
