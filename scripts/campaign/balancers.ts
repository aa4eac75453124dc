import { scenarioToJson } from "../../core/scenario/scenario.js";
import { isSame, playBatch } from "../../test/differential/batch.js";
import { BATCH, generateCase } from "../../test/differential/generate.js";
import { differsAlways, shrunkenCase } from "../../test/differential/shrink.js";
import type { Attacked, Find } from "./attack.js";
import { BINARIES } from "./binaries.js";

/**
 * Balancers and what happens to them, beside a real httpd: every request and every counter. Of several httpds each plays
 * a batch in its turn, and the model answers for that one's version.
 */
export async function attackBalancers(seed: number, until: number): Promise<Attacked> {
  const finds: Find[] = [];
  let [cases, asked, unjudged, uncertain] = [0, 0, 0, 0];
  for (let first = 0; Date.now() < until; first += BATCH) {
    const binary = BINARIES[(first / BATCH) % BINARIES.length];
    if (binary !== undefined) process.env["HTTPD"] = binary;
    const batch = Array.from({ length: BATCH }, (_, offset) => generateCase(seed, first + offset));
    const played = await playBatch(batch);
    cases += played.length;
    for (const { model, real } of played) {
      asked += real.length;
      unjudged += model.filter(({ judged }) => judged === false).length;
      uncertain += model.filter(({ either }) => either !== undefined).length;
    }
    for (const one of played.filter((each) => !isSame(each))) {
      if (!(await differsAlways(one.case))) continue;
      const { index, name, topology, scenario } = await shrunkenCase(one.case);
      finds.push({ place: index, fixture: { index, name, topology, scenario: scenarioToJson(scenario) } });
    }
  }
  const counts = new Map(
    Object.entries({ cases, requests: asked, "not judged": unjudged, "either of several": uncertain }),
  );
  return { counts, finds };
}
