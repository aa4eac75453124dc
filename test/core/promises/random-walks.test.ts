import { describe, expect, test } from "vitest";
import { told } from "../../../core/promises/counterexample.js";
import { judgePromise } from "../../../core/promises/judge-promise.js";
import { standbyIdleHole } from "./standby-idle-hole.js";
import { randomOf } from "../../differential/random.js";
import { randomQuestion } from "./random-layout.js";
import { lastSighting, walk } from "./walk.js";

const LAYOUTS = Number(process.env["LAYOUTS"] ?? 20);
const SEED = Number(process.env["SEED"] ?? 11);
const WALKS = 40;
const LENGTH = 25;

/** Each request step of a share is thousands of requests, and who is down is all that matters. */
const LONG_WALKS = 3;
const SHORT = 7;

describe("promises against random walks of simulate", () => {
  test(
    "what holds is broken by no walk, and what is broken breaks in simulate at its last request",
    { timeout: 600_000 },
    () => {
      for (let place = 0; place < LAYOUTS; place++) {
        const random = randomOf(SEED, place);
        const question = randomQuestion(random);
        const { topology, cluster, promise, limits } = question;
        const options = { mend: false, mostStates: 3_000 };
        const finding = judgePromise({ topology, cluster, promise, limits, at: "", options });
        const about = JSON.stringify({
          place,
          promise,
          limits,
          parameters: cluster.parameters,
          members: cluster.members,
        });
        const together = promise.id === "share" || promise.id === "capacity";
        const [walks, most] = together ? [LONG_WALKS, SHORT] : [WALKS, LENGTH];
        const length = { holds: most, bounded: Math.min(most, finding.depth ?? 0), unjudged: 0, broken: 0 };
        for (let nth = 0; nth < walks && length[finding.verdict] > 0; nth++) {
          expect(walk(random, question, length[finding.verdict]), about).toBeUndefined();
        }
        const { counterexample } = told(topology, cluster, finding);
        if (counterexample === undefined) continue;
        const sighting = lastSighting(question, counterexample.scenario);
        expect(counterexample.sure ? sighting : sighting !== "kept", about).toBe(counterexample.sure ? "broken" : true);
      }
    },
  );

  test("a pause before further requests is looked at: a standby answers while an active is back for longer", () => {
    const { topology, cluster, promise, limits } = standbyIdleHole;
    const finding = judgePromise({ topology, cluster, promise, limits, at: "", options: {} });
    expect(finding.verdict).toBe("broken");
    const { counterexample } = told(topology, cluster, finding);
    expect(counterexample?.sure).toBe(true);
  });
});
