import fc from "fast-check";
import { expect, it } from "vitest";
import { driftOf } from "../../../core/host/drift.js";
import type { LiveBalancer } from "../../../core/host/live-state.js";
import { liveTopology } from "../../../core/host/live-topology.js";
import { lbfactorOf } from "../../../core/topology/effective.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { StatusLetter } from "../../../core/vocabulary/status.js";

const LETTERS = ["I", "N", "D", "H", "R", "S"] as const satisfies readonly StatusLetter[];
const NAME = fc.constantFrom("", "r1", "r2");
const STATUS = fc.subarray([...LETTERS]);
const MEMBER = fc.record({
  status: STATUS,
  factor: fc.integer({ min: 100, max: 10_000 }),
  lbset: fc.integer({ min: 0, max: 99 }),
  route: NAME,
  redirect: NAME,
});
const BALANCER = fc.record({
  lbmethod: fc.constantFrom("byrequests", "bybusyness", "bytraffic"),
  timeout: fc.integer({ min: 0, max: 100 }),
  maxattempts: fc.integer({ min: 1, max: 9 }),
  stickysession: fc.constantFrom("", "SID", "JSESSIONID"),
  nofailover: fc.boolean(),
});

it("a description with live values has no drift from what is live, whatever both were", () => {
  fc.assert(
    fc.property(fc.array(MEMBER, { minLength: 2, maxLength: 3 }), MEMBER, BALANCER, (described, live, balancer) => {
      const members = described.map(({ status, factor, lbset, route, redirect }, at) => ({
        name: `m${at}`,
        url: `http://10.0.0.${at + 1}:8080`,
        parameters: {
          ...(status.length > 0 && { status: `+${status.join("")}` }),
          ...{ loadfactor: factor / 100, lbset },
          ...(route !== "" && { route }),
          ...(redirect !== "" && { redirect }),
        },
      }));
      const topology = buildTopology({ clusters: [{ name: "b", members }] });
      const workers = ["http://10.0.0.1:8080", "http://10.9.9.9:8080"].map((name) => ({
        ...{ name, status: new Set(live.status), lbfactor: lbfactorOf(live.factor / 100), lbset: live.lbset },
        ...{ lbstatus: 0, elected: 0, busy: 0, transferred: 0, read: 0, route: live.route, redirect: live.redirect },
      }));
      const shown: readonly LiveBalancer[] = [{ name: "b", ...balancer, workers }];
      expect(driftOf(liveTopology(topology, shown), shown).differences).toEqual([]);
      expect(topology.clusters[0]?.members).toHaveLength(members.length);
    }),
  );
});

it("what is live as it was described changes nothing", () => {
  const members = [1, 2].map((at) => ({
    name: `m${at}`,
    url: `http://10.0.0.${at}:8080`,
    parameters: { route: `r${at}` },
  }));
  const parameters = { stickysession: "SID|sid" };
  const topology = buildTopology({ clusters: [{ name: "b", parameters, members }] });
  const workers = members.map(({ url, parameters: { route } }) => ({
    ...{ name: url, status: new Set<StatusLetter>(), lbfactor: 100, lbset: 0, lbstatus: 3, elected: 9, busy: 1 },
    ...{ transferred: 5, read: 6, route, redirect: "" },
  }));
  const shown = {
    name: "B",
    lbmethod: "byrequests",
    timeout: 0,
    maxattempts: 1,
    nofailover: false,
    stickysession: "SID",
  };
  expect(liveTopology(topology, [{ ...shown, workers }])).toEqual(topology);
  expect(liveTopology(topology, [])).toEqual(topology);
});
