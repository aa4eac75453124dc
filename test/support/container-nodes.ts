import type { ChildProcess } from "node:child_process";
import { runScenario } from "../../core/model/run.js";
import { readScenarioText } from "../../core/scenario/read.js";
import type { Topology } from "../../core/topology/topology.js";
import type { DockerLab } from "./docker-lab.js";

/** The article, with its members as containers. */
export const ARTICLE = `clusters:
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

/** Waits until the application listens. */
const ANSWERS =
  "for i in $(seq 200); do curl -s -o /dev/null http://127.0.0.1:8080/ && exit; sleep 0.1; done; echo no answer; exit 1";

/** Members of the article. */
export const NODES = ["node1", "node2", "node3"];

/** Keeps a container of a member up while its application comes and goes, so that its name stays known. */
export const IDLE = ["tail", "-f", "/dev/null"];

/** Starts the application in a member's container. */
export function startNode({ docker }: DockerLab, name: string): void {
  docker("exec", "-d", name, "python3", "-c", APPLICATION, name);
  docker("exec", name, "sh", "-c", ANSWERS);
}

/** Ends it; connections are refused from now on. */
export function endNode({ docker }: DockerLab, name: string): void {
  docker("exec", name, "pkill", "-9", "python3");
}

/** Who answers the story, request by request, as the model says. */
export function expectedStory(topology: Topology): readonly (string | undefined)[] {
  const reading = readScenarioText(STORY, "story.yaml");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return runScenario(topology, reading.scenario).picks.map(({ name }) => name);
}

/** Plays the story with the article's members; returns each answer. */
export async function playStory(lab: DockerLab, get: () => string): Promise<readonly string[]> {
  const ask = (count: number): readonly string[] => Array.from({ length: count }, () => get());
  const all = ask(24);
  ["node1", "node2"].forEach((name) => {
    endNode(lab, name);
  });
  const standby = ask(6);
  ["node1", "node2"].forEach((name) => {
    startNode(lab, name);
  });
  await new Promise((later) => setTimeout(later, 11_000));
  return [...all, ...standby, ...ask(12)];
}

/** A request that takes two seconds and is at a member when this returns; resolves to its answer. */
export async function slowAnswer(
  lab: DockerLab,
  port = 80,
  address = "127.0.0.1",
): Promise<{ readonly answer: Promise<string> }> {
  const slow = lab.inside("curl", ["-s", "-w", " %{http_code}", `http://${address}:${port}/slow`]);
  const answer = outputOf(slow);
  await new Promise((later) => setTimeout(later, 700));
  return { answer };
}

function outputOf(program: ChildProcess): Promise<string> {
  let text = "";
  program.stdout?.on("data", (piece: Buffer) => (text += piece.toString()));
  return new Promise((end) =>
    program.once("close", () => {
      end(text);
    }),
  );
}
