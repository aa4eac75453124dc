import { fillText } from "../../../core/render/files.js";
import type { Text } from "../../../core/topology/topology.js";

/** A manifest, as it is sent. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [part: string]: unknown;
}

/** What the server is too old for, and what it knows the same words by. */
const OLDER = { kind: "PodDisruptionBudget", is: "policy/v1", was: "policy/v1beta1" } as const;

/** What the server warns of on that account only. */
const WARNING = new RegExp(`^Warning: ${OLDER.was} ${OLDER.kind} is deprecated .*\\n`, "gm");

/** What kubectl says, without what is said of every case. */
export function unexpected(said: string): string {
  return said.replace(WARNING, "");
}

/** The kinds that are sent in another version than they are written in, in words. */
export const SENT_OLDER = `${OLDER.kind} as ${OLDER.was}`;

/** Text in which nothing is known only at apply. */
export function literal(text: Text): string {
  return fillText(text, ({ deferred }) => {
    throw new Error(`${deferred} is not known`);
  });
}

/** A written file, in the versions that the server knows. */
export function sentFile(yaml: string): string {
  return yaml.replace(new RegExp(`^apiVersion: ${OLDER.is}$`, "gm"), `apiVersion: ${OLDER.was}`);
}

/** The same for manifests, as JSON. */
export function sentList(manifests: readonly Manifest[]): string {
  const items = manifests.map((each) => (each.apiVersion === OLDER.is ? { ...each, apiVersion: OLDER.was } : each));
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

/** Where the server has something else than was said; what it has beside that are its defaults, and what is empty it leaves out. */
export function differences(said: unknown, kept: unknown, at = ""): readonly string[] {
  if (typeof said !== "object" || said === null) {
    return said === (kept ?? "") ? [] : [`${at}: sent ${JSON.stringify(said)}, kept ${JSON.stringify(kept)}`];
  }
  const parts = Object.entries(said);
  if (Array.isArray(said) && parts.length !== (Array.isArray(kept) ? kept.length : 0)) {
    return [`${at}: sent ${parts.length}, kept ${JSON.stringify(kept)}`];
  }
  const known = (kept ?? {}) as Readonly<Record<string, unknown>>;
  return parts.flatMap(([key, part]) => differences(part, known[key], `${at}/${key}`));
}
