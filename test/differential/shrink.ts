import { isSame, playBatch } from "./batch.js";
import type { Case } from "./generate.js";

/** How often a case has to differ: one that ends within milliseconds of a retry's end may do so by chance. */
const REPEATS = 3;

/** True when model and httpd differ in every play of a case, alone on its httpd. */
export async function differsAlways(one: Case, repeats = REPEATS): Promise<boolean> {
  for (let repeat = 0; repeat < repeats; repeat++) {
    const [played] = await playBatch([one]);
    if (played === undefined || isSame(played)) return false;
  }
  return true;
}

/** Leaves out steps one by one, from the end, as long as the case goes on to differ. */
export async function shrunkenCase(one: Case): Promise<Case> {
  const { steps } = one.scenario;
  for (let at = steps.length - 1; at >= 0; at--) {
    const fewer = { ...one, scenario: { steps: steps.toSpliced(at, 1) } };
    // The reload is everybody's: without it the play would wait for one that never comes.
    if ("reload" in (steps[at] ?? {}) || fewer.scenario.steps.length === 0) continue;
    if (await differsAlways(fewer, 2)) return shrunkenCase(fewer);
  }
  return one;
}
