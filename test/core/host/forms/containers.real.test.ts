import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { renderCompose } from "../../../../core/host/forms/compose.js";
import { fillText } from "../../../../core/render/files.js";
import { runScenario } from "../../../../core/model/run.js";
import { readScenarioText } from "../../../../core/scenario/read.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import type { Topology } from "../../../../core/topology/topology.js";
import { composeUp } from "../../../support/compose.js";
import { describeContainers } from "../../../support/containers.js";
import { becomes } from "../../../support/docker-lab.js";
import type { DockerLab } from "../../../support/docker-lab.js";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** The article, with its members as containers. */
const ARTICLE = `clusters:
  mycluster:
    stickysession: JSESSIONID|jsessionid
    members:
      node1: { url: http://node1:8080, loadfactor: 1, retry: 10s }
      node2: { url: http://node2:8080, loadfactor: 5, retry: 10s }
      node3: { url: http://node3:8080, role: standby, retry: 10s }
servers:
  web: { listen: [80], mounts: { /: mycluster } }
`;

/** All up, the actives go, the standby serves, they return and serve again. */
const STORY = `steps:
  - request: 24
  - stop: [node1, node2]
  - request: 6
  - start: [node1, node2]
  - wait: 11s
  - request: 12
`;

/** Answers with its name; `/slow` after two seconds. */
const APPLICATION = `
import sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Application(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow": time.sleep(2)
        self.send_response(200); self.end_headers(); self.wfile.write(sys.argv[1].encode())
    def log_message(self, *_): pass
ThreadingHTTPServer(("", 8080), Application).serve_forever()
`;

const NODES = ["node1", "node2", "node3"];
const ADDRESSES: Readonly<Record<string, string>> = {
  node1: "10.91.0.101",
  node2: "10.91.0.102",
  node3: "10.91.0.103",
};

describeContainers("the rendered compose project, on a docker daemon", (lab) => {
  let topology: Topology;
  let project: string;
  const docker = (...words: readonly string[]): string => lab().docker(...words);
  const get = (path = "/"): string =>
    lab().ask("curl", "-s", "-m", "20", "-w", " %{http_code}", `http://127.0.0.1${path}`);

  beforeAll(() => {
    topology = described(ARTICLE);
    docker("network", "create", "--subnet", "10.91.0.0/24", "shop");
    NODES.forEach((name) => {
      const place = ["--network", "shop", "--ip", ADDRESSES[name] ?? "", "--name", name];
      docker("run", "-d", ...place, "httpd:2.4", "tail", "-f", "/dev/null");
      start(name);
    });
    project = written(lab(), topology);
    composeUp(lab(), project, "shop");
  });

  /** The application in a member's container; its name stays known while the application is away. */
  const start = (name: string): void => {
    docker("exec", "-d", name, "python3", "-c", APPLICATION, name);
    lab().ask(
      "curl",
      "-s",
      "--retry",
      "50",
      "--retry-delay",
      "0",
      "--retry-connrefused",
      `http://${ADDRESSES[name] ?? ""}:8080/`,
    );
  };
  const end = (name: string): void => {
    docker("exec", name, "pkill", "-9", "python3");
  };

  /** What the health check of the container says now. */
  const healthy = (): boolean => {
    const [, command] = JSON.parse(docker("inspect", "-f", "{{json .Config.Healthcheck.Test}}", "web")) as string[];
    try {
      docker("exec", "web", "sh", "-c", command ?? "false");
      return true;
    } catch {
      return false;
    }
  };

  afterAll(() => {
    docker("rm", "-f", "web", ...NODES);
  });

  test("becomes healthy, and runs as nobody of rank in a root that cannot be written", async () => {
    await becomes(30_000, "healthy", () => docker("inspect", "-f", "{{.State.Health.Status}}", "web") === "healthy");
    expect(docker("exec", "web", "id", "-u")).toBe("33");
    expect(() => docker("exec", "web", "touch", "/usr/local/apache2/x")).toThrow("Read-only file system");
    expect(docker("exec", "web", "sh", "-c", "grep CapEff /proc/1/status")).toMatch(/CapEff:\s+0+$/);
  });

  test("stops being healthy when no member serves, and is healthy again when one returns", async () => {
    NODES.forEach(end);
    expect(get()).toMatch(/ 503$/);
    expect(healthy()).toBe(false);
    NODES.forEach(start);
    await becomes(60_000, "healthy again", healthy);
  });

  test("is restarted, and serves the article through its published port, request by request as the model says", async () => {
    const reading = readScenarioText(STORY, "story.yaml");
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const expected = runScenario(topology, reading.scenario).picks.map(({ name }) => name);
    // A health check is a request that a member answers, so it would have its place in the order.
    docker("rm", "-f", "web");
    composeUp(lab(), project, "shop", ["healthcheck"]);
    await becomes(20_000, "listening", () => docker("exec", "web", "ss", "-Hltn").includes(":80 "));
    const seen: string[] = [];
    const ask = (count: number): void => {
      for (let index = 0; index < count; index++) seen.push(get().replace(/ 200$/, ""));
    };
    ask(24);
    ["node1", "node2"].forEach(end);
    ask(6);
    ["node1", "node2"].forEach(start);
    await new Promise((later) => setTimeout(later, 11_000));
    ask(12);
    expect(seen).toEqual(expected);
  });

  test("answers what it has begun when it is stopped, and ends by itself", async () => {
    const slow = lab().inside("curl", ["-s", "-w", " %{http_code}", "http://127.0.0.1/slow"]);
    let answer = "";
    slow.stdout?.on("data", (piece: Buffer) => (answer += piece.toString()));
    const done = new Promise((end) => slow.once("close", end));
    await new Promise((later) => setTimeout(later, 500));
    docker("stop", "web");
    await done;
    expect(answer).toMatch(/^node[12] 200$/);
    expect(docker("inspect", "-f", "{{.State.ExitCode}}", "web")).toBe("0");
  });
});

function described(spec: string): Topology {
  const reading = readSpec(spec, "article.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.topology;
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
