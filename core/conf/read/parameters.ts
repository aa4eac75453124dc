import type { ParameterValue } from "../../vocabulary/parameter.js";
import { HEALTH_CHECK_PARAMETERS } from "../../vocabulary/health-check.js";
import { toUnicode } from "../../httpd/bytes.js";
import { LocatedAt } from "./read-state.js";
import type { GrowingParameters } from "./read-state.js";
import type { SetValue } from "../run/effects.js";
import type { Statement } from "../run/statement.js";

/** Takes over what a directive set, in the order of httpd's table: order of first appearance, last value. */
export function setValues(statement: Statement, settings: readonly SetValue[], into: GrowingParameters): void {
  for (const { key, value, at } of settings) {
    if (key === "hctemplate") forgetHealthChecks(into);
    const meant = meaning(key, typeof value === "string" ? toUnicode(value) : value);
    const word = statement.words[at];
    if (meant === undefined || word === undefined) into.delete(key);
    else into.set(key, new LocatedAt(meant, word));
  }
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
