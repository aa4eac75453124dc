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
const LIMIT = 200;

const ZONES = {
  "eu-central-1a": { publicSubnet: "10.0.101.0/24", privateSubnet: "10.0.1.0/24" },
  "eu-central-1b": { publicSubnet: "10.0.102.0/24", privateSubnet: "10.0.2.0/24" },
};

/** What is told of a shop. */
interface Told {
  /** Weights of members, by the address of their machine. */
  readonly nodes: Readonly<Record<string, number>>;
  readonly zones: Readonly<Partial<typeof ZONES>>;
  readonly options?: Partial<AwsTargetOptions>;
}

describeAws("terraform with the real provider, before a server that answers as AWS does", (lab) => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** A project that is told anew as often as anybody likes. */
  function shop(name: string) {
    const outdir = mkdtempSync(join(tmpdir(), "aws-target-"));
    folders.push(outdir);
    const folder = join(outdir, "cdktf.out/stacks/shop");
    return {
      file: (path: string) => readFileSync(join(folder, name, "deployment", path), "utf8"),
      tell: ({ nodes, zones, options }: Told): void => {
        const app = new App({ outdir: join(outdir, "cdktf.out"), stackTraces: false });
        const stack = new TerraformStack(app, "shop");
        new LocalBackend(stack, { path: "../../../shop.tfstate" });
        const cluster = new BalancerCluster(stack, "c");
        for (const [address, loadfactor] of Object.entries(nodes))
          cluster.addMember(`m${address}`, { url: `http://${address}:8080`, loadfactor });
        const target = AwsTarget.of({
          network: AwsNetwork.create({ cidr: "10.0.0.0/16", zones }),
          clients: ["203.0.113.0/24"],
          bucket: AwsBucket.create(`acme-${name}`),
          image: anImage(),
          nodes: Object.fromEntries(Object.keys(nodes).map((address) => [address, {}])),
          ...options,
        });
        const extra = ['Header set X "%{Y}e ${HOME}"'];
        new HttpdServer(stack, name, { extra }).mount("/", cluster).deployTo(target);
        app.synth();
      },
      /** moto 5.2 leaves an interface with the machine that is gone, and lets nobody take it off; nothing else may stay. */
      destroy: (): void => {
        const { output } = lab().terraform(folder, LIMIT, "destroy", "-auto-approve");
        const errors = output.split("\n").filter((line) => line.includes("Error: "));
        const known = (line: string): boolean =>
          /detaching EC2 Network Interface .* at device index 0 .* cannot be detached/.test(line);
        expect(
          errors.filter((line) => !known(line)),
          output,
        ).toEqual([]);
        expect(output).toMatch(/aws_(instance\.\S+|s3_bucket\.\S+): Destruction complete/);
      },
      run: (words: string, expected = 0): string => {
        const { status, output } = lab().terraform(folder, LIMIT, ...words.split(" "));
        expect(status, output).toBe(expected);
        return output;
      },
    };
  }

  test(
    "a front with a fixed address: a changed weight replaces no machine, nodes come and go, and all of it goes",
    { timeout: 12 * LIMIT * 1_000 },
    () => {
      const { tell, run, destroy, file } = shop("web");
      const zones = { "eu-central-1a": ZONES["eu-central-1a"] };
      const options = { entry: "address", installs: false } as const;
      tell({ nodes: { "10.0.1.11": 5 }, zones, options });
      for (const words of ["init", "apply -auto-approve", "plan -detailed-exitcode"]) run(words);
      const before = machines();
      expect(before.map(({ address }) => address)).toContain("10.0.1.11");
      expect(userData(before.find(({ address }) => address !== "10.0.1.11")?.id ?? "")).toBe(file("user-data.yaml"));
      const [head, text] = parts(stored("web"));
      expect(head).toMatch(/^do=bring$/m);
      expect(configtest(text)).toMatch(/^Syntax OK$/m);
      expect(rules()).toEqual(
        ["egress 8080 nodes", "egress 443 S3", "ingress 80 203.0.113.0/24", "ingress 8080 fronts"].sort(),
      );

      tell({ nodes: { "10.0.1.11": 7, "10.0.1.12": 1 }, zones, options });
      const said = run("apply -auto-approve");
      expect(said).toMatch(/- +BalancerMember http:..10\.0\.1\.11:8080 loadfactor=5/);
      expect(said).toMatch(/Apply complete! Resources: 2 added, 1 changed, 0 destroyed/);
      run("plan -detailed-exitcode");
      const after = machines();
      expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
      expect(after).toHaveLength(3);
      expect(stored("web")).toContain("loadfactor=7");

      tell({ nodes: { "10.0.1.11": 7 }, zones, options });
      expect(run("apply -auto-approve")).toMatch(/0 added, 1 changed, 2 destroyed/);
      destroy();
      expect(machines()).toEqual([]);
    },
  );

  test("fronts over two zones behind a load balancer", { timeout: 6 * LIMIT * 1_000 }, () => {
    const { tell, run, destroy } = shop("fleet");
    tell({ nodes: { "10.0.1.11": 1, "10.0.2.11": 1 }, zones: ZONES });
    for (const words of ["init", "apply -auto-approve", "plan -detailed-exitcode"]) run(words);
    destroy();
  });

  /** An image that this AWS knows: the provider asks for its disks. */
  function anImage(): string {
    const { Images } = lab().ask("ec2", "describe_images") as {
      readonly Images: readonly { readonly ImageId: string }[];
    };
    return Images[0]?.ImageId ?? "";
  }

  interface Machine {
    readonly id: string;
    readonly address: string;
  }

  /** Machines that run. */
  function machines(): readonly Machine[] {
    const { Reservations } = lab().ask("ec2", "describe_instances") as {
      readonly Reservations: readonly {
        readonly Instances: readonly {
          readonly InstanceId: string;
          readonly PrivateIpAddress?: string;
          readonly State: { readonly Name: string };
        }[];
      }[];
    };
    return Reservations.flatMap(({ Instances }) => Instances)
      .filter(({ State }) => State.Name === "running")
      .map(({ InstanceId, PrivateIpAddress = "" }) => ({ id: InstanceId, address: PrivateIpAddress }));
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

  /** Rules of the groups of this project as AWS has them. */
  function rules(): readonly string[] {
    const { SecurityGroups } = lab().ask("ec2", "describe_security_groups") as {
      readonly SecurityGroups: readonly { readonly GroupId: string; readonly GroupName: string }[];
    };
    const named = new Map(
      SecurityGroups.map(({ GroupId, GroupName }) => [GroupId, /-(entry|fronts|nodes)-/.exec(GroupName)?.[1]]),
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
