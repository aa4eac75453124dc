import type { Pointer } from "../vocabulary/problem.js";
import type { Detour, DetourEnd } from "./approach.js";

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
