import { createRequire } from "node:module";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import type { LocalExecProvisioner } from "cdktf";
import type * as Targets from "../constructs/targets/index.js";
import type * as Library from "../index.js";
import { judge, measurePairs } from "./pairs.js";

// What is shipped: tsx gives every function its name each time it is made, which a built package does not pay for.
const shipped = createRequire(__filename);
const { BalancerCluster, HttpdServer, LocalTarget, seconds } = shipped("../dist/index.js") as typeof Library;
const { TerraformData } = shipped("../dist/constructs/targets/index.js") as typeof Targets;

/** Members of each cluster: as many as the article's. */
const MEMBERS = 3;
const ROUNDS = 5;
const BAR = 1.3;

// tsx switches source maps on, which makes the stack traces that cdktf takes of its tokens many times slower.
process.setSourceMapsEnabled(false);

/** A resource of a synthesized stack, as a bare stack repeats it. */
interface Resource {
  readonly triggers_replace: Readonly<Record<string, string>>;
  readonly depends_on?: readonly string[];
  readonly provisioner: readonly { readonly "local-exec": Omit<LocalExecProvisioner, "type"> }[];
}

/** What a synthesis came to. */
interface Synthesis {
  /** Processor time in milliseconds. */
  readonly time: number;
  readonly json: string;
  /** The httpd.conf of each server. */
  readonly files: readonly string[];
}

/** Synthesizes what `fill` makes, then has `finish` write what a bare stack has to write itself. */
function synthesize(
  servers: number,
  fill: (stack: TerraformStack) => void,
  finish: (folder: string) => void = () => undefined,
): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const folder = join(outdir, "stacks/bench");
  try {
    const start = process.cpuUsage();
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, "bench");
    new LocalBackend(stack, { path: "../../../bench.tfstate" });
    fill(stack);
    app.synth();
    finish(folder);
    const { user, system } = process.cpuUsage(start);
    const files = Array.from({ length: servers }, (_, index) => readFileSync(join(folder, confOf(index)), "utf8"));
    return { time: (user + system) / 1_000, json: readFileSync(join(folder, "cdk.tf.json"), "utf8"), files };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function confOf(server: number): string {
  return `web${server}/httpd.conf`;
}

/** Servers with a cluster each. */
function ours(servers: number): (stack: TerraformStack) => void {
  return (stack) => {
    for (let index = 0; index < servers; index++) {
      const cluster = new BalancerCluster(stack, `cluster${index}`);
      for (let member = 0; member < MEMBERS; member++) {
        cluster.addMember(`node${member}`, { url: `http://10.0.${index % 250}.${member}:8080`, retry: seconds(10) });
      }
      new HttpdServer(stack, `web${index}`)
        .mount("/", cluster)
        .deployTo(LocalTarget.of({ directory: `run/web${index}` }));
    }
  };
}

/** The resources of a synthesized stack, made by hand. */
function bare(json: string): (stack: TerraformStack) => void {
  const { resource } = JSON.parse(json) as { resource: { terraform_data: Readonly<Record<string, Resource>> } };
  const resources = Object.entries(resource.terraform_data);
  return (stack) => {
    for (const [id, row] of resources) {
      const { triggers_replace: triggers, provisioner } = row;
      const provisioners = provisioner.map((each) => ({ type: "local-exec" as const, ...each["local-exec"] }));
      const after = (row.depends_on ?? []).map((fqn) => ({ fqn }));
      new TerraformData(stack, id, { triggers, provisioners, dependsOn: after, lifecycle: {} });
    }
  };
}

/** Both, measured in turns. */
function compare(servers: number): { readonly ours: number; readonly ratio: number } {
  const { json, files } = synthesize(servers, ours(servers));
  const write = (folder: string): void => {
    files.forEach((text, index) => {
      mkdirSync(join(folder, `web${index}`), { recursive: true });
      writeFileSync(join(folder, confOf(index)), text);
    });
  };
  const own = (): number => synthesize(servers, ours(servers)).time;
  return measurePairs(own, () => synthesize(servers, bare(json), write).time, ROUNDS);
}

compare(20);
const small = compare(100);
const large = compare(1_000);
judge(
  `synth of 1,000 servers x ${MEMBERS} members over bare cdktf with the same resources and files`,
  large.ratio,
  BAR,
);
judge("synth per server, 1,000 servers over 100", large.ours / small.ours / 10, BAR);
