import { describe, expect, test } from "vitest";
import type { CheckOptions } from "../../../core/promises/check.js";
import { checked } from "./checked.js";

const CHECKED = { hcmethod: "TCP", hcinterval: "2s", hcpasses: 2 };

describe("what users found against promises", () => {
  test("standby-idle: a request after the pause puts a quick member into error again, and a standby answers", () => {
    const members = [{ retry: "1s" }, { retry: "3s" }, { retry: "1s", status: "+H" }];
    expect(checked({ "standby-idle": { within: "2s" } }, members, { maxattempts: 0 })).toMatchObject({
      verdict: "broken",
      counterexample: { events: 8, sure: true, shortest: true },
    });
  });

  test("standby-idle: health checks that pass later than promised, and the checks are named", () => {
    const members = [{ ...CHECKED }, { ...CHECKED }, { status: "+H" }];
    const { verdict, counterexample } = checked({ "standby-idle": { within: "2s" } }, members, { maxattempts: 0 });
    expect(verdict).toBe("broken");
    expect(counterexample).toMatchObject({ sure: true, shortest: false });
    expect(counterexample?.explanation).toContain("health checks");
    expect(counterexample?.at).toContain("hcinterval");
  });

  test("failback: health checks take out a member that ignores errors, too", () => {
    const members = [{ retry: "1s" }, { status: "+I", ...CHECKED }];
    expect(checked({ failback: { within: "1s" } }, members)).toMatchObject({
      verdict: "broken",
      counterexample: { sure: true },
    });
  });

  test("sessions: disabling a member moves its sessions to one without a copy", () => {
    const members = [{ route: "a" }, { route: "b" }];
    const options: CheckOptions = { failures: 0, actions: ["disable"] };
    expect(checked("sessions", members, { stickysession: "SID" }, options)).toMatchObject({
      verdict: "broken",
      counterexample: { events: 3, sure: true },
    });
  });

  test("capacity: disabling one of two members sends everything to the other", () => {
    const members = [{ capacity: 10 }, { capacity: 10 }];
    const options: CheckOptions = { failures: 0, actions: ["disable"] };
    const load = { capacity: { requestsPerSecond: 15 } };
    expect(checked(load, members, {}, options)).toMatchObject({ verdict: "broken", counterexample: { sure: true } });
  });

  test("sessions: a standby that never answered has no session to lose", () => {
    const { verdict, counterexample } = checked("sessions", [{ status: "+H" }, {}]);
    expect(verdict).toBe("broken");
    expect(counterexample?.scenario.steps).toEqual([
      { request: { count: 1 } },
      { stop: ["n1"] },
      { request: { count: 1 } },
    ]);
  });

  test("sessions: a spare alone in its set never serves, so nobody loses its sessions", () => {
    const group = { replicationGroup: "g" };
    const members = [
      { route: "a", ...group },
      { route: "b", ...group },
      { route: "c", status: "+R", lbset: 1 },
    ];
    expect(checked("sessions", members, { stickysession: "SID" }, { failures: 1 }).verdict).toBe("holds");
  });

  test("sessions: a refusal under nofailover is a loss, copies or not", () => {
    const members = [
      { route: "a", replicationGroup: "g" },
      { route: "b", replicationGroup: "g" },
    ];
    const { counterexample } = checked("sessions", members, { stickysession: "SID", nofailover: true });
    expect(counterexample?.explanation).toContain("nofailover=On refuses the sessions of n0 while it is down");
  });

  test("share: the share that is claimed is the one its scenario shows, in fractions as people say them", () => {
    const members = [{ loadfactor: 3 }, { loadfactor: 4 }, { loadfactor: 4 }, { loadfactor: 4, status: "+R" }];
    const promise = { share: { member: "n1", about: 0.3636, within: 0.02 } };
    const { counterexample } = checked(promise, members, {}, { failures: 1 });
    expect(counterexample?.sure).toBe(true);
    expect(counterexample?.explanation).toContain("n1 serves 1/3 (33.3 %) of the requests in the long run");
    expect(counterexample?.explanation).toContain("promised is 36.36 % within 2 %");
  });
});
