import { describe, expect, test } from "vitest";
import { runScenario } from "../../../core/model/run.js";
import { checkPromises } from "../../../core/promises/check.js";
import type { PromiseResult } from "../../../core/promises/check.js";
import type { Topology } from "../../../core/topology/topology.js";
import { renderedConf } from "../../../live/rendered-conf.js";
import { openStage } from "../../../live/stage.js";
import { play } from "../../../live/play.js";
import { findHttpd } from "../../../live/program.js";
import { describeReal } from "../../support/real.js";
import { BROKEN, plantedTopology, SOUND } from "./planted.js";
import type { Planted } from "./planted.js";

function judged(topology: Topology, number: number, { failures }: Planted): PromiseResult {
  const [cluster] = [topology.clusters[number]];
  const only = { ...topology, clusters: cluster === undefined ? [] : [cluster] };
  const [result] = checkPromises(only, { promises: ["always-served"], ...(failures !== undefined && { failures }) });
  if (result === undefined) throw new Error("no result");
  return result;
}

describe("the planted set", () => {
  const broken = plantedTopology(BROKEN);
  const sound = plantedTopology(SOUND);

  test.each(BROKEN.map((layout, number) => ({ ...layout, number })))(
    "$name breaks in $events events, and in no fewer",
    ({ number, events, ...layout }) => {
      const { holds, counterexample } = judged(broken, number, layout);
      expect(holds).toBe(false);
      // Of health checks only some lengths of pauses are tried, so nobody says that none is shorter.
      const checked = JSON.stringify(layout).includes("hcmethod");
      expect(counterexample).toMatchObject({ events, sure: true, shortest: !checked });
    },
  );

  test.each(BROKEN.map((layout, number) => ({ ...layout, number })))(
    "the model refuses the last request of the scenario for $name, and only a member that is up could serve it",
    ({ number, ...layout }) => {
      const { counterexample } = judged(broken, number, layout);
      const picks = runScenario(broken, counterexample?.scenario ?? { steps: [] }).picks;
      expect(picks.at(-1)).toMatchObject({ member: null, status: 503 });
      expect(picks.at(-1)?.either).toBeUndefined();
    },
  );

  test.each(SOUND.map((layout, number) => ({ ...layout, number })))("$name holds", ({ number, ...layout }) => {
    const { holds, depth } = judged(sound, number, layout);
    expect({ holds, depth }).toEqual({ holds: true, depth: undefined });
  });
});

describeReal("the planted set on a real httpd", ["apache2"], () => {
  test("every counterexample ends in a 503 of httpd itself", async () => {
    const topology = plantedTopology(BROKEN);
    const stage = await openStage({ conf: renderedConf(topology), topology, program: findHttpd(process.env) });
    try {
      const last = [];
      for (const [number, layout] of BROKEN.entries()) {
        const { counterexample } = judged(topology, number, layout);
        const { picks } = await play(stage, counterexample?.scenario ?? { steps: [] });
        last.push({ name: layout.name, member: picks.at(-1)?.member, status: picks.at(-1)?.status });
      }
      expect(last).toEqual(BROKEN.map(({ name }) => ({ name, member: undefined, status: 503 })));
    } finally {
      await stage.close();
    }
  });
});
