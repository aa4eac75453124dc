import { isRecord } from "../vocabulary/json.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";
import { canonicalJson } from "./canonical.js";
import type { Topology } from "./topology.js";

/**
 * One difference between two topologies. Pointers of things that were there before are into the one before, of new
 * things into the one after.
 */
export type Change =
  | { readonly kind: "added"; readonly at: Pointer; readonly after: unknown }
  | { readonly kind: "removed"; readonly at: Pointer; readonly before: unknown }
  | { readonly kind: "changed"; readonly at: Pointer; readonly before: unknown; readonly after: unknown }
  /** The same things in another order, which decides ties; `before` and `after` are the names in order. */
  | {
      readonly kind: "moved";
      readonly at: Pointer;
      readonly before: readonly string[];
      readonly after: readonly string[];
    };

/**
 * What is different, in the order of the topology before. Members, clusters, servers and the like are matched by name,
 * mounts by path; empty exactly when the two are equal.
 */
export function diffTopologies(before: Topology, after: Topology): readonly Change[] {
  return diffValues("", before, after);
}

type Json = Readonly<Record<string, unknown>>;

function diffValues(at: Pointer, before: unknown, after: unknown): readonly Change[] {
  if (before === after || canonicalJson(before) === canonicalJson(after)) return [];
  if (isNamedList(before) && isNamedList(after)) return diffLists(at, before, after);
  if (isRecord(before) && isRecord(after)) return diffRecords(at, before, after);
  return [{ kind: "changed", at, before, after }];
}

function diffRecords(at: Pointer, before: Json, after: Json): readonly Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key): readonly Change[] => {
    const place: Pointer = `${at}${pointerStep(key)}`;
    if (before[key] === undefined) return [{ kind: "added", at: place, after: after[key] }];
    if (after[key] === undefined) return [{ kind: "removed", at: place, before: before[key] }];
    return diffValues(place, before[key], after[key]);
  });
}

function diffLists(at: Pointer, before: readonly Json[], after: readonly Json[]): readonly Change[] {
  const old = new Map(before.map((item, index) => [nameOf(item), index]));
  const young = new Map(after.map((item, index) => [nameOf(item), index]));
  const kept = before.flatMap((item, index): readonly Change[] => {
    const partner = young.get(nameOf(item));
    const place: Pointer = `${at}/${index}`;
    if (partner === undefined) return [{ kind: "removed", at: place, before: item }];
    return diffValues(place, item, after[partner]);
  });
  const added = after.flatMap((item, index): readonly Change[] =>
    old.has(nameOf(item)) ? [] : [{ kind: "added", at: `${at}/${index}`, after: item }],
  );
  return [...kept, ...added, ...moves(at, { before, after, old, young })];
}

interface Lists {
  readonly before: readonly Json[];
  readonly after: readonly Json[];
  readonly old: ReadonlyMap<string, number>;
  readonly young: ReadonlyMap<string, number>;
}

function moves(at: Pointer, { before, after, old, young }: Lists): readonly Change[] {
  const stayed = before.map(nameOf).filter((name) => young.has(name));
  const now = after.map(nameOf).filter((name) => old.has(name));
  return stayed.every((name, index) => name === now[index]) ? [] : [{ kind: "moved", at, before: stayed, after: now }];
}

/** Lists whose items have a name, or a path, each once. */
function isNamedList(value: unknown): value is readonly Json[] {
  if (!Array.isArray(value) || !value.every(isRecord)) return false;
  const names = value.map(nameOf);
  return names.every((name) => name !== "") && new Set(names).size === names.length;
}

/** Mounts of one path differ in how they match. */
function nameOf(item: Json): string {
  const { name, path, match, inLocation, id } = item;
  if (typeof name === "string") return name;
  if (typeof path === "string" && "to" in item) return `${path} ${String(match)} ${String(inLocation)}`;
  return typeof id === "string" ? id : "";
}
