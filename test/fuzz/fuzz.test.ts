import { describe, expect, test } from "vitest";
import { randomOf } from "../differential/random.js";
import { foundBefore } from "../support/found-before.js";
import { SEED } from "../support/seed.js";
import { beginnings } from "./files.js";
import { playCase, randomCase } from "./play.js";
import type { FuzzCase } from "./play.js";

/** A few seconds' worth; `npm run campaign -- --only fuzz` goes on. */
const CASES = 200;

describe("a mutated file ends in an answer, without a crash and in time", () => {
  test(`for ${CASES} files over the commands that read them`, async () => {
    const from = beginnings();
    const faults: unknown[] = [];
    for (let place = 0; place < CASES; place++) {
      const one = randomCase(randomOf(SEED, place), from);
      const { fault } = await playCase(one);
      if (fault !== undefined) faults.push({ place, words: one.words, fault });
    }
    expect(faults).toEqual([]);
  });

  test.each(foundBefore("fuzz"))("as $name, which once did not", async ({ fixture }) => {
    expect((await playCase(fixture as FuzzCase)).fault).toBeUndefined();
  });
});
