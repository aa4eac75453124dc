import type { SourcePlace } from "../vocabulary/place.js";
import type { Pointer } from "../vocabulary/problem.js";

/** Lines that are named before the rest is only counted. */
const MOST_LINES = 12;

/**
 * The clause that an answer ends with which lines could decide otherwise that nobody here judges: `as far as lines 12, 40
 * do not decide otherwise`; empty where there are none. Lines of other files than the input's are named with them.
 */
export function asFarAs(
  doubts: readonly Pointer[],
  input: string,
  locate: (at: Pointer) => SourcePlace | undefined,
): string {
  if (doubts.length === 0) return "";
  const places = doubts.map((at) => [at, locate(at)] as const);
  const inside = places.flatMap(([, place]) => (place?.file === input ? [place.line] : []));
  const outside = places.flatMap(([at, place]) =>
    place === undefined ? [at] : place.file === input ? [] : [`${place.file}:${place.line}`],
  );
  const lines = [...new Set(inside)].sort((one, other) => one - other).map(String);
  const named = [...lines, ...new Set<string>(outside)];
  const more = named.length > MOST_LINES ? ` and ${named.length - MOST_LINES} more` : "";
  const noun = lines.length === 0 ? "" : lines.length === 1 ? "line " : "lines ";
  const verb = named.length === 1 ? "does" : "do";
  return `as far as ${noun}${named.slice(0, MOST_LINES).join(", ")}${more} ${verb} not decide otherwise`;
}
