import { describe, expect, test } from "vitest";
import { runScenario } from "../../../core/model/run.js";
import type { Pick } from "../../../core/model/trace.js";
import { checkPromises } from "../../../core/promises/check.js";
import type { PromiseResult } from "../../../core/promises/check.js";
import { Promises } from "../../../core/promises/promise.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { ClusterInput, MemberInput } from "../../../core/topology/build.js";
import type { PromiseDeclaration, Topology } from "../../../core/topology/topology.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { ProblemError } from "../../../core/vocabulary/problem.js";

type OwnMember = Omit<MemberInput, "url">;

function topologyOf(
  members: readonly OwnMember[],
  promise: PromiseDeclaration,
  cluster: Partial<ClusterInput> = {},
): Topology {
  return buildTopology({
    clusters: [
      {
        name: "c",
        ...cluster,
        promises: [promise],
        members: members.map((own, index) => ({
          name: `n${index + 1}`,
          ...own,
          url: `http://127.0.0.1:${9001 + index}`,
        })),
      },
    ],
  });
}

interface Checked {
  readonly result: PromiseResult;
  /** Answers of the model to the requests of the counterexample. */
  readonly picks: readonly Pick[];
}

function check(topology: Topology, failures?: number): Checked {
  const [result] = checkPromises(topology, failures === undefined ? {} : { failures });
  if (result === undefined) throw new Error("no result");
  const { counterexample } = result;
  return { result, picks: counterexample === undefined ? [] : runScenario(topology, counterexample.scenario).picks };
}

const active: OwnMember = { parameters: { retry: seconds(10) } };
const standby: OwnMember = { parameters: { status: "+H", retry: seconds(10) } };

const minute = seconds(60);
const slowActive = (loadfactor: number): OwnMember => ({ parameters: { loadfactor, retry: seconds(120) } });
const actives = (count: number): readonly OwnMember[] =>
  Array.from({ length: count }, (_, k) => ({ parameters: { loadfactor: 20 + k, retry: seconds(10) } }));

describe("failback", () => {
  test("an active is back within its retry time and not sooner", () => {
    expect(check(topologyOf([active, active], Promises.failbackWithin(seconds(10)))).result.holds).toBe(true);
    expect(check(topologyOf([active, active], Promises.failbackWithin(seconds(9)))).result.holds).toBe(false);
  });

  test("the last request of the counterexample goes elsewhere though the member is back for the time promised", () => {
    const { result, picks } = check(topologyOf([active, active], Promises.failbackWithin(seconds(5))));
    expect(result.counterexample?.scenario.steps.slice(-3)).toEqual([
      { start: ["n1"] },
      { wait: seconds(5) },
      { request: { count: 1 } },
    ]);
    expect(picks.at(-1)?.name).toBe("n2");
    expect(result.mends?.[0]?.changes.map(({ text }) => text)).toEqual(["n1 retry=5", "n2 retry=5"]);
  });

  test("health checks decide where there are any", () => {
    const checked: OwnMember = {
      parameters: { hcmethod: "TCP", hcinterval: seconds(2), hcpasses: 2, retry: seconds(600) },
    };
    expect(check(topologyOf([checked, checked], Promises.failbackWithin(seconds(5)))).result.holds).toBe(true);
    expect(check(topologyOf([checked, checked], Promises.failbackWithin(seconds(4)))).result.holds).toBe(false);
  });

  test("a lone member is recovered by force as soon as a request comes, however long its retry time", () => {
    const slow: OwnMember = { parameters: { retry: seconds(600) } };
    expect(check(topologyOf([slow], Promises.failbackWithin(seconds(5))), 1).result.holds).toBe(true);
  });

  test.each([8, 20])(
    "one late member among %d with other weights is found, whoever has to be stopped first",
    (count) => {
      const { result, picks } = check(
        topologyOf([slowActive(1), ...actives(count - 1)], Promises.failbackWithin(minute)),
      );
      expect(result.holds).toBe(false);
      expect(picks.at(-1)).toMatchObject({ status: 200 });
      expect(picks.at(-1)?.name).not.toBe("n1");
    },
  );

  test("nobody is late when nobody fails", () => {
    expect(check(topologyOf([active, active], Promises.failbackWithin(seconds(1))), 0).result.holds).toBe(true);
  });
});

describe("standby-idle", () => {
  test("a standby in a set before the actives serves everything: one request shows it", () => {
    const late: OwnMember = { parameters: { lbset: 1 } };
    const { result, picks } = check(topologyOf([late, late, standby], Promises.standbyIdle()));
    expect(result.counterexample).toMatchObject({ events: 1, shortest: true });
    expect(picks).toMatchObject([{ name: "n3" }]);
    expect(result.mends?.[0]?.changes.map(({ text }) => text)).toEqual(["n3 lbset=1"]);
  });

  test("a retry time longer than the promise keeps a standby busy after the actives are back", () => {
    const { result, picks } = check(topologyOf([active, standby], Promises.standbyIdle(seconds(5))));
    expect(result.holds).toBe(false);
    expect(picks.at(-1)?.name).toBe("n2");
    expect(result.counterexample?.events).toBe(5);
  });

  test.each([8, 20])("a late active among %d keeps the standby busy once all others are down", (count) => {
    const members = [slowActive(5), ...actives(count - 1), standby];
    const { result, picks } = check(topologyOf(members, Promises.standbyIdle(minute)));
    expect(result.holds).toBe(false);
    expect(picks.at(-1)?.name).toBe(`n${count + 1}`);
  });

  test("a standby before all others in the order of sets is found though many members have to be stopped", () => {
    const late: OwnMember = { parameters: { lbset: 2 } };
    const members = [...actives(9), { parameters: { status: "+H", lbset: 1 } }, late];
    const { result, picks } = check(topologyOf(members, Promises.standbyIdle(minute)));
    expect(result.counterexample).toMatchObject({ events: 10, shortest: true });
    expect(picks.at(-1)?.name).toBe("n10");
  });

  test("the article's layout keeps the promise for its retry time", () => {
    const weights = [1, 5].map((loadfactor): OwnMember => ({ parameters: { loadfactor, retry: seconds(10) } }));
    expect(check(topologyOf([...weights, standby], Promises.standbyIdle(seconds(10)))).result.holds).toBe(true);
  });
});

describe("share", () => {
  const weights = [1, 5].map((loadfactor): OwnMember => ({ parameters: { loadfactor } }));

  test("load factors 1 and 5 give five sixths to the second, exactly", () => {
    expect(check(topologyOf(weights, Promises.share("n2", { about: 5 / 6, within: 0 }))).result.holds).toBe(true);
    expect(check(topologyOf(weights, Promises.share("n2", { about: 0.8, within: 0.01 }))).result.holds).toBe(false);
  });

  test("the counterexample plays a whole period, in which the member serves its exact part", () => {
    const { picks } = check(topologyOf(weights, Promises.share("n2", { about: 0.5 })));
    expect(picks.filter(({ name }) => name === "n2").length / picks.length).toBe(5 / 6);
  });

  test("after a failure the others take over in proportion, and no member that was promised a share is left without", () => {
    const spare: OwnMember = { parameters: { status: "+R" } };
    expect(check(topologyOf([...weights, spare], Promises.share("n2", { about: 5 / 6 }))).result.holds).toBe(true);
    const later: OwnMember = { parameters: { lbset: 1 } };
    expect(check(topologyOf([...weights, later], Promises.share("n3", { about: 0 }))).result.holds).toBe(true);
  });

  test("a member that ignores errors keeps its part while it is down, so no spare and nobody else gets it", () => {
    const ignoring: OwnMember = { parameters: { status: "+I" } };
    const spare: OwnMember = { parameters: { status: "+R" } };
    const promise = Promises.share("n1", { about: 0.5, within: 0 });
    expect(check(topologyOf([{}, ignoring, spare], promise)).result.holds).toBe(true);
  });

  test.each([1.5, -0.1])("a share of %d is refused at the call", (about) => {
    expect(() => Promises.share("n1", { about })).toThrow(ProblemError);
  });

  test("a share of a member that is not there is refused with the nearest name", () => {
    const wrong = topologyOf(weights, Promises.share("n22", { about: 0.5 }));
    expect(() => checkPromises(wrong)).toThrow(/did you mean 'n2'/);
  });
});

describe("capacity", () => {
  const sized = (capacity: number, zone: string): OwnMember => ({ capacity, zone });

  test("three members for a hundred requests each carry two hundred when one fails, and not when two do", () => {
    const members = [{ capacity: 100 }, { capacity: 100 }, { capacity: 100 }];
    const topology = topologyOf(members, Promises.capacity({ requestsPerSecond: 200 }));
    expect(check(topology, 1).result.holds).toBe(true);
    expect(check(topology, 2).result.holds).toBe(false);
  });

  test("a lost zone counts as one failure however many it takes", () => {
    const members = [sized(100, "a"), sized(100, "a"), sized(100, "b")];
    const { result } = check(topologyOf(members, Promises.capacity({ requestsPerSecond: 150 })), 1);
    expect(result.counterexample?.explanation).toContain("without zone a (n1, n2)");
  });

  test("an overload is found among more outages than can be looked at one by one", () => {
    const members = Array.from({ length: 24 }, (_, k): OwnMember => {
      return { capacity: 100 + k, parameters: { loadfactor: 1 + k } };
    });
    const topology = topologyOf(members, Promises.capacity({ requestsPerSecond: 120 }));
    expect(check(topology, 23).result.holds).toBe(false);
    const { result } = check(topologyOf(members, Promises.capacity({ requestsPerSecond: 90 })), 23);
    expect(result).toMatchObject({
      holds: false,
      verdict: "bounded",
      note: expect.stringContaining("not all looked at") as string,
    });
  });

  test("the smallest loss is told, a member or a zone", () => {
    const members = [sized(100, "a"), sized(100, "a"), sized(100, "b"), sized(100, "b")];
    const { result } = check(topologyOf(members, Promises.capacity({ requestsPerSecond: 250 })), 3);
    expect(result.counterexample?.scenario.steps.filter((step) => "stop" in step)).toHaveLength(2);
  });

  test("a load above all capacities together is refused with the numbers", () => {
    const wrong = topologyOf([{ capacity: 100 }, { capacity: 50 }], Promises.capacity({ requestsPerSecond: 151 }));
    expect(() => checkPromises(wrong)).toThrow(/found 151 requests per second, allowed is at most 150/);
  });
});

describe("sessions", () => {
  const sticky = { parameters: { stickysession: "SID" } };
  const replica = (route: string, status?: string): OwnMember => ({
    replicationGroup: "g",
    parameters: { route, ...(status !== undefined && { status }) },
  });

  test("replicated members lose no session while one of the group is up", () => {
    const topology = topologyOf([replica("a"), replica("b")], Promises.sessions(), sticky);
    expect(check(topology, 1).result.holds).toBe(true);
    expect(check(topology, 2).result.holds).toBe(false);
  });

  test("fewer copies than nodes may all be down before the group is, and a copy that is left is asked", () => {
    const three = topologyOf([replica("a"), replica("b"), replica("c")], Promises.sessions(), sticky);
    const copied = (copies: number): Topology => ({ ...three, replicationGroups: [{ name: "g", copies }] });
    expect(check(three, 2).result.holds).toBe(true);
    expect(check(copied(2), 1).result.holds).toBe(true);
    expect(check(copied(3), 2).result.holds).toBe(true);
    const { counterexample } = check(copied(2), 2).result;
    expect(counterexample).toMatchObject({ sure: false });
    expect(counterexample?.explanation).toContain("has 2 copies among n1, n2 and n3");
    expect(check(copied(1), 1).result).toMatchObject({ verdict: "broken", counterexample: { sure: true } });
  });

  test("a member that replicates nothing loses its sessions when it fails", () => {
    const alone: OwnMember = { parameters: { route: "b" } };
    const { result } = check(topologyOf([replica("a"), alone], Promises.sessions(), sticky), 1);
    expect(result.counterexample?.explanation).toContain("sessions of n");
  });

  test("failover picks by load: a session goes to a member that does not hold it although one that does is up", () => {
    const groups = ["g", "g", "h", "h"].map((replicationGroup, k): OwnMember => {
      return { replicationGroup, parameters: { route: `r${k}` } };
    });
    const { result, picks } = check(topologyOf(groups, Promises.sessions(), sticky), 1);
    expect(result.holds).toBe(false);
    const last = result.counterexample?.scenario.steps.at(-1);
    const route = JSON.stringify(last).replace(/.*session\.r([0-3]).*/, "$1");
    const others = Number(route) < 2 ? ["n3", "n4"] : ["n1", "n2"];
    expect(others).toContain(picks.at(-1)?.name);
  });

  test("members without a route lose sessions with everybody up, as soon as the weights send one elsewhere", () => {
    const weights = [1, 5].map((loadfactor): OwnMember => ({ parameters: { loadfactor } }));
    const { result, picks } = check(topologyOf(weights, Promises.sessions(), sticky), 0);
    expect(result.counterexample?.explanation).toContain("has no route");
    expect(picks.map(({ name }) => name)).toEqual(["n2", "n2", "n1"]);
  });

  test("a standby that serves nobody takes no sessions away while the active is up", () => {
    expect(check(topologyOf([active, standby], Promises.sessions()), 0).result.holds).toBe(true);
  });

  test.each([6, 12])("a standby with a route is found to keep sessions behind %d actives", (count) => {
    const group = Array.from({ length: count }, (_, k) => replica(`r${k}`));
    const { result, picks } = check(topologyOf([...group, replica("s", "+H")], Promises.sessions(), sticky));
    expect(result.counterexample?.explanation).toContain("stays on it after failback");
    expect(picks.at(-1)?.name).toBe(`n${count + 1}`);
  });

  test("a standby with a route keeps the sessions it made: the last request stays on it after failback", () => {
    const { result, picks } = check(topologyOf([replica("a"), replica("s", "+H")], Promises.sessions(), sticky), 1);
    expect(result.counterexample?.explanation).toContain("stays on it after failback");
    expect(picks.at(-1)?.name).toBe("n2");
  });
});
