import { checkPromises } from "../../../core/promises/check.js";
import type { CheckOptions, PromiseResult } from "../../../core/promises/check.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import type { JsonValue } from "../../../core/vocabulary/json.js";

/** The one promise of a cluster whose members stand on ports of one machine, checked. */
export function checked(
  promise: JsonValue,
  members: readonly Readonly<Record<string, JsonValue>>[],
  cluster: Readonly<Record<string, JsonValue>> = {},
  options: CheckOptions = {},
): PromiseResult {
  const named = Object.fromEntries(
    members.map((own, index) => [`n${index}`, { url: `http://localhost:${9001 + index}`, ...own }]),
  );
  const spec = {
    clusters: { c: { ...cluster, members: named, promises: [promise] } },
    servers: { web: { listen: [80], mounts: { "/": "c" } } },
  };
  const reading = readSpec(JSON.stringify(spec), "shop.json");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const [result] = checkPromises(reading.topology, { mend: false, ...options });
  if (result === undefined) throw new Error("no result");
  return result;
}
