import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runScenario } from "../../../core/model/run.js";
import type { Step } from "../../../core/scenario/scenario.js";
import { millis } from "../../../core/vocabulary/duration.js";
import type { BalancerParameters } from "../../../core/vocabulary/balancer.js";
import type { WorkerParameters } from "../../../core/vocabulary/worker.js";
import { World } from "../../../core/model/world.js";
import { clusterOf, topologyOf } from "./cluster.js";

const play = (members: readonly WorkerParameters[], balancer: BalancerParameters, steps: readonly Step[]) =>
  runScenario(topologyOf(clusterOf(members, balancer)), { steps });

const lastShares = (...given: Parameters<typeof play>) => play(...given).steps.at(-1)?.shares ?? [];

describe("one client of bybusyness, which does not wait until httpd counts its request as over", () => {
  const turns = (members: readonly WorkerParameters[], steps: readonly Step[], isPatient = false) => {
    const topology = topologyOf(clusterOf(members, { lbmethod: "bybusyness" }));
    return runScenario(topology, { steps }, { world: new World(topology, { isPatient }) });
  };

  it("may find the member of its last request busy, and from there on no turn is certain", () => {
    const { picks } = turns([{}, { loadfactor: 5 }], [{ request: { count: 6 } }]);
    expect(picks.map(({ either }) => either?.length ?? 1)).toEqual([1, 2, 2, 2, 2, 2]);
    expect(picks.map(({ name }) => name)).toEqual(["b", "b", "a", "b", "b", "b"]);
  });

  it("loses nothing of what is certain where nobody has two turns in a row", () => {
    const { picks, steps } = turns([{}, {}, {}], [{ request: { count: 9 } }]);
    expect(picks.every(({ either }) => either === undefined)).toBe(true);
    expect(steps[0]?.uncertain).toBe(0);
  });

  it("is certain of every turn when it waits, and again after a restart", () => {
    const { steps } = turns([{}, { loadfactor: 5 }], [{ request: { count: 600 } }], true);
    expect(steps[0]).toMatchObject({ uncertain: 0, answers: { "http://a:1 200": 100, "http://b:1 200": 500 } });
    const { picks } = turns(
      [{}, { loadfactor: 5 }],
      [{ request: { count: 3 } }, { reload: "restart" }, { request: {} }],
    );
    expect(picks.at(-1)).not.toHaveProperty("either");
  });

  it("tells large counts as uncertain, without playing them one by one", () => {
    const topology = topologyOf(clusterOf([{}, { loadfactor: 5 }], { lbmethod: "bybusyness" }));
    const { steps } = runScenario(topology, { steps: [{ request: { count: 1e12 } }] }, { picks: 0 });
    expect(steps[0]).toMatchObject({ requests: 1e12, uncertain: 1e12 - 1 });
  });

  it("fits an expectation of counts only where nobody can take a turn of another", () => {
    const failures = (members: readonly WorkerParameters[], b: number) =>
      turns(members, [{ request: { count: 6, expect: { by: { b } } } }]).failures.length;
    expect([failures([{}, {}], 3), failures([{}, { loadfactor: 5 }], 5)]).toEqual([0, 1]);
  });
});

describe("several clients", () => {
  it("get one answer each: picks, counts and means come to the requests", () => {
    const factor = fc.integer({ min: 1, max: 9 });
    const lbmethod = fc.constantFrom("byrequests", "bybusyness", "bytraffic");
    fc.assert(
      fc.property(
        fc.array(factor, { minLength: 1, maxLength: 4 }),
        lbmethod,
        fc.integer({ min: 2, max: 9 }),
        (factors, method, clients) => {
          const members = factors.map((loadfactor) => ({ loadfactor }));
          const { picks, steps } = play(members, { lbmethod: method }, [{ request: { count: 60, clients } }]);
          const [{ answers, shares = [] } = { answers: {} }] = steps;
          expect(picks).toHaveLength(60);
          expect(Object.values(answers).reduce((sum, count) => sum + count, 0)).toBe(60);
          for (const { least, likely, most } of shares) expect(least <= likely && likely <= most).toBe(true);
          for (const { member, either } of picks) {
            expect((either ?? [{ member }]).some((answer) => answer.member === member)).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("of byrequests leave the counts and the state that one client leaves", () => {
    const members = [{ loadfactor: 2 }, { loadfactor: 5 }, {}];
    const many = play(members, {}, [{ request: { count: 81, clients: 8 } }]);
    const one = play(members, {}, [{ request: { count: 81 } }]);
    expect(many.steps[0]?.answers).toEqual(one.steps[0]?.answers);
    expect(many.steps[0]?.shares?.every(({ least, most }) => least === most)).toBe(true);
    const after = (clients: number) =>
      play(members, {}, [{ request: { count: 81, clients } }, { request: { count: 9 } }]).picks.slice(81);
    expect(after(8)).toEqual(after(1));
  });

  it("of bybusyness are spread by what is under way: the slower the members, the less load factors count", () => {
    const members = [{}, { loadfactor: 5 }];
    const slow = ["a", "b"].map((member): Step => ({ respond: { member, delay: millis(20) } }));
    const light = (steps: readonly Step[]) =>
      lastShares(members, { lbmethod: "bybusyness" }, [...steps, { request: { count: 800, clients: 8 } }]).find(
        ({ member }) => member === "http://a:1",
      );
    expect(light([])?.least).toBeGreaterThan(800 / 6);
    expect(light([])?.most).toBeLessThan(460);
    expect(light(slow)?.least).toBeGreaterThan(370);
  });

  it("meet a member that closes exactly as often as it is chosen", () => {
    const shares = lastShares([{}, {}], {}, [
      { respond: { member: "a", failure: "closes" } },
      { request: { count: 100, clients: 4 } },
    ]);
    expect(shares.map(({ member, status, least, most }) => [member, status, least, most])).toEqual([
      ["http://b:1", 200, 50, 50],
      [null, 502, 50, 50],
    ]);
  });

  it("take the time their members take, all at once", () => {
    const steps: readonly Step[] = [
      { respond: { member: "a", delay: millis(100) } },
      { respond: { member: "b", delay: millis(100) } },
      { request: { count: 40, clients: 4 } },
      { stop: ["a"] },
      { request: {} },
    ];
    const { picks } = play([{}, {}], {}, steps);
    expect(picks.at(-1)).toMatchObject({ name: "b", status: 200 });
  });

  it("fit an expectation only where no other count can come out", () => {
    const expected = (lbmethod: "byrequests" | "bybusyness") =>
      play([{}, { loadfactor: 5 }], { lbmethod }, [
        { request: { count: 60, clients: 8, expect: { status: 200, by: { a: 10 } } } },
      ]).failures;
    expect(expected("byrequests")).toEqual([]);
    expect(expected("bybusyness")[0]?.message).toMatch(/^expected 10 answers of a, got \d+ to \d+$/);
    const ordered = play([{}, {}], {}, [{ request: { count: 2, clients: 2, expect: { sequence: ["a", "b"] } } }]);
    expect(ordered.failures[0]?.message).toContain("have no order");
  });
});
