import { TerraformOutput } from "cdktf";
import type { TerraformStack } from "cdktf";
import { describe, expect, test } from "vitest";
import { BalancerCluster } from "../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../constructs/httpd-server.js";
import type { HttpdServerProps } from "../../constructs/httpd-server.js";
import type { MemberOptions } from "../../constructs/member-options.js";
import type { DeployTarget, Placement } from "../../constructs/target.js";
import { AwsBucket, AwsNetwork, AwsTarget } from "../../constructs/targets/aws-target.js";
import type { AwsTargetOptions } from "../../constructs/targets/aws-target.js";
import { DockerTarget } from "../../constructs/targets/docker-target.js";
import { KubernetesTarget } from "../../constructs/targets/kubernetes-target.js";
import { LocalTarget } from "../../constructs/targets/local-target.js";
import { SshTarget } from "../../constructs/targets/ssh-target.js";
import { VmTarget } from "../../constructs/targets/vm-target.js";
import { targetContract } from "../../constructs/testing/target-contract.js";
import { checkPromises } from "../../core/promises/check.js";
import { Promises } from "../../core/promises/promise.js";
import { readSpec } from "../../core/spec/read-spec.js";
import type { Topology } from "../../core/topology/topology.js";
import { project } from "../support/synthesis.js";
import type { Project } from "../support/synthesis.js";

const NODES = { "10.0.1.11": {}, "10.0.2.11": {} };

/** Fronts and nodes in two zones. */
function aws(other: Partial<AwsTargetOptions> = {}): AwsTarget {
  const zones = {
    "eu-central-1a": { publicSubnet: "10.0.101.0/24", privateSubnet: "10.0.1.0/24" },
    "eu-central-1b": { publicSubnet: "10.0.102.0/24", privateSubnet: "10.0.2.0/24" },
  };
  return AwsTarget.of({
    network: AwsNetwork.create({ cidr: "10.0.0.0/16", zones }),
    clients: ["0.0.0.0/0"],
    bucket: AwsBucket.create("acme-fronts"),
    image: "ami-0123456789abcdef0",
    nodes: NODES,
    ...other,
  });
}

/** A target that brings nothing anywhere, and knows this. */
function knowing(placement: Placement): DeployTarget {
  return {
    placement,
    deploy({ scope, configuration }) {
      new TerraformOutput(scope, "text", { value: configuration.text, sensitive: true });
    },
  };
}

interface Shop {
  readonly targets: readonly DeployTarget[];
  readonly props?: HttpdServerProps;
  readonly members?: Readonly<Record<string, MemberOptions>>;
  /** Requests per second that are promised. @default - nothing is */
  readonly load?: number;
}

const MEMBERS: Readonly<Record<string, MemberOptions>> = {
  a: { url: "http://10.0.1.11:8080" },
  b: { url: "http://10.0.2.11:8080" },
};

interface Made extends Omit<Project, "stack"> {
  readonly web: HttpdServer;
  readonly cluster: BalancerCluster;
  readonly stack: TerraformStack;
}

function shop({ targets, props, members = MEMBERS, load }: Shop): Made {
  const made = project();
  const stack = made.stack("shop");
  const cluster = new BalancerCluster(stack, "c", { maxattempts: 2 });
  for (const [name, options] of Object.entries(members)) cluster.addMember(name, options);
  if (load !== undefined) cluster.promise(Promises.capacity({ requestsPerSecond: load }));
  const web = new HttpdServer(stack, "web", props).mount("/", cluster);
  for (const target of targets) web.deployTo(target);
  return { ...made, web, cluster, stack };
}

/** What is described of places. */
function placesOf({ clusters, servers }: Topology) {
  const members = clusters.flatMap((cluster) =>
    cluster.members.map(({ name, zone, capacity }) => [name, zone, capacity] as const),
  );
  return { members, fronts: servers[0]?.fronts };
}

describe("what a target knows is described, and nothing has to be written twice", () => {
  test("AwsTarget knows the zones of its fronts and of the addresses in its network", () => {
    const { web } = shop({ targets: [aws({ fronts: 3 })], members: { ...MEMBERS, far: { url: "http://far:8080" } } });
    expect(placesOf(web.describe())).toEqual({
      members: [
        ["a", "eu-central-1a", undefined],
        ["b", "eu-central-1b", undefined],
        ["far", undefined, undefined],
      ],
      fronts: { zones: ["eu-central-1a", "eu-central-1b", "eu-central-1a"] },
    });
  });

  test("zones that a target tells are those written by hand, to the last verdict", () => {
    const written = Object.fromEntries(
      Object.entries(MEMBERS).map(([name, options]) => [name, { ...options, zone: `eu-central-1${name}` }]),
    );
    const [told, same] = [shop({ targets: [aws()], load: 90 }), shop({ targets: [aws()], load: 90, members: written })];
    expect(told.web.describe()).toEqual(same.web.describe());
    expect(told.synth()).toEqual(same.synth());
    const alone = shop({
      targets: [LocalTarget.of({ directory: "run" })],
      load: 90,
      members: written,
      props: { fronts: { zones: ["eu-central-1a", "eu-central-1b"] } },
    });
    expect(checkPromises(told.web.describe())).toEqual(checkPromises(alone.web.describe()));
  });

  test("a size that was measured is the capacity of its nodes, and what is written with a member counts instead", () => {
    const target = aws({
      capacities: { "t3.small": 300, "m5.large": 900 },
      nodes: { "10.0.1.11": {}, "10.0.2.11": { size: "m5.large" }, "10.0.2.12": {} },
    });
    const members = { ...MEMBERS, old: { url: "http://10.0.2.12:8080", capacity: 40 } };
    expect(placesOf(shop({ targets: [target], members }).web.describe()).members.map(([, , own]) => own)).toEqual([
      300, 900, 40,
    ]);
  });

  test.each<[string, DeployTarget, Topology["servers"][number]["fronts"]]>([
    ["VmTarget", VmTarget.of({ machine: () => undefined, machines: 2 }), { count: 2 }],
    [
      "VmTarget in zones",
      VmTarget.of({ machine: () => undefined, machines: 3, zones: ["a", "b"] }),
      { zones: ["a", "b", "a"] },
    ],
    ["KubernetesTarget", KubernetesTarget.of({ replicas: 3 }), { count: 3 }],
    ["KubernetesTarget by default", KubernetesTarget.of(), { count: 2 }],
    ["DockerTarget", DockerTarget.of(), { count: 1 }],
    [
      "SshTarget",
      SshTarget.of({
        hosts: [{ address: "web.example", hostKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"a".repeat(43)}` }],
      }),
      { count: 1 },
    ],
    ["LocalTarget, who reads the folder nobody knows", LocalTarget.of({ directory: "run" }), undefined],
  ])("fronts of %s", (_, target, fronts) => {
    expect(placesOf(shop({ targets: [target] }).web.describe()).fronts).toEqual(fronts);
    const props = { fronts: { capacity: 400 } };
    expect(placesOf(shop({ targets: [target], props }).web.describe()).fronts).toEqual({ ...fronts, capacity: 400 });
  });

  test("each machine of VmTarget is told the zone that it is to stand in", () => {
    const zones: (string | undefined)[] = [];
    shop({ targets: [VmTarget.of({ machine: ({ zone }) => zones.push(zone), machines: 3, zones: ["a", "b"] })] });
    shop({ targets: [VmTarget.of({ machine: ({ zone }) => zones.push(zone) })] });
    expect(zones).toEqual(["a", "b", "a", undefined]);
  });

  test("fronts of several targets are counted together, as long as each tells", () => {
    const two = knowing({ fronts: { count: 2 } });
    const placed = knowing({ fronts: { zones: ["a"] } });
    const fronts = (...targets: readonly DeployTarget[]) => placesOf(shop({ targets }).web.describe()).fronts;
    expect(fronts(placed, placed)).toEqual({ zones: ["a", "a"] });
    expect(fronts(two, placed)).toEqual({ count: 3 });
    expect(fronts(two, knowing({}))).toBeUndefined();
  });
});

describe("promises at synth count with it", () => {
  test("a lost zone takes its fronts, of which the others are too few, as check says of the same spec", () => {
    const { synth, web } = shop({ targets: [aws({ fronts: 3 })], load: 90, props: { fronts: { capacity: 60 } } });
    const said = "a front of server 'web' gets 90.00 requests per second without zone eu-central-1a (2 of 3 fronts, a)";
    expect(synth).toThrow(`promise 'capacity' of cluster 'c' does not hold: ${said}; its capacity is 60`);
    const spec = `clusters:
  c:
    maxattempts: 2
    members:
      a: { url: "http://10.0.1.11:8080", zone: eu-central-1a }
      b: { url: "http://10.0.2.11:8080", zone: eu-central-1b }
    promises: [{ capacity: { requestsPerSecond: 90 } }]
servers:
  web:
    listen: [80]
    fronts: { zones: [eu-central-1a, eu-central-1b, eu-central-1a], capacity: 60 }
    mounts: { /: c }
`;
    const reading = readSpec(spec, "shop.yaml");
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    expect(reading.topology).toEqual(web.describe());
    expect(checkPromises(reading.topology)).toEqual(checkPromises(web.describe()));
  });

  test("a node's measured size is too small for what the other leaves", () => {
    const { synth } = shop({ targets: [aws({ capacities: { "t3.small": 60 } })], load: 90 });
    expect(synth).toThrow(/[ab] gets 90\.00 requests per second without [ab]; its capacity is 60/);
    expect(shop({ targets: [aws({ capacities: { "t3.small": 90 } })], load: 90 }).synth).not.toThrow();
  });
});

describe("two servers with targets of their own that share a cluster", () => {
  const shared = (capacity: number, load: number) => {
    const first = shop({ targets: [aws()], load, props: { fronts: { capacity } } });
    const elsewhere = knowing({
      fronts: { zones: ["eu-west-1a"] },
      memberPlace: ({ name }) => (name === "a" ? { zone: "eu-west-1a" } : undefined),
    });
    const { stack, cluster } = first;
    const other = new HttpdServer(stack, "other", { listen: [81] }).mount("/", cluster).deployTo(elsewhere);
    return { ...first, other };
  };

  test("hear what their own targets know, as an address may be another machine in another network", () => {
    const { web, other, synth } = shared(90, 90);
    expect(placesOf(web.describe()).members.map(([, zone]) => zone)).toEqual(["eu-central-1a", "eu-central-1b"]);
    expect(placesOf(other.describe())).toEqual({
      members: [
        ["a", "eu-west-1a", undefined],
        ["b", undefined, undefined],
      ],
      fronts: { zones: ["eu-west-1a"] },
    });
    expect(synth).not.toThrow();
  });

  test("are not judged where one could not bear all of the load, as nobody knows how it is split", () => {
    const { cluster, synth } = shared(89, 90);
    synth();
    expect(cluster.node.metadata.map(({ data }) => String(data))).toEqual([
      expect.stringMatching(
        /^promise 'capacity' of cluster 'c' is not judged: how the load is split over the servers 'web', 'shop\/other' is not known; if one gets all of it, a front of server 'web' gets 90\.00/,
      ),
    ]);
  });
});

describe("a contradiction fails the synthesis with what to do", () => {
  const zoned = (zone: string) => knowing({ memberPlace: () => ({ zone }) });
  const sized = (capacity: number) => knowing({ memberPlace: () => ({ capacity }) });

  test.each<[string, Shop, RegExp]>([
    [
      "a zone that is not that of the machine",
      { targets: [zoned("a")], members: { m: { url: "http://m:1", zone: "b" } } },
      /\[shop\/c\] zone of member 'm': found 'b', allowed is 'a'; leave it out/,
    ],
    [
      "a member in two zones",
      { targets: [zoned("a"), zoned("b")] },
      /zone of member 'a': found 'a' and 'b', allowed is one, as the member is one machine; give each target a server/,
    ],
    [
      "a member of two sizes",
      { targets: [sized(1), sized(2)] },
      /capacity of member 'a': found 1 and 2, allowed is one/,
    ],
    [
      "another number of fronts",
      { targets: [KubernetesTarget.of({ replicas: 3 })], props: { fronts: { count: 2 } } },
      /\[shop\/web\] fronts of server 'web': found 2, allowed is 3, as its targets bring them up; leave count and zones/,
    ],
    [
      "other zones of fronts",
      { targets: [aws()], props: { fronts: { zones: ["eu-central-1a", "eu-central-1a"] } } },
      /fronts of server 'web': found eu-central-1a, eu-central-1a, allowed is eu-central-1a, eu-central-1b, as/,
    ],
    ["a zone that a target makes up", { targets: [zoned("")] }, /zone of member 'a': found '', allowed is text/],
    ["a capacity that a target makes up", { targets: [sized(0)] }, /capacity of member 'a': found 0/],
    ["a number that a target makes up", { targets: [knowing({ fronts: { count: 0 } })] }, /number of fronts .*found 0/],
    [
      "a node whose size was not measured",
      { targets: [aws({ capacities: { "m5.large": 900 } })] },
      /size of node '10\.0\.1\.11' of AwsTarget: found 't3\.small', which capacities do not name, allowed is m5\.large/,
    ],
  ])("%s", (_, made, said) => {
    expect(shop(made).synth).toThrow(said);
  });

  test.each<[string, () => unknown, RegExp]>([
    ["no zone", () => VmTarget.of({ machine: () => undefined, zones: [] }), /number of zones of VmTarget: found 0/],
    [
      "a capacity of nothing",
      () => aws({ capacities: { "t3.small": 0 } }),
      /capacity of 't3\.small' of AwsTarget: found 0/,
    ],
    [
      "a size that is none",
      () => aws({ capacities: { small: 1 } }),
      /size 'small' in capacities of AwsTarget: found 'small'/,
    ],
    [
      "fronts that are none",
      () => shop({ targets: [], props: { fronts: { count: 1.5 } } }),
      /number of fronts of server 'web': found 1\.5, allowed is a whole number from 1 to 10000/,
    ],
  ])("%s", (_, made, said) => {
    expect(made).toThrow(said);
  });

  test("the contract finds a target that makes up places, or another one each time", () => {
    let asked = 0;
    const broken = (placement: () => Placement) =>
      targetContract(() => ({
        ...knowing({}),
        get placement() {
          return placement();
        },
      })).flatMap(({ broken: seen }) => seen ?? []);
    expect(broken(() => ({ fronts: { count: 2 }, memberPlace: () => ({ zone: "a", capacity: 3 }) }))).toEqual([]);
    expect(broken(() => ({ fronts: { count: -1 } }))).toContainEqual(expect.stringContaining("found -1"));
    expect(broken(() => ({ memberPlace: () => ({ zone: "" }) }))).toContainEqual(
      expect.stringContaining("zone of member"),
    );
    expect(broken(() => ({ fronts: { count: (asked += 1) } }))).toContainEqual(expect.stringContaining(", then "));
  });
});
