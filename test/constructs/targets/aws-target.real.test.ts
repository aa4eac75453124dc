import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { afterAll, expect, test } from "vitest";
import { BalancerCluster } from "../../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../../constructs/httpd-server.js";
import { AwsBucket, AwsNetwork, AwsTarget } from "../../../constructs/targets/aws-target.js";
import type { AwsTargetOptions } from "../../../constructs/targets/aws-target.js";
import { describeAws } from "../../support/aws-lab.js";
import { component } from "../../support/real.js";

/** Seconds that a command of terraform may take: the provider alone needs several to start. */
const LIMIT = 300;

/** One zone, or two. */
const NETWORKS = {
  web: {
    cidr: "10.0.0.0/16",
    zones: { "eu-central-1a": { publicSubnet: "10.0.101.0/24", privateSubnet: "10.0.1.0/24" } },
  },
  fleet: {
    cidr: "10.1.0.0/16",
    zones: {
      "eu-central-1a": { publicSubnet: "10.1.101.0/24", privateSubnet: "10.1.1.0/24" },
      "eu-central-1b": { publicSubnet: "10.1.102.0/24", privateSubnet: "10.1.2.0/24" },
    },
  },
} as const;

type Server = keyof typeof NETWORKS;

/** How the two servers differ: web's front has a fixed address and its nodes are instances, fleet's stand behind a balancer. */
const WAYS: Readonly<Record<Server, Partial<AwsTargetOptions>>> = {
  web: { entry: "address", installs: false },
  fleet: { nodesAs: "groups" },
};

/** What is told of a node: the weight of its member, and its user data. */
interface Told {
  readonly weight: number;
  readonly userData?: string;
}

/** The nodes of each server, by the address of their machine. */
type Shop = Readonly<Record<Server, Readonly<Record<string, Told>>>>;

/** Signs that a shell, cdktf or Terraform would take for their own. */
const USER_DATA = `#cloud-config\n# "\\s" $HOME \${X} %{Y} $$\{Z} é\truns\n`;

const BEFORE: Shop = {
  web: { "10.0.1.11": { weight: 5 }, "10.0.1.13": { weight: 1 } },
  fleet: {
    "10.1.1.11": { weight: 1, userData: USER_DATA },
    "10.1.2.11": { weight: 1, userData: USER_DATA },
    "10.1.2.12": { weight: 1 },
  },
};

/** Another weight, a node more and a node less of each server, and another user data. */
const AFTER: Shop = {
  web: { "10.0.1.11": { weight: 7 }, "10.0.1.12": { weight: 1 } },
  fleet: {
    "10.1.1.11": { weight: 7, userData: USER_DATA },
    "10.1.2.11": { weight: 1, userData: `${USER_DATA}# more\n` },
    "10.1.1.12": { weight: 1 },
  },
};

describeAws("terraform with the real provider, before a server that answers as AWS does", (lab) => {
  const outdir = mkdtempSync(join(tmpdir(), "aws-target-"));
  const folder = join(outdir, "cdktf.out/stacks/shop");
  afterAll(() => {
    rmSync(outdir, { recursive: true, force: true });
  });

  function tell(shop: Shop): void {
    const app = new App({ outdir: join(outdir, "cdktf.out"), stackTraces: false });
    const stack = new TerraformStack(app, "shop");
    new LocalBackend(stack, { path: "../../../shop.tfstate" });
    const image = anImage();
    for (const name of ["web", "fleet"] as const) {
      const nodes = Object.entries(shop[name]);
      const cluster = new BalancerCluster(stack, `${name}-members`);
      for (const [address, { weight }] of nodes)
        cluster.addMember(`m${address}`, { url: `http://${address}:8080`, loadfactor: weight });
      const target = AwsTarget.of({
        network: AwsNetwork.create(NETWORKS[name]),
        clients: ["203.0.113.0/24"],
        bucket: AwsBucket.create(`acme-${name}`),
        image,
        nodes: Object.fromEntries(
          nodes.map(([address, { userData }]) => [address, userData === undefined ? {} : { userData }]),
        ),
        ...WAYS[name],
      });
      const extra = ['Header set X "%{Y}e ${HOME}"'];
      new HttpdServer(stack, name, { extra }).mount("/", cluster).deployTo(target);
    }
    app.synth();
  }

  function run(words: string): string {
    const { status, output } = lab().terraform(folder, LIMIT, ...words.split(" "));
    expect(status, output).toBe(0);
    return output;
  }

  const written = (path: string): string => readFileSync(join(folder, path), "utf8");

  test(
    "fronts behind a balancer, and one with a fixed address: a changed weight replaces no machine, nodes come and go, a lost one comes back",
    { timeout: 8 * LIMIT * 1_000 },
    () => {
      tell(BEFORE);
      for (const words of ["init", "apply -auto-approve", "plan -detailed-exitcode"]) run(words);
      const made = machines();
      expect([...made.keys()]).toEqual(expect.arrayContaining([...addressesOf(BEFORE)]));
      expect(made.size).toBe(addressesOf(BEFORE).length + 3);
      const fronts = [...made].filter(([address]) => !addressesOf(BEFORE).includes(address));
      const texts = fronts.map(([, id]) => userData(id));
      expect(new Set(texts)).toEqual(
        new Set(["web", "fleet"].map((name) => written(`${name}/deployment/user-data.yaml`))),
      );
      for (const address of ["10.1.1.11", "10.1.2.11"]) expect(userData(made.get(address) ?? "")).toBe(USER_DATA);
      const [head, text] = parts(stored("web"));
      expect(head).toMatch(/^do=bring$/m);
      expect(configtest(text)).toMatch(/^Syntax OK$/m);
      expect(rules("web")).toEqual(
        ["egress 8080 nodes", "egress 443 S3", "ingress 80 203.0.113.0/24", "ingress 8080 fronts"].sort(),
      );

      lab().ask("ec2", "terminate_instances", { InstanceIds: [made.get("10.1.1.11")] });
      const healed = machines();
      expect(healed.get("10.1.1.11")).toMatch(/^i-/);
      expect(healed.get("10.1.1.11")).not.toBe(made.get("10.1.1.11"));
      expect(userData(healed.get("10.1.1.11") ?? "")).toBe(USER_DATA);

      tell(AFTER);
      const said = run("apply -auto-approve");
      expect(said).toMatch(/- +BalancerMember http:..10\.0\.1\.11:8080 loadfactor=5/);
      expect(said.match(/aws_autoscaling_group\S+ will be replaced/g)).toHaveLength(1);
      expect(said).not.toMatch(/aws_instance\S+ (must|will) be (replaced|updated)/);
      run("plan -detailed-exitcode");
      const after = machines();
      const kept = [...healed].filter(([address]) => !["10.0.1.13", "10.1.2.12", "10.1.2.11"].includes(address));
      expect([...after]).toEqual(expect.arrayContaining(kept));
      expect([...after.keys()].sort()).toEqual([...fronts.map(([address]) => address), ...addressesOf(AFTER)].sort());
      expect(after.get("10.1.2.11")).not.toBe(healed.get("10.1.2.11"));
      expect(userData(after.get("10.1.2.11") ?? "")).toBe(AFTER.fleet["10.1.2.11"]?.userData);
      for (const name of ["web", "fleet"]) expect(stored(name)).toContain("loadfactor=7");

      run("destroy -auto-approve");
      expect([...machines()]).toEqual([]);
    },
  );

  test("a profile that nobody has described is found missing by the provider, as by a synthesis", () => {
    const own = mkdtempSync(join(outdir, "profile-"));
    const other = { alias: "other", region: "eu-central-1", profile: "absent" };
    const data = { aws_caller_identity: { who: { provider: "aws.other" } } };
    writeFileSync(join(own, "main.tf.json"), JSON.stringify({ provider: { aws: [other] }, data }));
    expect(lab().terraform(own, LIMIT, "init").status).toBe(0);
    const { status, output } = lab().terraform(own, LIMIT, "plan");
    expect(status).toBe(1);
    expect(output).toContain("failed to get shared config profile, absent");
  });

  /** An image that this AWS knows: the provider asks for its disks. */
  function anImage(): string {
    const { Images } = lab().ask("ec2", "describe_images") as {
      readonly Images: readonly { readonly ImageId: string }[];
    };
    return Images[0]?.ImageId ?? "";
  }

  /** Machines that run, by their address. */
  function machines(): ReadonlyMap<string, string> {
    const { Reservations } = lab().ask("ec2", "describe_instances") as {
      readonly Reservations: readonly {
        readonly Instances: readonly {
          readonly InstanceId: string;
          readonly PrivateIpAddress?: string;
          readonly State: { readonly Name: string };
        }[];
      }[];
    };
    const running = Reservations.flatMap(({ Instances }) => Instances).filter(({ State }) => State.Name === "running");
    return new Map(running.map(({ InstanceId, PrivateIpAddress = "" }) => [PrivateIpAddress, InstanceId]));
  }

  function userData(machine: string): string {
    const words = { InstanceId: machine, Attribute: "userData" };
    const { UserData } = lab().ask("ec2", "describe_instance_attribute", words) as {
      readonly UserData: { readonly Value: string };
    };
    return Buffer.from(UserData.Value, "base64").toString();
  }

  function stored(server: string): string {
    const words = { Bucket: `acme-${server}`, Key: `${server}/order` };
    return (lab().ask("s3", "get_object", words) as { readonly Body: string }).Body;
  }

  /** Rules of the groups of a server as AWS has them. */
  function rules(server: Server): readonly string[] {
    const { SecurityGroups } = lab().ask("ec2", "describe_security_groups") as {
      readonly SecurityGroups: readonly { readonly GroupId: string; readonly GroupName: string }[];
    };
    const named = new Map(
      SecurityGroups.filter(({ GroupName }) => GroupName.startsWith(`${server}-`)).map(({ GroupId, GroupName }) => [
        GroupId,
        /-(entry|fronts|nodes)-/.exec(GroupName)?.[1],
      ]),
    );
    const { SecurityGroupRules } = lab().ask("ec2", "describe_security_group_rules") as {
      readonly SecurityGroupRules: readonly {
        readonly GroupId: string;
        readonly IsEgress: boolean;
        readonly FromPort: number;
        readonly CidrIpv4?: string;
        readonly PrefixListId?: string;
        readonly ReferencedGroupInfo?: { readonly GroupId: string };
      }[];
    };
    return SecurityGroupRules.filter(({ GroupId }) => named.get(GroupId) !== undefined)
      .map(({ IsEgress, FromPort, CidrIpv4, ReferencedGroupInfo }) => {
        const peer = named.get(ReferencedGroupInfo?.GroupId ?? "") ?? CidrIpv4 ?? "S3";
        return `${IsEgress ? "egress" : "ingress"} ${FromPort} ${peer}`;
      })
      .sort();
  }
});

function addressesOf(shop: Shop): readonly string[] {
  return Object.values(shop).flatMap((nodes) => Object.keys(nodes));
}

/** Head and file of an order. */
function parts(order: string): readonly [string, string] {
  const end = order.indexOf("\n\n");
  return [order.slice(0, end), order.slice(end + 2)];
}

function configtest(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "aws-conf-"));
  try {
    const path = join(folder, "httpd.conf");
    writeFileSync(path, text.replaceAll("/var/log/apache2", folder).replaceAll("/run/apache2", folder));
    return spawnSync(component("apache2"), ["-t", "-f", path], { encoding: "utf8" }).stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
