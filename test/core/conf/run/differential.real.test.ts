import { expect, test } from "vitest";
import { SEED } from "../../../support/seed.js";
import { component, describeReal } from "../../../support/real.js";
import { Dice, fragment } from "./configtest.fragments.js";
import { Oracle, ourVerdict } from "./configtest.oracle.js";
import type { Verdict } from "../../../../scripts/certificate/verdict.js";

/** How many fragments, from which seed: set FRAGMENTS and SEED to repeat or to search longer. */
const FRAGMENTS = Number(process.env["FRAGMENTS"] ?? 2_000);
const AT_ONCE = 4;

function shown(verdict: Verdict): string {
  return verdict.ok ? "Syntax OK" : `line ${verdict.line}: ${verdict.message}`;
}

async function disagreement(oracle: Oracle, seed: number): Promise<string | undefined> {
  const text = fragment(new Dice(seed));
  const theirs = await oracle.verdict(text);
  const ours = ourVerdict(text);
  if (shown(ours) === shown(theirs)) return undefined;
  return `FRAGMENTS=1 SEED=${seed}\n${text}\n--- apache2 -t: ${shown(theirs)}\n--- configtest: ${shown(ours)}\n`;
}

describeReal("configtest beside apache2 -t", ["apache2"], () => {
  test(
    `agrees on verdict, line and sentence of ${FRAGMENTS} fragments from seed ${SEED}`,
    async () => {
      const oracle = new Oracle(component("apache2"));
      const found: string[] = [];
      let next = 0;
      let judged = 0;
      async function judge(): Promise<void> {
        while (next < FRAGMENTS) {
          const seed = SEED + next;
          next += 1;
          const difference = await disagreement(oracle, seed);
          judged += 1;
          if (difference !== undefined) found.push(difference);
        }
      }
      try {
        await Promise.all(Array.from({ length: AT_ONCE }, judge));
      } finally {
        oracle.close();
      }
      expect(found.slice(0, 5).join("\n")).toBe("");
      expect(found).toHaveLength(0);
      expect(judged).toBe(FRAGMENTS);
    },
    FRAGMENTS * 500 + 60_000,
  );
});
