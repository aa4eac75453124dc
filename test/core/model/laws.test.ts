import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cloneState,
  initialState,
  isUsable,
  modelBalancer,
  NO_SESSION,
  serve,
  stateKey,
} from "../../../core/model/engine.js";
import type { BalancerState } from "../../../core/model/engine.js";
import { bitsOf } from "../../../core/model/bits.js";
import { runScenario } from "../../../core/model/run.js";
import { LB_METHODS } from "../../../core/vocabulary/lbmethods.js";
import type { LbMethodName } from "../../../core/vocabulary/lbmethods.js";
import { backend, memberLists, stepLists } from "./arbitraries.js";
import { clusterOf, topologyOf } from "./cluster.js";

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const methods = Object.keys(LB_METHODS) as readonly LbMethodName[];

/** A balancer that has served some requests with some backends down, and the backends. */
function used(lbmethod: LbMethodName) {
  return memberLists
    .chain((members) =>
      fc.record({
        members: fc.constant(members),
        backends: fc.array(backend, { minLength: members.length, maxLength: members.length }),
        requests: fc.integer({ min: 0, max: 60 }),
      }),
    )
    .map(({ members, backends, requests }) => {
      const state = initialState(modelBalancer(clusterOf(members, { lbmethod })));
      for (let request = 0; request < requests; request++) serve(state, NO_SESSION, { backends });
      return { state, backends };
    });
}

/** What served, judged by the status before the request: a retry may have made it usable in between. */
function mayServe(before: BalancerState, member: number): boolean {
  const admin = bitsOf(["U", "D", "S", "C"]);
  return member === -1 || ((before.status[member] ?? 0) & admin) === 0;
}

describe.each(methods)("%s", (lbmethod) => {
  it("never lets a member serve that an administrator has taken out", () => {
    fc.assert(
      fc.property(used(lbmethod), ({ state, backends }) => {
        const before = cloneState(state);
        const { member } = serve(state, NO_SESSION, { backends });
        expect(mayServe(before, member)).toBe(true);
      }),
    );
  });

  it("keeps the sum of lbstatus", () => {
    fc.assert(
      fc.property(used(lbmethod), ({ state }) => {
        expect(sum(state.lbstatus)).toBe(0);
      }),
    );
  });

  it("leaves nobody busy after a request", () => {
    fc.assert(
      fc.property(used(lbmethod), ({ state }) => {
        expect([...state.busy].every((busy) => busy === 0)).toBe(true);
      }),
    );
  });

  it("does the same from equal states, whatever the clock says", () => {
    fc.assert(
      fc.property(used(lbmethod), fc.integer({ min: 1, max: 1e9 }), ({ state, backends }, later) => {
        const moved = cloneState(state);
        moved.now += later;
        for (let member = 0; member < moved.status.length; member++) {
          moved.errorTime[member] = (moved.errorTime[member] ?? 0) + later;
        }
        expect(stateKey(moved)).toBe(stateKey(state));
        const outcomes = [state, moved].map((each) => serve(each, NO_SESSION, { backends }));
        expect(outcomes[1]).toEqual(outcomes[0]);
        expect(stateKey(moved)).toBe(stateKey(state));
      }),
    );
  });

  it("answers whenever a plain active member of set 0 is usable and answers", () => {
    fc.assert(
      fc.property(used(lbmethod), ({ state }) => {
        const healthy = state.balancer.members.map(() => ({ kind: "answers", status: 200, body: 0 }) as const);
        const inSet = [...state.status].some(
          (status, member) => isUsable(status) && status === 1 && state.lbset[member] === 0,
        );
        fc.pre(inSet);
        expect(serve(state, NO_SESSION, { backends: healthy }).status).toBe(200);
      }),
    );
  });
});

describe("byrequests and bybusyness", () => {
  const factors = fc.array(fc.integer({ min: 100, max: 900 }), { minLength: 1, maxLength: 6 });
  const round = (list: readonly number[], lbmethod: LbMethodName, scale = 1) => {
    const members = list.map((factor) => ({ loadfactor: (factor * scale) / 100 }));
    const state = initialState(modelBalancer(clusterOf(members, { lbmethod })));
    const backends = list.map(() => ({ kind: "answers", status: 200, body: 0 }) as const);
    for (const [member, factor] of list.entries()) state.lbfactor[member] = factor * scale;
    return Array.from({ length: Math.min(sum(list), 6000) }, () => serve(state, NO_SESSION, { backends }).member);
  };

  it.each(["byrequests", "bybusyness"] as const)("%s: a round gives each member exactly its weight", (lbmethod) => {
    fc.assert(
      fc.property(factors, (list) => {
        const picks = round(list, lbmethod);
        const counts = list.map((_, member) => picks.filter((pick) => pick === member).length);
        expect(counts).toEqual(list);
      }),
      { numRuns: 40 },
    );
  });

  it("both take the same turns for one sequential client", () => {
    fc.assert(
      fc.property(factors, (list) => {
        expect(round(list, "bybusyness")).toEqual(round(list, "byrequests"));
      }),
      { numRuns: 20 },
    );
  });

  it("only the proportions of the weights count", () => {
    fc.assert(
      fc.property(factors, fc.integer({ min: 2, max: 9 }), (list, scale) => {
        expect(round(list, "byrequests", scale)).toEqual(round(list, "byrequests"));
      }),
      { numRuns: 20 },
    );
  });

  it("equal members serve in the order of the configuration", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 100, max: 900 }), (count, factor) => {
        const picks = round(new Array<number>(count).fill(factor), "byrequests");
        expect(picks).toEqual(picks.map((_, index) => index % count));
      }),
      { numRuns: 20 },
    );
  });
});

describe("a run of a scenario", () => {
  const runs = memberLists.chain((members) =>
    fc.record({
      members: fc.constant(members),
      lbmethod: fc.constantFrom(...methods.filter((method) => method !== "heartbeat")),
      steps: stepLists(members.length),
    }),
  );

  it("counts the same answers with and without a trace", () => {
    fc.assert(
      fc.property(runs, ({ members, lbmethod, steps }) => {
        const topology = topologyOf(clusterOf(members, { lbmethod, stickysession: "SID" }));
        const whole = runScenario(topology, { steps });
        const counted = runScenario(topology, { steps }, { picks: 0 });
        expect(counted.steps).toEqual(whole.steps);
      }),
      { numRuns: 300 },
    );
  });

  it("renaming members changes nothing but the names", () => {
    fc.assert(
      fc.property(memberLists, (members) => {
        const cluster = clusterOf(members);
        const renamed = {
          ...cluster,
          members: cluster.members.map((member) => ({ ...member, name: `${member.name}-renamed` })),
        };
        const urls = [cluster, renamed].map((each) =>
          runScenario(topologyOf(each), { steps: [{ request: { count: 50 } }] }).picks.map(({ member }) => member),
        );
        expect(urls[1]).toEqual(urls[0]);
      }),
      { numRuns: 50 },
    );
  });
});
