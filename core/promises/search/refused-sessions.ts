import { FastRequest, OWN_ERROR } from "./fast-request.js";
import { routesOf } from "./layout.js";
import type { SearchLayout } from "./layout.js";
import { startRow } from "./row-change.js";

/**
 * Routes of sessions that httpd refuses while everybody is up, undefined for requests without one: under `nofailover`
 * those of members that are out of service.
 */
export function refusedSessions(layout: SearchLayout): readonly (string | undefined)[] {
  const request = new FastRequest(layout);
  return [undefined, ...routesOf(layout)].filter((route) => request.serve(startRow(layout), route) === OWN_ERROR);
}
