import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkPromises } from "../../../core/promises/check.js";
import type { CheckOptions, PromiseResult } from "../../../core/promises/check.js";
import { Promises } from "../../../core/promises/promise.js";
import { searchLayout } from "../../../core/promises/search/layout.js";
import { longRunShares } from "../../../core/promises/serving.js";
import { renderTopology } from "../../../core/render/render.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { MemberInput } from "../../../core/topology/build.js";
import type { Cluster, Fronts, Topology } from "../../../core/topology/topology.js";
import { without } from "../../../core/vocabulary/without.js";
import { arbitraryTopology } from "../../support/arbitraries.js";
import { runCommand } from "../../support/command.js";

interface Shop {
  readonly load: number;
  /** @default - two that bear everything */
  readonly members?: readonly Omit<MemberInput, "url">[];
  /** The fronts of each server. */
  readonly servers: Readonly<Record<string, Fronts>>;
}

function shopOf({ load, members = [{}, {}], servers }: Shop): Topology {
  return buildTopology({
    clusters: [
      {
        name: "shop",
        promises: [Promises.capacity({ requestsPerSecond: load })],
        members: members.map((own, index) => ({ name: `n${index}`, ...own, url: `http://10.0.0.${index + 1}:8080` })),
      },
    ],
    servers: Object.entries(servers).map(([name, fronts], index) => ({
      name,
      fronts,
      listen: [{ port: 80 + index }],
      mounts: [{ path: "/", to: { kind: "cluster", cluster: "shop", path: "/" } }],
    })),
  });
}

function check(shop: Shop, options: CheckOptions = {}): PromiseResult {
  const [result] = checkPromises(shopOf(shop), options);
  if (result === undefined) throw new Error("no result");
  return result;
}

describe("capacity counts with the fronts, each of which gets the same part", () => {
  const web = (fronts: Fronts, load: number): Shop => ({ load, servers: { web: fronts } });

  test.each<[string, Shop, string]>([
    [
      "the one there is",
      web({ count: 1, capacity: 80 }, 90),
      "the front of server 'web' gets 90.00 requests per second; its capacity is 80",
    ],
    [
      "all of them up",
      web({ count: 3, capacity: 29 }, 90),
      "a front of server 'web' gets 30.00 requests per second with all 3 up; its capacity is 29",
    ],
    [
      "one of them away",
      web({ count: 3, capacity: 44 }, 90),
      "a front of server 'web' gets 45.00 requests per second while one of 3 is away; its capacity is 44",
    ],
    [
      "the fronts and the members of a zone away",
      {
        load: 90,
        servers: { web: { zones: ["a", "a", "b"], capacity: 89 } },
        members: [{ zone: "a" }, { zone: "b" }, { zone: "a" }],
      },
      "a front of server 'web' gets 90.00 requests per second without zone a (2 of 3 fronts, n0, n2); its capacity is 89",
    ],
  ])("%s", (_, shop, said) => {
    const { verdict, note } = check(shop);
    expect([verdict, note?.split("; ").slice(0, 2).join("; ")]).toEqual(["broken", said]);
    const [server = ""] = Object.keys(shop.servers);
    const enough = { ...shop.servers[server], capacity: 90 };
    expect(check({ ...shop, servers: { [server]: enough } }).verdict).toBe("holds");
  });

  test("a member of the lost zone that the others cannot replace is told with a scenario, and the front besides", () => {
    const members = [
      { zone: "a", capacity: 60 },
      { zone: "b", capacity: 60 },
    ];
    const { counterexample, note } = check({
      load: 90,
      members,
      servers: { web: { zones: ["a", "b"], capacity: 60 } },
    });
    expect(counterexample?.explanation).toBe("n0 gets 90.00 requests per second without n1; its capacity is 60");
    expect(note).toContain("a front of server 'web' gets 90.00 requests per second while one of 2 is away");
  });

  const member = fc.record({
    capacity: fc.constantFrom(30, 60, 90, 200),
    zone: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }),
    loadfactor: fc.constantFrom(1, 2, 5),
    status: fc.constantFrom(undefined, undefined, "+H", "+R"),
  });
  const fleet = fc.record({
    load: fc.constantFrom(40, 90, 150),
    members: fc.array(member, { minLength: 1, maxLength: 5 }),
    zones: fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 5 }),
    capacity: fc.constantFrom(20, 45, 90, 200),
  });

  test("it is broken exactly where counting front by front and zone by zone finds somebody with too much", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fleet, ({ load, members, zones, capacity }) => {
        fc.pre(members.reduce((sum, each) => sum + each.capacity, 0) >= load);
        const own = members.map(({ loadfactor, status, capacity: figure, zone }) => ({
          capacity: figure,
          ...(zone !== undefined && { zone }),
          parameters: { loadfactor, ...(status !== undefined && { status }) },
        }));
        const shop: Shop = { load, members: own, servers: { web: { zones, capacity } } };
        const topology = shopOf(shop);
        const expected = isOverloaded(topology, load) ? "broken" : "holds";
        expect(check(shop, { failures: 1, mend: false }).verdict).toBe(expected);
        seen.add(expected);
      }),
      { numRuns: 150 },
    );
    expect([...seen].sort()).toEqual(["broken", "holds"]);
  });
});

/** Whether somebody gets too much: all up, without any one member or front, and without any zone, counted one by one. */
function isOverloaded(topology: Topology, load: number): boolean {
  const [cluster] = topology.clusters as readonly [Cluster];
  const { zones = [], capacity = Infinity } = topology.servers[0]?.fronts ?? {};
  const all = new Set([...zones, ...cluster.members.flatMap(({ zone }) => zone ?? [])]);
  const losses = [
    { members: new Set<number>(), fronts: new Set<number>() },
    ...cluster.members.map((_, member) => ({ members: new Set([member]), fronts: new Set<number>() })),
    ...zones.map((_, front) => ({ members: new Set<number>(), fronts: new Set([front]) })),
    ...[...all].map((zone) => ({
      members: new Set(cluster.members.flatMap((member, index) => (member.zone === zone ? [index] : []))),
      fronts: new Set(zones.flatMap((own, index) => (own === zone ? [index] : []))),
    })),
  ];
  return losses.some(({ members, fronts }) => {
    const left = zones.filter((_, index) => !fronts.has(index));
    if (left.some(() => load / left.length > capacity)) return true;
    return longRunShares(searchLayout(topology, cluster), members).some(
      ({ member, numerator, denominator }) =>
        (load * numerator) / denominator > (cluster.members[member]?.capacity ?? Infinity) * (1 + 1e-9),
    );
  });
}

describe("what is not known of fronts is said", () => {
  test.each<[string, Fronts, string | undefined]>([
    ["neither number nor capacity", {}, undefined],
    ["one front without a capacity", { count: 1 }, undefined],
    ["no number", { capacity: 1 }, "how many fronts server 'web' has is not known, so that it speaks of members only"],
    [
      "no capacity",
      { count: 2 },
      "what a front of server 'web' can serve is not known, so that it speaks of members only",
    ],
    ["no zones", { count: 2, capacity: 90 }, "with one of them away; their zones are not known"],
    ["zones", { zones: ["a", "b"], capacity: 90 }, "with one of them or a zone away"],
    ["one zone", { zones: ["a", "a"] }, "without zone a no front of server 'web' is left, and nobody is served"],
  ])("%s", (_, fronts, said) => {
    const { verdict, note } = check({ load: 90, servers: { web: fronts } });
    expect(verdict).toBe("holds");
    if (said === undefined) expect(note).toBeUndefined();
    else expect(note).toContain(said);
  });

  test("members whose zone is not known", () => {
    const zones = ["a", "b"];
    expect(check({ load: 9, servers: { web: { zones } }, members: [{ zone: "a" }, {}, {}] }).note).toContain(
      "no zone is known of n1 and 1 more: no lost zone is taken to stop it",
    );
  });

  test("how several servers share the load, where one of them could not bear all of it", () => {
    const two = (capacity: number): Shop => ({ load: 90, servers: { web: { count: 1, capacity }, api: { count: 9 } } });
    expect(check(two(90)).verdict).toBe("holds");
    expect(check(two(89))).toMatchObject({
      verdict: "unjudged",
      note: "how the load is split over the servers 'web', 'api' is not known; if one gets all of it, the front of server 'web' gets 90.00 requests per second; its capacity is 89",
    });
    const alone: Shop = { load: 90, servers: { web: { count: 1, capacity: 89 } } };
    expect(check(alone, { beside: ["other/api"] })).toMatchObject({ verdict: "unjudged" });
    expect(check(alone).verdict).toBe("broken");
  });
});

/** The shop as a spec, with what is said of the fronts. */
function spec(fronts: string): string {
  return `clusters:
  shop:
    members: { a: { url: "http://10.0.0.1:8080", zone: a }, b: { url: "http://10.0.0.2:8080", zone: b } }
    promises: [{ capacity: { requestsPerSecond: 90 } }]
servers:
  web: { listen: [80], ${fronts}, mounts: { /: shop } }
`;
}

describe("a spec says what there is of fronts", () => {
  test("their number alone, or zones and capacity, and reads back as it is", () => {
    const read = (fronts: string): unknown => {
      const reading = readSpec(spec(fronts), "shop.yaml");
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      return reading.topology.servers[0]?.fronts;
    };
    expect(read("fronts: 3")).toEqual({ count: 3 });
    expect(read("fronts: { zones: [a, b], capacity: 90 }")).toEqual({ zones: ["a", "b"], capacity: 90 });
  });

  test.each([
    ["fronts: 0", "found 0, allowed is a number of httpd from 1 to 10000, or a mapping"],
    [
      "fronts: many",
      "found 'many', allowed is a number of httpd from 1 to 10000, or a mapping of count, zones and capacity",
    ],
    ["fronts: { capacity: 0 }", "found 0, allowed is > 0 requests per second"],
    [
      "fronts: { count: 4, zones: [a, b] }",
      "zones of fronts of server 'web': found 2 for 4 fronts, allowed is one for",
    ],
    ["fronts: { zones: [] }", "zones of fronts of server 'web': found 0 zones"],
    ["fronts: { zones: [a, ''] }", "zones of fronts of server 'web': found ''"],
    ["fronts: { zone: a }", "found unknown key 'zone'"],
  ])("%s", async (fronts, said) => {
    const { status, stderr } = await runCommand(["check", "shop.yaml"], { "shop.yaml": spec(fronts) });
    expect([status, stderr]).toEqual([1, expect.stringContaining(said)]);
  });

  test("check says in every format what breaks it, and explain tells zones and loads", async () => {
    const files = { "shop.yaml": spec("fronts: { zones: [a, a, b], capacity: 60 }") };
    const said = "a front of server 'web' gets 90.00 requests per second without zone a (2 of 3 fronts, a)";
    for (const format of ["text", "json", "sarif", "github", "gitlab", "junit"]) {
      const { status, stdout } = await runCommand(["check", "shop.yaml", "--format", format], files);
      expect(status).toBe(1);
      expect(stdout.replace(/&apos;|&#39;|%27/g, "'")).toContain(said);
    }
    const { stdout } = await runCommand(["explain", "shop.yaml"], files);
    const text = stdout.replace(/\s+/g, " ");
    expect(text).toContain("3 httpd of this configuration");
    expect(text).toContain("Of them 2 in zone a, 1 in zone b.");
    expect(text).toContain("each gets 30 requests/s, 45 when one of them is away, and 90 without zone a.");
    expect(text).toContain("One of them can serve 60 requests/s");
  });

  test("another number on the command line leaves zones open", async () => {
    const files = { "shop.yaml": spec("fronts: { zones: [a, a, b], capacity: 60 }") };
    const { stdout } = await runCommand(["check", "shop.yaml", "--fronts", "4"], files);
    expect(stdout).toMatch(/^holds .*each of the 4 fronts .*their zones are not known/);
  });

  test("a review tells that fewer fronts break what was promised", async () => {
    const files = {
      "a.yaml": spec("fronts: { count: 3, capacity: 60 }"),
      "b.yaml": spec("fronts: { count: 2, capacity: 60 }"),
    };
    const { stdout } = await runCommand(["review", "a.yaml", "b.yaml"], files);
    const text = stdout.replace(/\s+/g, " ");
    expect(text).toContain("promise capacity: holds → broken a front of server 'web' gets 90.00");
    expect(text).toContain("server web, fronts, count: 3 → 2");
  });

  test("no line of an httpd.conf comes from it", () => {
    fc.assert(
      fc.property(arbitraryTopology(), (topology) => {
        const bare = topology.servers.map((server) => without(server, "fronts"));
        const files = renderTopology(topology);
        expect(files.ok).toBe(true);
        expect(files).toEqual(renderTopology({ ...topology, servers: bare }));
      }),
      { numRuns: 60 },
    );
  });
});
