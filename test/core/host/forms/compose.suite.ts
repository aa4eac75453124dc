import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderCompose } from "../../../../core/host/forms/compose.js";
import { fillText } from "../../../../core/render/files.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import type { Topology } from "../../../../core/topology/topology.js";
import {
  ARTICLE,
  endNode,
  expectedStory,
  IDLE,
  NODES,
  playStory,
  slowAnswer,
  startNode,
} from "../../../support/container-nodes.js";
import { becomes } from "../../../support/docker-lab.js";
import type { DockerLab } from "../../../support/docker-lab.js";

/** What people write beside the file: the members of the article. JSON is YAML. */
const MEMBERS = {
  services: Object.fromEntries(
    NODES.map((name) => [name, { image: "httpd:2.4", container_name: name, command: IDLE, stop_grace_period: "0s" }]),
  ),
};

/** A health check is a request that a member answers, so it would have its place in the order. */
const QUIET = { services: { web: { healthcheck: { disable: true } } } };

/** The compose project of the article, started by docker compose. */
export function composeSuite(lab: () => DockerLab): void {
  describe("the rendered compose project, started by docker compose", () => {
    let topology: Topology;
    let project: string;
    const docker = (...words: readonly string[]): string => lab().docker(...words);
    const compose = (files: readonly string[], ...words: readonly string[]): string =>
      docker("compose", ...["compose.yaml", ...files].flatMap((file) => ["-f", join(project, file)]), ...words);
    const get = (): string => lab().ask("curl", "-s", "-m", "20", "http://127.0.0.1/");
    const web = (): string => compose(["members.yaml"], "ps", "-aq", "web");
    const healthy = (): boolean => docker("inspect", "-f", "{{.State.Health.Status}}", web()) === "healthy";
    /** What the health check says now, without waiting for its turn. */
    const serves = (): boolean => {
      const [, ...command] = JSON.parse(
        docker("inspect", "-f", "{{json .Config.Healthcheck.Test}}", web()),
      ) as readonly string[];
      try {
        docker("exec", web(), ...command);
        return true;
      } catch {
        return false;
      }
    };

    beforeAll(() => {
      const reading = readSpec(ARTICLE, "article.yaml");
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      topology = reading.topology;
      project = written(lab(), topology);
      writeFileSync(join(project, "members.yaml"), JSON.stringify(MEMBERS));
      writeFileSync(join(project, "quiet.yaml"), JSON.stringify(QUIET));
      compose(["members.yaml"], "up", "-d", ...NODES);
      NODES.forEach((name) => {
        startNode(lab(), name);
      });
      compose(["members.yaml"], "up", "-d", "--wait");
    });

    afterAll(() => {
      compose(["members.yaml"], "down", "--volumes");
      expect(docker("ps", "-aq")).toBe("");
    });

    test("is healthy, and runs as nobody of rank in a root that cannot be written", () => {
      expect(healthy()).toBe(true);
      const inside = (...words: readonly string[]): string => docker("exec", web(), ...words);
      expect(inside("id", "-u")).toBe("33");
      expect(() => inside("touch", "/usr/local/apache2/x")).toThrow("Read-only file system");
      expect(inside("sh", "-c", "grep CapEff /proc/1/status")).toMatch(/CapEff:\s+0+$/);
      const limits = "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}} {{.Config.StopSignal}}";
      expect(docker("inspect", "-f", limits, web())).toBe(`${256 * 1024 * 1024} 1000000000 512 SIGWINCH`);
    });

    test("stops being healthy when no member serves, and is healthy again when one returns", async () => {
      NODES.forEach((name) => {
        endNode(lab(), name);
      });
      expect(serves()).toBe(false);
      NODES.forEach((name) => {
        startNode(lab(), name);
      });
      await becomes(60_000, "serving again", serves);
    });

    test("is started again when it is killed", async () => {
      const before = docker("inspect", "-f", "{{.State.Pid}}", web());
      process.kill(Number(before), "SIGKILL");
      await becomes(
        60_000,
        "healthy again",
        () => docker("inspect", "-f", "{{.State.Pid}}", web()) !== before && healthy(),
      );
    });

    test("serves the article through its published port, request by request as the model says", async () => {
      compose(["members.yaml", "quiet.yaml"], "up", "-d", "--force-recreate", "--no-deps", "web");
      await becomes(20_000, "listening", () => docker("exec", web(), "ss", "-Hltn").includes(":80 "));
      expect(await playStory(lab(), get)).toEqual(expectedStory(topology));
    });

    test("answers what it has begun when it is stopped, and ends by itself", async () => {
      const { answer } = await slowAnswer(lab());
      compose(["members.yaml"], "stop", "web");
      expect(await answer).toMatch(/^node[12] 200$/);
      expect(docker("inspect", "-f", "{{.State.ExitCode}}", web())).toBe("0");
    });
  });
}

/** The folder that the project was written in. */
function written({ folder }: DockerLab, topology: Topology): string {
  const rendered = renderCompose(topology);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
  for (const { path, text } of rendered.files) {
    const file = join(folder, "project", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      fillText(text, ({ deferred }) => deferred),
    );
  }
  return join(folder, "project");
}
