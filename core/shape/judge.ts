import type { JsonValue } from "../vocabulary/json.js";
import { pointerStep, pointerSteps } from "../vocabulary/problem.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { nearestName } from "../vocabulary/suggest.js";
import { partPlace, pointerTo, subjectAt } from "./json-place.js";
import type { JsonPlace } from "./json-place.js";
import type { Part, Shape } from "./shape.js";

/** What is used of an error of ajv. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The schema of a document, compiled by ajv: every error of a JSON value; none when it is right. */
export type SchemaJudge = (json: JsonValue) => readonly SchemaError[];

/** A shape of whole documents, and what judges by its schema. */
export interface DocumentShape<V> {
  readonly shape: Shape<V>;
  readonly judge: SchemaJudge;
  /** The whole document, with what messages call it: `the spec`. */
  readonly whole: JsonPlace & { readonly label: string };
  /** Who has which keys, for those who wrote one somewhere else: `a member`, and its shape. */
  readonly homes: readonly (readonly [owner: string, shape: Pick<Shape<unknown>, "keys">])[];
}

/**
 * Everything that is wrong with a JSON value, one problem a place: what the schema refuses, else what only the shapes
 * see. Each shape says in its own words what it wanted.
 */
export function documentProblems<V>(document: DocumentShape<V>, json: JsonValue): readonly Problem[] {
  const errors = document.judge(json);
  if (errors.length === 0) return document.shape.faults?.(json, document.whole) ?? [];
  const byPlace = new Map<Pointer, Problem>();
  for (const error of errors) {
    const problem = problemOf(error, json, document);
    if (!byPlace.has(problem.at)) byPlace.set(problem.at, problem);
  }
  return [...byPlace.values()];
}

/** A value of the document, with the shape it should have. */
interface Spot extends Part {
  readonly place: JsonPlace;
  readonly json: JsonValue;
}

function problemOf(error: SchemaError, json: JsonValue, document: DocumentShape<unknown>): Problem {
  const { keyword, params } = error;
  const steps = pointerSteps(error.instancePath as Pointer);
  const { spot, reached } = spotAt(steps, { json, shape: document.shape, place: document.whole });
  if (reached && keyword === "additionalProperties") {
    return unknownKey(String(params["additionalProperty"]), spot, document);
  }
  const subject = subjectAt(spot.place);
  const at = pointerTo(spot.place);
  if (reached && keyword === "required") {
    const key = String(params["missingProperty"]);
    const { doc = "" } = spot.shape.part?.(key, spot.json) ?? {};
    const allowed = `a mapping with ${shown(key)}`;
    return { at, subject, found: `no ${shown(key)}`, allowed, fix: `add ${key}: ${doc}` };
  }
  return { at, subject, fix: spot.doc ?? "correct the value", ...spot.shape.complaint(spot.json) };
}

/** The innermost value on a path that has a shape of its own; `reached` when that is the end of the path. */
function spotAt(steps: readonly string[], whole: Spot): { readonly spot: Spot; readonly reached: boolean } {
  let spot = whole;
  for (const step of steps) {
    const part = spot.shape.part?.(step, spot.json);
    if (part === undefined) return { spot, reached: false };
    const inList = Array.isArray(spot.json);
    const json = (spot.json as Readonly<Record<string, JsonValue>>)[step] ?? null;
    const { doc = spot.doc } = part;
    spot = {
      shape: part.shape,
      ...(doc === undefined ? {} : { doc }),
      json,
      place: partPlace(spot.place, inList ? Number(step) : step, part),
    };
  }
  return { spot, reached: true };
}

/** A key that is near to a known one is misspelt, a key that another owner has is misplaced: only else all are listed. */
function unknownKey(key: string, { place, shape }: Spot, { homes }: DocumentShape<unknown>): Problem {
  const { keys = [] } = shape;
  const problem = {
    at: `${pointerTo(place)}${pointerStep(key)}` as const,
    subject: subjectAt(place),
    found: `unknown key ${shown(key)}`,
  };
  const home = place.above === undefined ? undefined : homes.find((owner) => owner[1].keys?.includes(key) === true);
  const near = nearestName(key, keys);
  if (home === undefined && near === undefined) {
    return { ...problem, allowed: keys.join(", "), fix: "remove it, or use one of these" };
  }
  return {
    ...problem,
    allowed: keys.length > MOST_LISTED ? `one of its ${keys.length} keys` : keys.join(", "),
    fix: home === undefined ? `did you mean ${shown(near)}?` : `move it to ${home[0]}, which has it`,
  };
}

/** Beside a fix that names the key that was meant, the others are listed only where they are few. */
const MOST_LISTED = 8;
