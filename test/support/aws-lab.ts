import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { component, findComponent } from "./real.js";
import { terraformEnvironment } from "./terraform.js";
import type { TerraformRun } from "./terraform.js";

/** A server that answers as AWS does, and terraform with the real provider before it. */
export interface AwsLab {
  /** Runs terraform in a stack's folder, at most so many seconds. */
  terraform(folder: string, seconds: number, ...words: readonly string[]): TerraformRun;
  /** What a call of AWS's own library gives, as JSON: `ask("ec2", "describe_instances")`. */
  ask(service: string, call: string, words?: Readonly<Record<string, unknown>>): unknown;
}

/** Where terraform looks for providers, and where machines without a registry have them. */
function pluginFolder(): string | undefined {
  const opt = existsSync("/opt") ? readdirSync("/opt").map((name) => join("/opt", name)) : [];
  const usual = ["/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins"];
  const own = process.env["TF_PLUGIN_CACHE_DIR"];
  return [...(own === undefined ? [] : [own]), ...usual, ...opt].find((folder) =>
    existsSync(join(folder, "registry.terraform.io/hashicorp/aws")),
  );
}

function hasMoto(): boolean {
  return spawnSync("python3", ["-c", "import moto.server, boto3"], { stdio: "ignore" }).status === 0;
}

/** A suite that needs AWS: skipped, or failing, as those of `describeReal`. */
export function describeAws(name: string, body: (lab: () => AwsLab) => void): void {
  const plugins = pluginFolder();
  const missing = [
    ...(plugins === undefined ? ["terraform's provider hashicorp/aws: put it below a plugin folder"] : []),
    ...(hasMoto() ? [] : ["moto: install it with pip, moto[server]"]),
    ...(findComponent("terraform") === undefined ? ["terraform"] : []),
  ];
  if (missing.length > 0 || plugins === undefined) {
    const reason = `${missing.join("; ")} is missing`;
    if (process.env["REQUIRE_REAL"] === "1") throw new Error(reason);
    describe.skip(`${name} [skipped: ${reason}]`, () => {
      body(() => {
        throw new Error(reason);
      });
    });
    return;
  }
  describe(name, () => {
    let started: { readonly lab: AwsLab; readonly end: () => void } | undefined;
    beforeAll(async () => {
      started = await startLab(plugins);
    }, 2 * START);
    afterAll(() => {
      started?.end();
    });
    body(() => {
      if (started === undefined) throw new Error("moto has not started");
      return started.lab;
    });
  });
}

/** Milliseconds that moto may take to import itself: seconds, where nothing else runs. */
const START = 120_000;

const REGION = "eu-central-1";

/**
 * The provider makes a schema of 1,500 resources each time that it is started, which is three times a command. Most of the
 * processor's time of a run went into collecting the memory that this takes.
 */
const LESS_COLLECTING = { GOGC: "400" };

const KEYS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_DEFAULT_REGION: REGION };

async function startLab(plugins: string): Promise<{ readonly lab: AwsLab; readonly end: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "aws-lab-"));
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const moto = spawn("python3", ["-c", MOTO, "-H", "127.0.0.1", "-p", endpoint.replace(/.*:/, "")], {
    stdio: "ignore",
  });
  const settings = join(folder, "terraformrc");
  const include = 'include = ["registry.terraform.io/hashicorp/aws"]';
  writeFileSync(
    settings,
    `provider_installation {\n  filesystem_mirror {\n    path = "${plugins}"\n    ${include}\n  }\n}\n`,
  );
  const end = (): void => {
    moto.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  await answers(`${endpoint}/moto-api/`).catch((error: unknown) => {
    end();
    throw error;
  });
  const lab: AwsLab = {
    terraform(stack, seconds, ...words) {
      writeFileSync(join(stack, "provider.tf.json"), JSON.stringify(providerOf(endpoint)));
      const { status, stdout, stderr, error } = spawnSync(component("terraform"), [...words, "-no-color"], {
        cwd: stack,
        encoding: "utf8",
        timeout: seconds * 1_000,
        env: { ...terraformEnvironment(stack), ...KEYS, ...LESS_COLLECTING, TF_CLI_CONFIG_FILE: settings },
      });
      return { status, output: `${stdout}${stderr}${error === undefined ? "" : String(error)}` };
    },
    ask: (service, call, words = {}) =>
      JSON.parse(
        execFileSync("python3", ["-c", ASK, endpoint, service, call, JSON.stringify(words)], {
          encoding: "utf8",
          maxBuffer: 1 << 26,
          timeout: 60_000,
          env: { ...process.env, ...KEYS },
        }),
      ) as unknown,
  };
  return { lab, end };
}

/**
 * moto, with what it lacks of AWS. A launch template's own interface is plugged in, by the rules of AWS's user guide ("Auto
 * Scaling launch templates"): one machine, in the interface's zone, without a subnet and without groups of its own, and not
 * while another machine has the interface. The interface of a machine that is gone is free. Later versions of a template can be
 * launched, too, and a template's own tags are none of its machines.
 */
const MOTO = `import sys
from moto.ec2.exceptions import EC2ClientError
from moto.core.types import Base64EncodedString
from moto.ec2.models.instances import Instance, InstanceBackend
from moto.ec2.models.launch_templates import LaunchTemplateVersion
from moto.server import main

def refuse(why): raise EC2ClientError("InvalidParameterCombination", why)

run = InstanceBackend.run_instances
def run_instances(self, image_id, count, user_data, groups, **words):
    own = words.get("launch_template")
    template = self._get_template_from_args(own).data if own else {}
    plugs = [each for each in template.get("NetworkInterfaces", []) if each.get("NetworkInterfaceId")]
    if plugs:
        plug = self.get_network_interface(plugs[0]["NetworkInterfaceId"])
        if count != 1: refuse("one machine for one interface")
        if words.get("subnet_id"): refuse("a subnet beside an interface")
        if groups or template.get("SecurityGroupIds"): refuse("groups must be a part of the interface")
        if words.get("placement") != plug.subnet.availability_zone: refuse("an interface of another zone")
        if plug.status == "in-use": raise EC2ClientError("InvalidNetworkInterface.InUse", plug.id)
        words["nics"] = [{"DeviceIndex": 0, "NetworkInterfaceId": plug.id}]
    return run(self, image_id, count, user_data, groups, **words)
InstanceBackend.run_instances = run_instances

end = Instance.terminate
def terminate(self):
    before = end(self)
    for each in self.nics.values():
        each.instance = each.attachment_id = each.attach_time = each.device_index = None
        each.status = "available"
    return before
Instance.terminate = terminate

make = LaunchTemplateVersion.__init__
def version(self, template, number, data, description):
    if data.get("UserData"): data["UserData"] = Base64EncodedString(str(data["UserData"]))
    tags = [each for each in data.get("TagSpecifications", []) if each["ResourceType"] != "launch-template"]
    make(self, template, number, {**data, "TagSpecifications": tags}, description)
LaunchTemplateVersion.__init__ = version

main(sys.argv[1:])`;

/** One call of boto3; bodies of objects are read. */
const ASK = `import boto3, json, sys
url, service, call, words = sys.argv[1:]
answer = getattr(boto3.client(service, endpoint_url=url), call)(**json.loads(words))
answer.pop("ResponseMetadata", None)
if "Body" in answer: answer["Body"] = answer["Body"].read().decode()
print(json.dumps(answer, default=str))`;

/** The provider as moto needs it; account ids are asked for, else rules between groups never settle. */
function providerOf(endpoint: string): object {
  const services = ["autoscaling", "ec2", "elbv2", "iam", "s3", "ssm", "sts"];
  return {
    provider: {
      aws: {
        region: REGION,
        access_key: "test",
        secret_key: "test",
        skip_credentials_validation: true,
        skip_metadata_api_check: "true",
        skip_region_validation: true,
        s3_use_path_style: true,
        endpoints: [Object.fromEntries(services.map((service) => [service, endpoint]))],
      },
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(url: string): Promise<void> {
  const end = performance.now() + START;
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response !== undefined) return;
    if (performance.now() > end) throw new Error(`${url}: nothing answers`);
    await new Promise((later) => setTimeout(later, 200));
  }
}
