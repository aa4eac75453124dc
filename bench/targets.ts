import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, measurePairs, median, processSeconds } from "./pairs.js";

const DIST = join(__dirname, "../dist");
const TARGETS = `${DIST}/constructs/targets`;
const ROUNDS = 3;
const NODES = 1_000;

/** Seconds that a target may add to what the library takes to be there. */
const MOST_SECONDS = 0.3;

function importing(...files: readonly string[]): number {
  return processSeconds(process.execPath, ["-e", files.map((file) => `require("${file}");`).join("")]);
}

for (const target of ["aws-target", "docker-target", "kubernetes-target", "index"]) {
  const { ours, theirs } = measurePairs(
    () => importing(`${DIST}/index.js`, `${TARGETS}/${target}.js`),
    () => importing(`${DIST}/index.js`),
    ROUNDS,
  );
  judge(`seconds that importing targets/${target} adds to the library's`, ours - theirs, MOST_SECONDS);
}

/** Addresses of two networks, in a zone each, in JavaScript. */
const ADDRESSES = `const parameters = {};
    const nodes = Array.from({ length: ${NODES} }, (_, index) => {
      const half = index >> 1;
      return \`10.0.\${(index & 1) * 64 + 1 + (half >> 7)}.\${10 + (half & 127)}\`;
    });`;

function awsFleet(nodesAs: string): string {
  return `${ADDRESSES}
    const { AwsBucket, AwsNetwork, AwsTarget } = require("${TARGETS}/aws-target.js");
    const zones = {
      "eu-central-1a": { publicSubnet: "10.0.128.0/24", privateSubnet: "10.0.0.0/18" },
      "eu-central-1b": { publicSubnet: "10.0.129.0/24", privateSubnet: "10.0.64.0/18" },
    };
    const target = AwsTarget.of({
      network: AwsNetwork.create({ cidr: "10.0.0.0/16", zones }),
      clients: ["0.0.0.0/0"],
      bucket: AwsBucket.create("acme-fronts"),
      image: "ami-0123456789abcdef0",
      nodes: Object.fromEntries(nodes.map((address) => [address, {}])),
      nodesAs: "${nodesAs}",
    });`;
}

/** A target with many nodes, in JavaScript: `nodes` are the hosts of its members, which have `parameters`. */
const FLEETS = {
  aws: awsFleet("instances"),
  "aws, as groups": awsFleet("groups"),
  kubernetes: `${ADDRESSES}
    const { KubernetesTarget } = require("${TARGETS}/kubernetes-target.js");
    const target = KubernetesTarget.of({ namespace: "shop" });`,
  "kubernetes, as pods of a StatefulSet": `const parameters = { addressttl: seconds(30) };
    const nodes = Array.from({ length: ${NODES} }, (_, index) => \`app-\${index}.app.shop.svc\`);
    const { KubernetesTarget } = require("${TARGETS}/kubernetes-target.js");
    const pods = { image: "app:1", port: 8080, replicas: ${NODES} };
    const target = KubernetesTarget.of({ namespace: "shop", nodes: { app: pods } });`,
};

/** What a synthesis cost: seconds from the first construct on, and the most memory of the process in megabytes. */
interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

function synthesis(fleet: string): Cost {
  const folder = mkdtempSync(join(tmpdir(), "bench-targets-"));
  try {
    const script = `
      const { App, LocalBackend, TerraformStack } = require("cdktf");
      const { BalancerCluster, HttpdServer, seconds } = require("${DIST}/index.js");
      const start = process.hrtime.bigint();
      ${fleet}
      const app = new App({ outdir: ${JSON.stringify(join(folder, "cdktf.out"))}, stackTraces: false });
      const stack = new TerraformStack(app, "fleet");
      new LocalBackend(stack, { path: "terraform.tfstate" });
      const cluster = new BalancerCluster(stack, "c");
      nodes.forEach((address, index) => cluster.addMember("node" + index, { url: "http://" + address + ":8080", ...parameters }));
      new HttpdServer(stack, "web").mount("/", cluster).deployTo(target);
      app.synth();
      const taken = Number(process.hrtime.bigint() - start) / 1e9;
      console.log(JSON.stringify({ seconds: taken, megabytes: process.resourceUsage().maxRSS / 1024 }));`;
    return JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" })) as Cost;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Bars for 1,000 nodes. */
const BARS: Readonly<Record<keyof typeof FLEETS, Partial<Cost> & Pick<Cost, "seconds">>> = {
  aws: { seconds: 5, megabytes: 600 },
  "aws, as groups": { seconds: 5, megabytes: 600 },
  kubernetes: { seconds: 3 },
  "kubernetes, as pods of a StatefulSet": { seconds: 3 },
};

for (const target of Object.keys(FLEETS) as (keyof typeof FLEETS)[]) {
  const costs = Array.from({ length: ROUNDS }, () => synthesis(FLEETS[target]));
  const { seconds, megabytes } = BARS[target];
  judge(`seconds to synthesize ${NODES} nodes on ${target}`, median(costs.map((cost) => cost.seconds)), seconds);
  if (megabytes === undefined) continue;
  judge(`megabytes for ${NODES} nodes on ${target}`, median(costs.map((cost) => cost.megabytes)), megabytes);
}
