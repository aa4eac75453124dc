import type { Approach } from "../model/approach.js";
import type { Detour } from "../model/detour.js";
import { detourText } from "../model/approach-text.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { ToldFinding } from "./counterexample.js";
import type { PromiseId } from "./promise.js";

/**
 * What a promise comes to of a cluster that requests do not come to; undefined where they do.
 *
 * `always-served` is broken by the answer that httpd gives itself where that is an error; everything else is not judged:
 * it speaks of requests that are not there.
 *
 * @param at - where the promise is declared
 */
export function unreached(
  id: PromiseId,
  { reached, elsewhere, doubts, byClient }: Approach,
  at: Pointer,
): ToldFinding | undefined {
  if (reached === "yes") return undefined;
  const own = elsewhere.filter((detour) => detour.own);
  const refused = own.find((detour) => detour.playable && isError(detour));
  if (id === "always-served" && reached === "no" && refused !== undefined) return broken(refused, at);
  const [first] = own;
  const why = first === undefined ? "no line leads to it" : detourText(first);
  if (reached === "no") return { verdict: "unjudged", states: 0, note: `no request reaches it: ${why}` };
  if (byClient) {
    const note = `the address of a client decides whether a request of its reaches it, and one of the machine itself does not: ${why}`;
    return { verdict: "unjudged", states: 0, note };
  }
  const judged = doubts.length === 0 ? "" : ", unless a line that is not judged decides otherwise";
  return { verdict: "unjudged", states: 0, note: `none of the requests that were tried reaches it${judged}: ${why}` };
}

function isError({ end, doubts }: Detour): boolean {
  return end.kind === "httpd" && end.status >= 400 && doubts.length === 0;
}

function broken(detour: Detour, at: Pointer): ToldFinding {
  const { path, host, by } = detour;
  const cause = `no request reaches it: ${detourText(detour)}`;
  const request = { count: 1, ...(path !== "/" && { path }), ...(host !== undefined && { host }) };
  return {
    verdict: "broken",
    states: 1,
    counterexample: {
      scenario: { steps: [{ request }] },
      events: 1,
      explanation: cause,
      cause,
      sure: true,
      shortest: true,
      at: by[0] ?? at,
    },
  };
}
