import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deployedDifferences } from "../../../core/host/deployed-drift.js";
import type { Difference } from "../../../core/host/difference.js";
import { driftOf } from "../../../core/host/drift.js";
import type { LiveWorker } from "../../../core/host/live-state.js";
import { buildTopology } from "../../../core/topology/build.js";
import { managedLetters } from "../../../core/vocabulary/status.js";
import { MEASURED_VERSION } from "../../../core/vocabulary/versions.js";
import type { Topology } from "../../../core/topology/topology.js";
import type { TopologyInput } from "../../../core/topology/build.js";
import { balancerOf } from "../../support/live-description.js";

const LETTERS = managedLetters(MEASURED_VERSION).filter((letter) => letter !== "C");

const MEMBER = fc.record(
  {
    loadfactor: fc.integer({ min: 1, max: 100 }),
    lbset: fc.integer({ min: 0, max: 99 }),
    route: fc.constantFrom("r1", "r2", "r3"),
    redirect: fc.constantFrom("r1", "r2"),
    status: fc.constantFrom(...LETTERS).map((letter) => `+${letter}`),
  },
  { requiredKeys: [] },
);

const TOPOLOGY = fc
  .record({ members: fc.array(MEMBER, { minLength: 1, maxLength: 5 }), sticky: fc.boolean(), nofailover: fc.boolean() })
  .map(({ members, sticky, nofailover }): TopologyInput => {
    const parameters = sticky ? { stickysession: "SID|sid", nofailover } : { nofailover };
    const all = members.map((own, index) => ({ name: `n${index}`, url: `http://10.0.0.${index}:80`, parameters: own }));
    return { clusters: [{ name: "c", parameters, members: all }], servers: [] };
  });

describe("drift", () => {
  test("of an httpd that was started with the description is none", () => {
    fc.assert(
      fc.property(TOPOLOGY, (input) => {
        const topology = buildTopology(input);
        expect(driftOf(topology, topology.clusters.map(balancerOf)).differences).toEqual([]);
      }),
    );
  });

  test("names the one value that was changed, and both of its values", () => {
    const changes: readonly (readonly [string, Partial<LiveWorker>])[] = [
      ["status", { status: new Set(["O", "D", "N", "H", "R", "S", "I"]) }],
      ["loadfactor", { lbfactor: 12_345 }],
      ["lbset", { lbset: 100 }],
      ["route", { route: "other" }],
      ["redirect", { redirect: "other" }],
    ];
    fc.assert(
      fc.property(TOPOLOGY, fc.constantFrom(...changes), fc.nat(), (input, [what, change], at) => {
        const topology = buildTopology(input);
        const [live] = topology.clusters.map(balancerOf);
        const index = at % live!.workers.length;
        const workers = live!.workers.map((worker, place) => (place === index ? { ...worker, ...change } : worker));
        const { differences } = driftOf(topology, [{ ...live!, workers }]);
        expect(differences).toMatchObject([{ cluster: "c", member: `n${index}`, what }]);
        expect(differences[0]!.declared).not.toBe(differences[0]!.live);
      }),
    );
  });

  test("of three states has a row for each value that is not the same in all of them, and says all three", () => {
    fc.assert(
      fc.property(TOPOLOGY, TOPOLOGY, TOPOLOGY, (...inputs) => {
        const [declared, deployed, running] = inputs.map(buildTopology) as [Topology, Topology, Topology];
        const live = running.clusters.map(balancerOf);
        const rows = deployedDifferences(declared, deployed, live);
        // A member that only httpd has is called by its URL.
        const key = ({ member = "", what }: Difference): string => `${member.replace(/^n/, "http://10.0.0.")} ${what}`;
        const told = (topology: Topology) =>
          new Map(driftOf(topology, live).differences.map((difference) => [key(difference), difference]));
        const [meant, brought] = [told(declared), told(deployed)];
        expect(rows.map(key).sort()).toEqual([...new Set([...meant.keys(), ...brought.keys()])].sort());
        for (const row of rows) {
          const { declared: of = row.live } = meant.get(key(row)) ?? {};
          const { declared: file = row.live } = brought.get(key(row)) ?? {};
          expect(row).toMatchObject({ declared: of, deployed: file });
        }
      }),
    );
  });

  test("finds a member of the deployed file that the description calls otherwise", () => {
    const side = (name: string, url: string, loadfactor: number): Topology =>
      buildTopology({ clusters: [{ name: "c", members: [{ name, url, parameters: { loadfactor } }] }], servers: [] });
    const deployed = side("http://a:80", "http://a:80", 2);
    const rows = deployedDifferences(
      side("a", "http://A", 5),
      deployed,
      side("a", "http://a", 5).clusters.map(balancerOf),
    );
    expect(rows).toEqual([{ cluster: "c", member: "a", what: "loadfactor", declared: "5", deployed: "2", live: "5" }]);
  });

  test("tells members and balancers that only one side has", () => {
    const topology = buildTopology({
      clusters: [
        {
          name: "c",
          members: [
            { name: "a", url: "http://a" },
            { name: "b", url: "http://b:80/" },
          ],
        },
        { name: "gone", members: [{ name: "a", url: "http://a" }] },
        { name: "of-host", scope: "shop", members: [{ name: "a", url: "http://a" }] },
      ],
      servers: [],
    });
    const [c, , ofHost] = topology.clusters.map(balancerOf);
    const added = { ...c!.workers[0]!, name: "http://added" };
    const drift = driftOf(topology, [
      { ...c!, workers: [c!.workers[0]!, added] },
      { ...ofHost!, name: "new" },
    ]);
    expect(drift.differences).toEqual([
      { cluster: "c", member: "b", what: "member", declared: "present", live: "absent" },
      { cluster: "c", member: "http://added", what: "member", declared: "absent", live: "present" },
      { cluster: "gone", member: undefined, what: "balancer", declared: "present", live: "absent" },
      { cluster: "new", member: undefined, what: "balancer", declared: "absent", live: "present" },
    ]);
    expect(drift.unseen).toEqual([
      "balancer of-host: belongs to virtual host shop, whose balancer-manager was not asked",
    ]);
  });

  test("takes a member that is out of use for no difference, and says so", () => {
    const topology = buildTopology({
      clusters: [{ name: "c", members: [{ name: "a", url: "http://a" }] }],
      servers: [],
    });
    const [live] = topology.clusters.map(balancerOf);
    const workers = [{ ...live!.workers[0]!, status: new Set(["O", "E", "C"] as const) }];
    expect(driftOf(topology, [{ ...live!, workers }])).toEqual({
      differences: [],
      unseen: [],
      down: [{ cluster: "c", member: "a", status: "Init Err HcFl" }],
    });
  });
});
