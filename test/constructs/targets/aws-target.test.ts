import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { BalancerCluster } from "../../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../../constructs/httpd-server.js";
import { AwsBucket, AwsNetwork, AwsTarget } from "../../../constructs/targets/aws-target.js";
import type { AwsTargetOptions } from "../../../constructs/targets/aws-target.js";
import { targetContract } from "../../../constructs/testing/target-contract.js";
import { ProblemError } from "../../../core/vocabulary/problem.js";
import { project } from "../../support/synthesis.js";

const A = { publicSubnet: "10.0.101.0/24", privateSubnet: "10.0.1.0/24" };
const B = { publicSubnet: "10.0.102.0/24", privateSubnet: "10.0.2.0/24" };

const ZONES = { "eu-central-1a": A, "eu-central-1b": B };

function options(other: Partial<AwsTargetOptions> = {}): AwsTargetOptions {
  return {
    network: AwsNetwork.create({ cidr: "10.0.0.0/16", zones: ZONES }),
    clients: ["0.0.0.0/0"],
    bucket: AwsBucket.create("acme-fronts"),
    image: "ami-0123456789abcdef0",
    ...other,
  };
}

const NODES = { "10.0.1.11": {}, "10.0.2.11": {} };

interface Shop {
  /** URLs of members, each with its parameters. */
  readonly members?: Readonly<
    Record<string, { readonly loadfactor?: number; readonly zone?: string; readonly secret?: string }>
  >;
  readonly options?: Partial<AwsTargetOptions>;
}

const MEMBERS = { "http://10.0.1.11:8080": {}, "http://10.0.2.11:8080": {} };

/** Files of a stack whose front goes to AWS. */
function synthesized({ members = MEMBERS, options: other = { nodes: NODES } }: Shop = {}) {
  const made = project();
  const stack = made.stack("shop");
  const cluster = new BalancerCluster(stack, "c");
  Object.entries(members).forEach(([url, more], index) => cluster.addMember(`m${index}`, { url, ...more }));
  new HttpdServer(stack, "web").mount("/", cluster).deployTo(AwsTarget.of(options(other)));
  return made.synth();
}

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

function resourcesOf(files: Readonly<Record<string, string>>): Resources {
  return (JSON.parse(files["stacks/shop/cdk.tf.json"]!) as { readonly resource: Resources }).resource;
}

/** The rules of security groups in words: `fronts to nodes 8080`. */
function reachable(files: Readonly<Record<string, string>>): readonly string[] {
  const resources = resourcesOf(files);
  return (["ingress", "egress"] as const).flatMap((direction) =>
    Object.entries(resources[`aws_vpc_security_group_${direction}_rule`] ?? {}).flatMap(([id, { for_each }]) => {
      const [group = ""] = /(entry|fronts|nodes)/.exec(id) ?? [];
      const rules = Object.values(for_each as Readonly<Record<string, Readonly<Record<string, unknown>>>>);
      return rules.map(({ port, ...peer }) => {
        const [other = ""] = Object.values(peer)
          .map(String)
          .filter((value) => value !== "${null}");
        const named = /_(entry|fronts|nodes)-group/.exec(other)?.[1] ?? (other.includes("vpc_endpoint") ? "S3" : other);
        return `${group} ${direction === "ingress" ? "from" : "to"} ${named} ${String(port)}`;
      });
    }),
  );
}

test("AwsTarget keeps the contract of targets", () => {
  const backends = { "node1.example": "10.9.0.0/16", "late.example": "10.9.0.0/16" };
  const laws = targetContract((name) =>
    AwsTarget.of(options({ backends, secrets: "/shop", bucket: AwsBucket.create(`acme-${name}`) })),
  );
  expect(laws.filter(({ broken }) => broken !== undefined)).toEqual([]);
});

describe("what may reach what follows from the description, and nothing else is open", () => {
  const INSTALLS = ["fronts to S3 443", "fronts to 0.0.0.0/0 80", "fronts to 0.0.0.0/0 443"];

  test("fronts behind a load balancer, and nodes", () => {
    expect([...reachable(synthesized())].sort()).toEqual(
      [
        "entry from 0.0.0.0/0 80",
        "entry to fronts 80",
        "fronts from entry 80",
        "fronts to nodes 8080",
        "nodes from fronts 8080",
        "nodes to 0.0.0.0/0 80",
        "nodes to 0.0.0.0/0 443",
        ...INSTALLS,
      ].sort(),
    );
  });

  test("one front with a fixed address, members elsewhere, everything in the image", () => {
    const files = synthesized({
      members: { "http://192.168.7.1:8081": {}, "http://app.example": {}, "http://localhost:9000": {} },
      options: {
        entry: "address",
        clients: ["203.0.113.0/24", "198.51.100.0/24"],
        backends: { "app.example": "10.9.0.0/16" },
        installs: false,
      },
    });
    expect([...reachable(files)].sort()).toEqual([
      "fronts from 198.51.100.0/24 80",
      "fronts from 203.0.113.0/24 80",
      "fronts to 10.9.0.0/16 80",
      "fronts to 192.168.7.1/32 8081",
      "fronts to S3 443",
    ]);
    const resources = resourcesOf(files);
    expect(Object.keys(resources["aws_eip"] ?? {})).toHaveLength(1);
    expect([resources["aws_lb"], resources["aws_nat_gateway"]]).toEqual([undefined, undefined]);
  });
});

test("a changed weight changes the order in the bucket, and no other file and no resource", () => {
  const [before, after] = [5, 7].map((loadfactor) =>
    synthesized({ members: { ...MEMBERS, "http://10.0.1.11:8080": { loadfactor } } }),
  );
  const changed = Object.keys(before!).filter((path) => before![path] !== after![path]);
  expect(changed.filter((path) => !/manifest\.json|httpd\.conf/.test(path))).toEqual([
    "stacks/shop/web/deployment/order",
  ]);
});

test("every machine gives its metadata to sessions only, has an encrypted disk, and no public address", () => {
  const machines = Object.values(resourcesOf(synthesized())["aws_instance"] ?? {});
  expect(machines).toHaveLength(4);
  for (const machine of machines) {
    expect(machine).toMatchObject({
      metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1 }],
      root_block_device: [{ encrypted: true }],
      user_data_replace_on_change: true,
    });
    expect(machine).not.toHaveProperty("associate_public_ip_address");
  }
});

test("scripts of a machine are such for a shell, also with secrets", () => {
  const files = synthesized({
    members: { "ajp://10.0.1.11:8009": { secret: "hush" }, "http://10.0.2.11:8080": {} },
    options: { nodes: NODES, secrets: "/shop" },
  });
  const userData = files["stacks/shop/web/deployment/user-data.yaml"]!;
  const script = /content: \|\n((?: {6}.*\n|\n)+)/.exec(userData)?.[1]?.replace(/^ {6}/gm, "") ?? "";
  expect(script).toMatch(/^#!\/bin\/sh\n/);
  execFileSync("sh", ["-n"], { input: script });
  const line = /\| (sed .*) \| sort; \}$/m.exec(script)?.[1] ?? "";
  const said = execFileSync("sh", ["-c", line], { input: "/shop/A\thush\n/shop/B\tit's\n", encoding: "utf8" });
  expect(execFileSync("sh", ["-c", `${said} printf '%s %s' "$A" "$B"`], { encoding: "utf8" })).toBe("hush it's");
  const brought = Object.entries(files).filter(([path]) => !path.endsWith("/web/httpd.conf"));
  expect(brought.map(([, text]) => text).join("")).not.toContain("hush");
});

describe("nodes as groups", () => {
  const groups = (other: Partial<AwsTargetOptions> = {}): Resources =>
    resourcesOf(synthesized({ options: { nodes: NODES, nodesAs: "groups", ...other } }));

  test("are kept alive by a group of exactly one each, in the zone of their address, with its interface and no subnet", () => {
    const resources = groups();
    const made = Object.values(resources["aws_autoscaling_group"] ?? {});
    expect(made).toMatchObject(
      ["eu-central-1a", "eu-central-1b"].map((zone) => ({ availability_zones: [zone], min_size: 1, max_size: 1 })),
    );
    for (const group of made) expect(group).not.toHaveProperty("vpc_zone_identifier");
    const templates = Object.values(resources["aws_launch_template"] ?? {});
    expect(templates).toHaveLength(2);
    for (const template of templates) {
      expect(template).toMatchObject({ network_interfaces: [{ device_index: 0 }] });
      expect(JSON.stringify(template["network_interfaces"])).toMatch(/aws_network_interface\S+\.id/);
      expect(template).not.toHaveProperty("vpc_security_group_ids");
    }
    expect(Object.keys(resources["aws_instance"] ?? {})).toHaveLength(2);
  });

  test("are as closed as instances, and carry the tags of the target with their disks", () => {
    const resources = groups({ tags: { team: "shop" } });
    for (const template of Object.values(resources["aws_launch_template"] ?? {})) {
      expect(template).toMatchObject({
        metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1 }],
        block_device_mappings: [{ ebs: [{ encrypted: true }] }],
        tag_specifications: [{ resource_type: "volume", tags: { team: "shop" } }],
        tags: { team: "shop" },
      });
      expect(JSON.stringify(template["block_device_mappings"])).toMatch(/data\.aws_ami\S+\.root_device_name/);
    }
    for (const group of Object.values(resources["aws_autoscaling_group"] ?? {}))
      expect(group["tag"]).toContainEqual({ key: "team", value: "shop", propagate_at_launch: true });
  });

  test("are made anew by a change of what a machine is made of, and by nothing else", () => {
    const madeOf = (other: Partial<AwsTargetOptions>) => groups(other)["terraform_data"];
    expect(madeOf({ tags: { team: "shop" } })).toEqual(madeOf({}));
    const userData = { ...NODES, "10.0.1.11": { userData: "#cloud-config\n" } };
    for (const other of [{ size: "t3.large" }, { disk: 20 }, { image: "ami-0123456789abcdef1" }, { nodes: userData }])
      expect(madeOf(other)).not.toEqual(madeOf({}));
    const [group] = Object.values(groups()["aws_autoscaling_group"] ?? {});
    expect(group?.["lifecycle"]).toEqual({ replace_triggered_by: [expect.stringMatching(/^terraform_data\./)] });
  });

  test("have names that AWS takes, whatever the server is called", () => {
    const made = project();
    const stack = made.stack("shop");
    const cluster = new BalancerCluster(stack, "c");
    Object.keys(MEMBERS).forEach((url, index) => cluster.addMember(`m${index}`, { url }));
    const target = AwsTarget.of(options({ nodes: NODES, nodesAs: "groups" }));
    new HttpdServer(stack, "w".repeat(63)).mount("/", cluster).deployTo(target);
    const resources = resourcesOf(made.synth());
    for (const type of ["aws_launch_template", "aws_autoscaling_group"])
      for (const { name_prefix } of Object.values(resources[type] ?? {})) {
        // AWS allows 128 characters of a template's name, and Terraform adds 26.
        expect(String(name_prefix)).toMatch(/^[\w()./-]{3,102}$/);
      }
  });
});

/** A zone whose machines stand in a network that is there. */
function there(privateCidr: string) {
  return { publicSubnet: "subnet-1", privateSubnet: "subnet-2", privateCidr };
}

test("a network that is there is used as it is, and its zones are those of the nodes", () => {
  const zones = { "eu-central-1a": there("10.0.1.0/24"), "eu-central-1b": there("10.0.2.0/24") };
  const network = AwsNetwork.existing({ vpc: "vpc-1", zones });
  const resources = resourcesOf(synthesized({ options: { network, nodes: NODES } }));
  const made = Object.keys(resources).filter((type) => /vpc$|subnet|gateway|route/.test(type));
  expect(made).toEqual([]);
  for (const machine of Object.values(resources["aws_instance"] ?? {}))
    expect(JSON.stringify(machine)).not.toContain("subnet-1");
  expect(Object.values(resources["aws_lb"] ?? {})).toMatchObject([{ subnets: ["subnet-1", "subnet-1"] }]);
});

test("user data of a node may have as many bytes as AWS takes", () => {
  const nodes = { ...NODES, "10.0.1.11": { userData: "é".repeat(8_192) } };
  expect(() => synthesized({ options: { nodes } })).not.toThrow();
});

test("smallest and largest networks that AWS makes are taken", () => {
  const zones = { "eu-central-1a": { publicSubnet: "10.0.1.0/28", privateSubnet: "10.0.1.16/28" } };
  expect(AwsNetwork.create({ cidr: "10.0.0.0/16", zones }).zones.size).toBe(1);
});

describe("what cannot be is said at once, with what to do", () => {
  const network = (zones: Parameters<typeof AwsNetwork.create>[0]["zones"], cidr = "10.0.0.0/16") =>
    AwsNetwork.create({ cidr, zones });
  test.each<[string, () => unknown, string, RegExp]>([
    [
      "subnets that overlap",
      () => network({ "eu-central-1a": A, "eu-central-1b": { ...B, privateSubnet: "10.0.1.128/25" } }),
      "/zones/eu-central-1b/privateSubnet",
      /10\.0\.1\.128\/25, which overlaps 10\.0\.1\.0\/24, the privateSubnet of zone 'eu-central-1a'/,
    ],
    [
      "a subnet outside of its network",
      () => network({ "eu-central-1a": A }, "10.0.0.0/18"),
      "/zones/eu-central-1a/publicSubnet",
      /a part of 10\.0\.0\.0\/18/,
    ],
    [
      "a network with bits behind its mask",
      () => network({ "eu-central-1a": { ...A, privateSubnet: "10.0.1.1/24" } }),
      "/zones/eu-central-1a/privateSubnet",
      /an IPv4 network/,
    ],
    [
      "subnets that are there and overlap",
      () =>
        AwsNetwork.existing({
          vpc: "vpc-1",
          zones: { "eu-central-1a": there("10.0.0.0/20"), "eu-central-1b": there("10.0.8.0/24") },
        }),
      "/zones/eu-central-1b/privateCidr",
      /10\.0\.8\.0\/24, which overlaps 10\.0\.0\.0\/20, the privateCidr of zone 'eu-central-1a'/,
    ],
    [
      "a subnet smaller than AWS makes",
      () => network({ "eu-central-1a": { ...A, privateSubnet: "10.0.1.0/29" } }),
      "/zones/eu-central-1a/privateSubnet",
      /found 10\.0\.1\.0\/29, allowed is \/16 to \/28/,
    ],
    ["a network larger than AWS makes", () => network({ "eu-central-1a": A }, "10.0.0.0/15"), "/cidr", /\/16 to \/28/],
    [
      "user data over the limit",
      () => AwsTarget.of(options({ nodes: { ...NODES, "10.0.1.11": { userData: "é".repeat(8_193) } } })),
      "/nodes/10.0.1.11/userData",
      /found 16386 bytes, allowed is 16384 bytes/,
    ],
    ["no zone", () => network({}), "/zones", /at least one/],
    ["a word that is no zone", () => network({ "eu-central-1": A }), "/zones/eu-central-1", /availability zone/],
    [
      "zones of two regions",
      () => network({ "eu-central-1a": A, "eu-west-1a": B }),
      "/zones/eu-west-1a",
      /a zone of eu-central-1/,
    ],
    [
      "a zone without a node",
      () => AwsTarget.of(options({ nodes: { "10.0.1.11": {} } })),
      "/nodes",
      /zone 'eu-central-1b' of AwsTarget: found no node/,
    ],
    ["a node outside", () => AwsTarget.of(options({ nodes: { "10.7.1.11": {} } })), "/nodes", /outside of these/],
    ["an address that AWS keeps", () => AwsTarget.of(options({ nodes: { "10.0.1.3": {} } })), "/nodes", /AWS keeps/],
    ["the last address", () => AwsTarget.of(options({ nodes: { "10.0.1.255": {} } })), "/nodes", /AWS keeps/],
    [
      "groups that keep nothing alive",
      () => AwsTarget.of(options({ nodesAs: "groups" })),
      "/nodesAs",
      /found 'groups' without a node, .*nodes: \{ '10\.0\.1\.11': \{\} \}/,
    ],
    ["nobody to connect", () => AwsTarget.of(options({ clients: [] })), "/clients", /for everybody/],
    ["an image that is none", () => AwsTarget.of(options({ image: "debian" })), "/image", /machine image/],
    ["a bucket that is none", () => AwsBucket.create("Acme"), "/name", /3 to 63/],
    [
      "two fronts of one address",
      () => AwsTarget.of(options({ entry: "address", fronts: 2 })),
      "/fronts",
      /2 behind one/,
    ],
  ])("%s", (_, made, at, said) => {
    expect(made).toThrow(ProblemError);
    expect(made).toThrow(said);
    try {
      made();
    } catch (error) {
      expect((error as ProblemError).problems.map((problem) => problem.at)).toEqual([at]);
    }
  });

  test.each<[string, Shop, RegExp]>([
    [
      "a member whose addresses are not known",
      { members: { "http://app.example:8080": {} }, options: {} },
      /member 'm0' of server 'web': found host 'app\.example', .*backends: \{ "app\.example": /,
    ],
    [
      "a node that is nobody's member",
      { members: { "http://10.0.1.11:8080": {} } },
      /node '10\.0\.2\.11' of AwsTarget: found no member/,
    ],
    [
      "a member in another zone than its machine",
      { members: { ...MEMBERS, "http://10.0.1.11:8080": { zone: "eu-central-1b" } } },
      /zone of member 'm0': found 'eu-central-1b', allowed is 'eu-central-1a'/,
    ],
    [
      "a secret that is nowhere",
      { members: { "ajp://10.0.1.11:8009": { secret: "hush" }, "http://10.0.2.11:8080": {} } },
      /found nowhere to read C_M0_SECRET from, .*secrets: "\/web"/,
    ],
  ])("%s", (_, shop, said) => {
    expect(() => synthesized(shop)).toThrow(said);
  });
});
