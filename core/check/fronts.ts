import { MOST_FRONTS } from "../topology/fronts.js";
import type { Fronts } from "../topology/topology.js";
import type { Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { checkCapacity } from "./capacity.js";
import type { Subject } from "./place.js";
import { checkText } from "./text.js";

/** What is wrong with the number, the zones and the capacity of a server's fronts. */
export function checkFronts({ count, zones, capacity }: Fronts, { at, subject }: Subject): readonly Problem[] {
  return [
    ...checkCount(count, { at: `${at}/count`, subject: `number of ${subject}` }),
    ...(zones === undefined ? [] : checkZones(zones, count, { at: `${at}/zones`, subject: `zones of ${subject}` })),
    ...checkCapacity(capacity, { at: `${at}/capacity`, subject: `capacity of ${subject}` }),
  ];
}

function checkCount(count: number | undefined, place: Subject): readonly Problem[] {
  if (count === undefined || (Number.isInteger(count) && count >= 1 && count <= MOST_FRONTS)) return [];
  const allowed = `a whole number from 1 to ${MOST_FRONTS}`;
  return [
    { ...place, found: shown(count), allowed, fix: "say how many httpd run this configuration, or leave it out" },
  ];
}

function checkZones(zones: readonly string[], count: number | undefined, { at, subject }: Subject): readonly Problem[] {
  const problem = (found: string, allowed: string): Problem => ({
    at,
    subject,
    found,
    allowed,
    fix: "name the zone of each front: [a, a, b] for two in a and one in b",
  });
  if (zones.length === 0 || zones.length > MOST_FRONTS)
    return [problem(`${zones.length} zones`, `1 to ${MOST_FRONTS}, one for each front`)];
  const texts = zones.flatMap((zone, index) => checkText(zone, { at: `${at}/${index}`, subject }));
  if (texts.length > 0 || count === undefined || count === zones.length) return texts;
  return [problem(`${zones.length} for ${count} fronts`, "one for each front")];
}
