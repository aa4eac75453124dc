import type { JsonValue } from "../vocabulary/json.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Approach } from "./approach.js";
import type { Detour, DetourEnd } from "./detour.js";

/**
 * A detour in words: `GET /admin is answered 403 by httpd itself (a.conf:12)`.
 *
 * @param placeOf - where a line is written, as text; without it no lines are named
 */
export function detourText({ path, host, end, by, doubts }: Detour, placeOf?: (at: Pointer) => string): string {
  const asked = `GET ${path}${host === undefined ? "" : ` of ${host}`}`;
  const lines = end.kind === "here" || by.length === 0 ? doubts : by;
  const places = placeOf === undefined ? [] : [...new Set(lines.map(placeOf))];
  return `${asked} ${endText(end)}${places.length === 0 ? "" : ` (${places.join(", ")})`}`;
}

function endText(end: DetourEnd): string {
  switch (end.kind) {
    case "here":
      return "may be decided otherwise";
    case "cluster":
      return `goes to balancer://${end.name}`;
    case "url":
      return `goes to ${end.url}`;
    case "httpd":
      return end.location === undefined
        ? `is answered ${end.status} by httpd itself`
        : `is answered ${end.status} by httpd itself, with the address ${end.location}`;
  }
}

/** A detour as data: lines by where they are written. */
export function detourJson(
  { path, host, end, by, doubts }: Detour,
  placeOf: (at: Pointer) => string,
): Readonly<Record<string, JsonValue>> {
  const places = (lines: readonly Pointer[]): readonly string[] => [...new Set(lines.map(placeOf))];
  return { path, ...(host !== undefined && { host }), end: { ...end }, by: places(by), doubts: places(doubts) };
}

/** Detours that are written out before the rest is only counted. */
const MOST_DETOURS = 5;

/** All that does not come to a cluster though its mounts are meant for it, one line each. */
export function detourLines({ elsewhere }: Approach, placeOf: (at: Pointer) => string): readonly string[] {
  const lines = elsewhere.map((detour) => detourText(detour, placeOf));
  const more = lines.length - MOST_DETOURS;
  return more > 0 ? [...lines.slice(0, MOST_DETOURS), `and ${more} more (--json has them)`] : lines;
}
