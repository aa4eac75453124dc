import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BalancerCluster } from "../../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../../constructs/httpd-server.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import { DockerTarget } from "../../../constructs/targets/docker-target.js";
import { IDLE, NODES, playStory, slowAnswer, startNode } from "../../support/container-nodes.js";
import { becomes } from "../../support/docker-lab.js";
import type { DockerLab } from "../../support/docker-lab.js";
import { dockerMaker } from "../../support/stand-in/docker-maker.js";
import { standIn } from "../../support/stand-in/provider.js";
import type { StandIn } from "../../support/stand-in/provider.js";

/** Where the front's port is published. */
const PORT = 8080;

/** What a stack with a DockerTarget plans, carried out. */
export function dockerTargetSuite(lab: () => DockerLab): void {
  describe("what DockerTarget plans, carried out on a docker daemon", () => {
    let provider: StandIn;
    let outdir: string;
    const docker = (...words: readonly string[]): string => lab().docker(...words);
    const get = (): string => lab().ask("curl", "-s", "-m", "20", `http://127.0.0.1:${PORT}/`);
    const idsOf = (...names: readonly string[]) => names.map((name) => docker("inspect", "-f", "{{.Id}}", name));
    const healthy = () =>
      becomes(40_000, "healthy", () => docker("inspect", "-f", "{{.State.Health.Status}}", "web") === "healthy");

    /** Synthesizes the article with this weight of node2, and has terraform do something with it. */
    const terraform = async (weight: number, ...words: readonly string[]): Promise<void> => {
      writeShop(outdir, weight);
      const { status, output } = await provider.terraform(join(outdir, "cdktf.out/stacks/shop"), ...words, "-no-color");
      expect(status, output).toBe(0);
    };

    beforeAll(async () => {
      outdir = mkdtempSync(join(tmpdir(), "docker-target-"));
      provider = await standIn(
        "kreuzwerker/docker",
        "@cdktf/provider-docker",
        ["container", "image", "network", "volume"],
        dockerMaker(join(lab().folder, "docker.sock")),
      );
      await terraform(5, "init");
      await terraform(5, "apply", "-auto-approve");
      NODES.forEach((name) => {
        startNode(lab(), name);
      });
    });

    afterAll(() => {
      provider.end();
      rmSync(outdir, { recursive: true, force: true });
    });

    test("becomes healthy through a member, as nobody of rank in a root that cannot be written", async () => {
      await healthy();
      const inside = (script: string): string => docker("exec", "web", "sh", "-c", script);
      expect(inside("id -u; grep CapEff /proc/1/status; grep NoNewPrivs /proc/1/status")).toMatch(
        /^33\nCapEff:\t0+\nNoNewPrivs:\t1$/,
      );
      expect(() => inside("touch /usr/local/apache2/x")).toThrow("Read-only file system");
      expect(() => docker("exec", "-u", "0", "web", "touch", "/usr/local/apache2/conf/x")).toThrow(
        "Read-only file system",
      );
      expect(inside("stat -c '%u %a' /usr/local/apache2/conf/httpd.conf")).toBe("0 644");
      expect(inside("stat -c %u /usr/local/apache2/logs /tmp")).toBe("33\n33");
      expect(docker("inspect", "-f", "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}", "web")).toBe(
        `${256 * 1024 * 1024} 1000000000`,
      );
      expect(docker("inspect", "-f", "{{.State.Status}}", "web-configuration")).toBe("created");
    });

    test("serves the article through its published port, whose standby is in charge while the actives are away", async () => {
      const seen = await playStory(lab(), get);
      // Health checks take their turns in between, so that the order is that of the model for others to show.
      const count = (answers: readonly string[], name: string) => answers.filter((answer) => answer === name).length;
      expect(count(seen.slice(0, 24), "node1") + count(seen.slice(0, 24), "node2")).toBe(24);
      expect(count(seen.slice(0, 24), "node2")).toBeGreaterThan(15);
      expect(seen.slice(24, 30)).toEqual(Array.from({ length: 6 }, () => "node3"));
      expect(count(seen.slice(30), "node3")).toBe(0);
    });

    test("answers what it has begun when docker stops it, and is there again when it starts", async () => {
      const { answer } = await slowAnswer(lab(), PORT);
      docker("stop", "web");
      expect(await answer).toMatch(/^node[12] 200$/);
      expect(docker("inspect", "-f", "{{.State.ExitCode}}", "web")).toBe("0");
      docker("start", "web");
      await healthy();
    });

    test("a changed weight makes the front anew and nothing else, after it has answered what it had begun", async () => {
      await terraform(5, "plan", "-detailed-exitcode");
      const others = idsOf(...NODES);
      const front = idsOf("web", "web-configuration");
      const { answer } = await slowAnswer(lab(), PORT);
      await terraform(7, "apply", "-auto-approve");
      expect(await answer).toMatch(/^node[12] 200$/);
      expect(idsOf(...NODES)).toEqual(others);
      expect(idsOf("web", "web-configuration").filter((id) => front.includes(id))).toEqual([]);
      expect(docker("exec", "web", "cat", "/usr/local/apache2/conf/httpd.conf")).toContain("loadfactor=7");
      await healthy();
      await terraform(7, "plan", "-detailed-exitcode");
    });

    test("destroy leaves nothing", async () => {
      await terraform(7, "destroy", "-auto-approve");
      expect(docker("ps", "-aq")).toBe("");
      expect(docker("volume", "ls", "-q")).toBe("");
      expect(docker("network", "ls", "--filter", "type=custom", "-q")).toBe("");
    });

    test("no file is laid below a root that cannot be written, not even into a volume: hence the second container", async () => {
      const { apply } = dockerMaker(join(lab().folder, "docker.sock"));
      const words = { name: "one", image: "httpd:2.4", read_only: true, start: false };
      const volumes = [{ volume_name: "one", container_path: "/usr/local/apache2/conf", read_only: false }];
      const upload = [{ file: "/usr/local/apache2/conf/httpd.conf", content: "x" }];
      await expect(apply("docker_container", null, { ...words, volumes, upload })).rejects.toThrow("marked read-only");
      docker("rm", "-v", "one");
      docker("volume", "rm", "one");
    });

    test("an image without httpd says that when its container starts", () => {
      docker("run", "--name", "bare", "httpd:2.4", "rm", "/usr/local/bin/httpd-foreground");
      docker("commit", "bare", "bare");
      docker("rm", "bare");
      expect(() => docker("run", "--rm", "bare", "httpd-foreground")).toThrow(
        /exec: "httpd-foreground": executable file not found in \$PATH/,
      );
    });
  });
}

/** The article with a member of another weight, its members beside the front, in one folder. */
function writeShop(outdir: string, weight: number): void {
  const app = new App({ outdir: join(outdir, "cdktf.out"), stackTraces: false });
  const stack = new TerraformStack(app, "shop");
  new LocalBackend(stack, { path: "../../../shop.tfstate" });
  const retry = seconds(10);
  const cluster = new BalancerCluster(stack, "mycluster", { stickysession: "JSESSIONID|jsessionid" })
    .addMember("node1", { url: "http://node1:8080", loadfactor: 1, retry })
    .addMember("node2", { url: "http://node2:8080", loadfactor: weight, retry })
    .addStandby("node3", { url: "http://node3:8080", retry });
  const nodes = Object.fromEntries(NODES.map((name) => [name, { image: "httpd:2.4", command: IDLE }]));
  const target = DockerTarget.of({ publish: { 80: PORT }, nodes });
  new HttpdServer(stack, "web").mount("/", cluster).deployTo(target);
  app.synth();
}
