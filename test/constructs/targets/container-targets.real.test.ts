import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { BalancerCluster } from "../../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../../constructs/httpd-server.js";
import { DockerTarget } from "../../../constructs/targets/docker-target.js";
import { KubernetesTarget } from "../../../constructs/targets/kubernetes-target.js";
import type { KubernetesNode } from "../../../constructs/targets/kubernetes-target.js";
import type { DeployTarget } from "../../../constructs/target.js";
import { ProviderResource } from "../../../constructs/targets/provider-resource.js";
import { describeReal } from "../../support/real.js";
import { standIn } from "../../support/stand-in/provider.js";
import type { StandIn } from "../../support/stand-in/provider.js";
import { project } from "../../support/synthesis.js";

/** Providers by their bindings, the resources that are used, and a target that uses them. */
const TARGETS: readonly (readonly [string, string, readonly string[], () => DeployTarget])[] = [
  [
    "kreuzwerker/docker",
    "@cdktf/provider-docker",
    ["container", "image", "network", "volume"],
    () =>
      DockerTarget.of({
        publish: { 80: 8080 },
        nodes: { node1: { image: "tomcat:10" } },
        secrets: { SHOP_NODE2_SECRET: "x" },
      }),
  ],
  [
    "hashicorp/kubernetes",
    "@cdktf/provider-kubernetes",
    [
      "config-map-v1",
      "deployment-v1",
      "service-v1",
      "pod-disruption-budget-v1",
      "network-policy-v1",
      "stateful-set-v1",
    ],
    () => KubernetesTarget.of({ namespace: "shop", replicas: 3, nodes: NODES }),
  ],
];

/** A node with every option, and one with those that it needs. */
const NODES: Readonly<Record<string, KubernetesNode>> = {
  shop: {
    image: "tomcat:10",
    port: 8080,
    replicas: 1,
    healthPath: "/health",
    healthPort: 8081,
    command: ["catalina.sh", "run"],
    environment: { CATALINA_OPTS: "-DjvmRoute=$(JVM_ROUTE) ${x}" },
    secret: "shop",
    replicationPort: 4000,
    user: 1001,
    writable: ["/tmp", "/usr/local/tomcat/work"],
    resources: { cpu: "500m", memory: "512Mi" },
  },
  docs: { image: "docs:1", port: 80 },
};

describeReal("terraform, with the words of the real provider", ["terraform"], () => {
  let provider: StandIn | undefined;
  afterEach(() => {
    provider?.end();
  });

  test.each(TARGETS)("plans, applies and destroys what is made for %s", async (source, binding, resources, target) => {
    provider = await standIn(source, binding, resources);
    const { folder, write } = shop(target);
    const run = async (words: string, expected = 0): Promise<string> => {
      const { status, output } = (await provider?.terraform(folder, ...words.split(" "), "-no-color")) ?? NOT_RUN;
      expect(status, output).toBe(expected);
      return output;
    };
    write(5);
    for (const words of ["init", "validate", "apply -auto-approve", "plan -detailed-exitcode"]) await run(words);
    write(7);
    const plan = await run("plan -detailed-exitcode", 2);
    expect(changedLines(plan)).toContain("- BalancerMember http://node1:8080 loadfactor=5");
    expect(changedLines(plan)).toContain("+ BalancerMember http://node1:8080 loadfactor=7");
    await run("apply -auto-approve");
    await run("plan -detailed-exitcode");
    await run("destroy -auto-approve");
  });

  test("a word that the provider does not know is refused, so that the words of the others are those of the provider", async () => {
    provider = await standIn("kreuzwerker/docker", "@cdktf/provider-docker", ["network"]);
    const made = project();
    const use = { name: "docker", source: "kreuzwerker/docker", version: ">= 3.0.0" };
    new ProviderResource(made.stack("shop"), "net", { use, type: "docker_network" }, () => ({
      name: "x",
      driverr: "y",
    }));
    made.synth();
    const folder = `${made.folder}/cdktf.out/stacks/shop`;
    await provider.terraform(folder, "init");
    const { status, output } = await provider.terraform(folder, "validate", "-no-color");
    expect(status).toBe(1);
    expect(output).toContain('Did you mean "driver"?');
  });
});

const NOT_RUN = { status: -1, output: "no provider" };

/** A project whose front goes to a target, written anew for each weight into one folder. */
function shop(target: () => DeployTarget) {
  const outdir = mkdtempSync(join(tmpdir(), "container-targets-"));
  onTestFinished(() => {
    rmSync(outdir, { recursive: true, force: true });
  });
  const write = (weight: number): void => {
    const app = new App({ outdir: join(outdir, "cdktf.out"), stackTraces: false });
    const stack = new TerraformStack(app, "shop");
    new LocalBackend(stack, { path: "../../../shop.tfstate" });
    const cluster = new BalancerCluster(stack, "shop").addMember("node1", {
      url: "http://node1:8080",
      loadfactor: weight,
    });
    cluster.addMember("node2", { url: "ajp://10.0.0.7:8009", secret: "hush" });
    cluster.addMember("shop-0", { url: "http://shop-0.shop.shop.svc:8080", route: "shop-0" });
    for (const route of ["docs-0", "docs-1"]) cluster.addMember(route, { url: `http://${route}.docs`, route });
    new HttpdServer(stack, "web", { extra: ['Header set X "%{Y}e ${HOME}"'] }).mount("/", cluster).deployTo(target());
    app.synth();
  };
  return { folder: join(outdir, "cdktf.out/stacks/shop"), write };
}

/** Lines of a diff without what only pads them. */
function changedLines(output: string): readonly string[] {
  const lines = output.split("\n").filter((line) => /^\s+[-+] +\S/.test(line));
  return [...new Set(lines.map((line) => line.trim().replace(/ +/g, " ")))];
}
