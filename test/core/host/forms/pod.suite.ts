import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Container } from "kubernetes-types/core/v1";
import { frontPlan } from "../../../../core/host/front-plan.js";
import { kubernetesObjects } from "../../../../core/host/forms/kubernetes/manifests.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import { ARTICLE, endNode, IDLE, NODES, slowAnswer, startNode } from "../../../support/container-nodes.js";
import { becomes } from "../../../support/docker-lab.js";
import type { DockerLab } from "../../../support/docker-lab.js";
import { becomesReady, probes, runPod } from "../../../support/pod.js";

/** The container of the pod that Kubernetes is given, as a kubelet has it run. */
export function podSuite(lab: () => DockerLab): void {
  describe("the container of a front's pod, on a docker daemon", () => {
    let container: Container;
    let address: string;
    const docker = (...words: readonly string[]): string => lab().docker(...words);
    const get = (): string => lab().ask("curl", "-s", "-m", "20", "-w", " %{http_code}", `http://${address}/`);
    const forEachNode = (act: typeof startNode): void => {
      NODES.forEach((name) => {
        act(lab(), name);
      });
    };

    beforeAll(() => {
      const reading = readSpec(ARTICLE, "article.yaml");
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      const [server] = reading.topology.servers;
      if (server === undefined) throw new Error("no server");
      const plan = frontPlan(reading.topology, server, { layout: "docker", secrets: "environment" });
      const objects = kubernetesObjects(plan);
      container = objects.deployment.spec!.template.spec!.containers[0]!;
      docker("network", "create", "shop");
      NODES.forEach((name) => docker("run", "-d", "--name", name, "--network", "shop", "httpd:2.4", ...IDLE));
      runPod(lab(), objects, { name: "pod", network: "shop" });
      address = docker("inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "pod");
    });

    afterAll(() => {
      docker("rm", "-f", "pod", ...NODES);
      docker("network", "rm", "shop");
    });

    test("is alive at once and ready only through a member; it is not started again for members that are away", async () => {
      const { readinessProbe, livenessProbe } = container;
      await becomes(30_000, "alive", () => probes(lab(), "pod", livenessProbe!));
      expect(probes(lab(), "pod", readinessProbe!)).toBe(false);
      forEachNode(startNode);
      await becomesReady(lab(), "pod", readinessProbe!, true);
      expect(get()).toMatch(/^node[12] 200$/);
      forEachNode(endNode);
      const { periodSeconds = 0, failureThreshold = 0 } = readinessProbe!;
      expect(await becomesReady(lab(), "pod", readinessProbe!, false)).toBe(periodSeconds * (failureThreshold - 1));
      expect(probes(lab(), "pod", livenessProbe!)).toBe(true);
      forEachNode(startNode);
      await becomesReady(lab(), "pod", readinessProbe!, true);
    });

    test("reads a configuration that nobody can write, as nobody of rank in a root that cannot be written", () => {
      const inside = (script: string): string => docker("exec", "pod", "sh", "-c", script);
      expect(inside("id -u; grep CapEff /proc/1/status; grep NoNewPrivs /proc/1/status")).toMatch(
        /^33\nCapEff:\t0+\nNoNewPrivs:\t1$/,
      );
      expect(() => inside("touch /usr/local/apache2/x")).toThrow("Read-only file system");
      const write = () => docker("exec", "-u", "0", "pod", "sh", "-c", "echo >>/usr/local/apache2/conf/httpd.conf");
      expect(write).toThrow("Read-only file system");
    });

    test("is told to leave by its own command: it takes requests for a while, answers what it has, and ends by itself", async () => {
      const [program, ...words] = container.lifecycle?.preStop?.exec?.command ?? [];
      const leaving = lab().inside("docker", ["exec", "pod", program ?? "", ...words]);
      const ended = new Promise((end) => leaving.once("close", end));
      const seconds = Number(/sleep (\d+);/.exec(words.join(" "))?.[1]);
      // Requests still come while balancers hear of it; the last one is under way when httpd is told.
      await new Promise((later) => setTimeout(later, (seconds - 2) * 1000));
      expect(get()).toMatch(/^node[12] 200$/);
      const { answer } = await slowAnswer(lab(), 80, address);
      expect(await answer).toMatch(/^node[12] 200$/);
      await ended;
      await becomes(10_000, "ended", () => docker("inspect", "-f", "{{.State.Running}}", "pod") === "false");
      expect(docker("inspect", "-f", "{{.State.ExitCode}} {{.State.OOMKilled}}", "pod")).toBe("0 false");
    });
  });
}
