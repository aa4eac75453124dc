import { isRecord } from "../vocabulary/json.js";
import type { JsonValue } from "../vocabulary/json.js";

/** Steps from the whole of a spec to a value in it. */
type Path = readonly string[];

/** Named things that other parts refer to: without one of them, those parts would seem wrong too. */
const REFERRED: ReadonlySet<string | undefined> = new Set([
  "clusters",
  "servers",
  "virtualHosts",
  "healthCheckTemplates",
  "healthCheckExpressions",
]);

/**
 * A spec without the values that are wrong, so that the rest can be judged in the same run.
 *
 * @param wrong - paths of the wrong values
 * @returns undefined where what is left cannot be judged by itself
 */
export function soundPart(spec: JsonValue, wrong: readonly Path[]): JsonValue | undefined {
  if (wrong.some((path) => path.length < 2 || REFERRED.has(path.at(-2)))) return undefined;
  return wrong.reduce<JsonValue>(without, spec);
}

/**
 * True for a place that has nothing to do with wrong ones: neither around them nor in what they are parts of. A member of
 * a cluster does not follow from what is wrong with the cluster itself.
 */
export function isBeside(place: Path, wrong: readonly Path[]): boolean {
  return wrong.every((path) => {
    const owner = path.slice(0, -1);
    if (startsWith(owner, place)) return false;
    const [part, name] = place.slice(owner.length);
    return !startsWith(place, owner) || (part === "members" && name !== undefined && path.at(-1) !== "members");
  });
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

/** A copy without the value at a path. Items of lists keep their numbers: a wrong one takes its list with it. */
function without(json: JsonValue, [step, ...rest]: Path): JsonValue {
  if (step === undefined || !isRecord(json) || !Object.hasOwn(json, step)) return json;
  const { [step]: value = null, ...others } = json;
  return rest.length === 0 || Array.isArray(value) ? others : { ...json, [step]: without(value, rest) };
}
