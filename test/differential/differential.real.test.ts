import { expect, it } from "vitest";
import { readScenarioText } from "../../core/scenario/read.js";
import { foundBefore } from "../support/found-before.js";
import { describeReal } from "../support/real.js";
import { SEED } from "../support/seed.js";
import { isSame, playBatch, story } from "./batch.js";
import { BATCH, generateCase, traitsOf } from "./generate.js";
import type { Case } from "./generate.js";
import { differsAlways } from "./shrink.js";

const SCENARIOS = Number(process.env["SCENARIOS"] ?? 500);
const ONLY = process.env["CASE"];
/** A request within milliseconds of the end of a retry may fall on either side: such a case is played again, alone. */
const REPEATS = 3;

const indexes = ONLY === undefined ? Array.from({ length: SCENARIOS }, (_, index) => index) : [Number(ONLY)];
const batches = Array.from({ length: Math.ceil(indexes.length / BATCH) }, (_, at) =>
  indexes.slice(at * BATCH, (at + 1) * BATCH),
);

describeReal(`model and httpd (SEED=${SEED})`, ["apache2"], () => {
  it.each(batches.map((batch) => [batch[0]!, batch.at(-1)!, batch] as const))(
    "agree on every request and every counter of cases %i to %i",
    async (first, _last, batch) => {
      const cases = batch.map((index) => generateCase(SEED, index));
      const played = await playBatch(cases);
      const failures: string[] = [];
      for (const one of played.filter((one) => !isSame(one))) {
        const again = await playAgain(one.case.index);
        if (again !== undefined) failures.push(again);
      }
      const uncertain = played.reduce((sum, { model }) => sum + model.filter(({ either }) => either).length, 0);
      const repeated = played.filter((one) => !isSame(one)).map((one) => one.case.index);
      const requests = played.reduce((sum, { real }) => sum + real.length, 0);
      const traits = Object.entries(traitsOf(first)).map(([name, value]) => `${name}=${String(value)}`);
      console.log(
        `SEED=${SEED}: ${batch.length} cases, ${requests} requests (${uncertain} uncertain)` +
          `${traits.map((trait) => `, ${trait}`).join("")}; played again: ${repeated.join(", ") || "none"}`,
      );
      expect(failures.join("\n\n")).toBe("");
    },
    300_000,
  );
});

const FOUND = foundBefore("balancers");

// A suite without tests is a failure, and there may be nothing found.
if (FOUND.length > 0) {
  describeReal("what a campaign found", ["apache2"], () => {
    it.each(FOUND)(
      "is the same in model and httpd now: $name",
      async ({ fixture }) => {
        expect(await differsAlways(caseFrom(fixture))).toBe(false);
      },
      120_000,
    );
  });
}

/** A case as the campaign writes it. */
function caseFrom(fixture: unknown): Case {
  const { scenario: written, ...rest } = fixture as Omit<Case, "scenario"> & { readonly scenario: unknown };
  const reading = readScenarioText(JSON.stringify(written), "scenario.json");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return { ...rest, scenario: reading.scenario };
}

/** The story of the last play when model and httpd differ in every one. */
async function playAgain(index: number): Promise<string | undefined> {
  let told: string | undefined;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const [played] = await playBatch([generateCase(SEED, index)]);
    if (played === undefined || isSame(played)) return undefined;
    told = story(played, SEED);
  }
  return told;
}
