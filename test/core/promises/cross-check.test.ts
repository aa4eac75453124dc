import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareLateness, compareRefusals, latenessCases, refusalCases } from "./naive.js";

const LAYOUTS = Number(process.env["LAYOUTS"] ?? 800);

/** Most members here; the campaign (`--only naive`) goes to four. */
const MOST_MEMBERS = 3;

describe("always-served against plain simulation", () => {
  test(`the search and a plain breadth-first simulation give the same answer on ${LAYOUTS} random layouts`, () => {
    fc.assert(
      fc.property(refusalCases(MOST_MEMBERS), (own) => {
        const { searched, simulated } = compareRefusals(own);
        expect(searched).toBe(simulated);
      }),
      { numRuns: LAYOUTS },
    );
  }, 600_000);
});

describe.each(["failback", "standby-idle"] as const)("%s against plain simulation", (promise) => {
  test(`the search and a plain breadth-first simulation give the same answer while somebody is up`, () => {
    fc.assert(
      fc.property(latenessCases(MOST_MEMBERS), (own) => {
        const { searched, simulated } = compareLateness(promise, own, 8_000);
        expect(searched).toBe(simulated);
      }),
      { numRuns: LAYOUTS / 40 },
    );
  });
});
