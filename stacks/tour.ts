import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { App } from "cdktf";
import { runScenario } from "../core/model/run.js";
import type { Pick } from "../core/model/trace.js";
import { checkPromises } from "../core/promises/check.js";
import type { Scenario, Step } from "../core/scenario/scenario.js";
import { wrapped } from "../core/report/wrap.js";
import { neededModules } from "../core/topology/modules.js";
import type { Topology } from "../core/topology/topology.js";
import { seconds } from "../core/vocabulary/duration.js";
import { LAYOUTS } from "../core/vocabulary/layouts.js";
import { ActivePassiveStack } from "./active-passive.js";

/** One scene: what happens first, and how many requests are looked at then. */
interface Scene {
  readonly title: string;
  readonly before: readonly Step[];
  readonly requests: number;
}

/** The article's story. */
const SCENES: readonly Scene[] = [
  { title: "everything is up", before: [], requests: 6 },
  { title: "node1 and node2 stop", before: [{ stop: ["node1", "node2"] }], requests: 6 },
  { title: "both are back", before: [{ start: ["node1", "node2"] }], requests: 6 },
  { title: "10 seconds later", before: [{ wait: seconds(10) }], requests: 6 },
];

/** What each file beside the stack is for. */
const PURPOSES: Readonly<Record<string, string>> = {
  "cdk.tf.json": "Terraform: puts the configuration into run/",
  "httpd.conf": "the complete configuration, as httpd gets it",
  "install.sh": "what Terraform runs: tests the new file, then moves it into place",
};

/**
 * What `npm start` shows of the article's stack.
 *
 * @param project - the folder that holds `cdktf.out`
 */
export function tour(project: string): string {
  const outdir = join(project, "cdktf.out");
  const { web } = new ActivePassiveStack(new App({ outdir }), "active-passive");
  const topology = web.describe();
  return [
    ...heading("What was made"),
    ...made(join(outdir, "stacks", "active-passive"), project),
    ...heading("Modules that httpd loads, and why"),
    ...modules(topology),
    ...heading("Who serves, request by request (predicted by the model of mod_proxy_balancer)"),
    ...scenes(topology),
    ...heading("What was promised (searched exhaustively, not sampled)"),
    ...promises(topology),
    ...heading("What to do next"),
    ...NEXT,
  ].join("\n");
}

const NEXT = [
  ["npm test", "proves the above on a real httpd and a real terraform"],
  ["edit stacks/active-passive.ts", "then `npm start` again: the article is 20 lines of TypeScript"],
  ["node dist/cli/main.js --help", "the same from YAML or from an httpd.conf you have, without Terraform"],
  ["npm run deploy", "starts it here with terraform: a real httpd and three small nodes"],
].flatMap(([label = "", text = ""]) => entry(label, text, 30));

/** A label and what is said about it, beside it, for a terminal of 80 columns. */
function entry(label: string, text: string, column = 21): readonly string[] {
  const indent = `  ${label.padEnd(column)} `;
  return wrapped(text, { width: 80, indent, hanging: " ".repeat(indent.length) });
}

function heading(text: string): readonly string[] {
  return ["", text];
}

function made(folder: string, project: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return [
    `  ${relative(project, folder)}/`,
    ...files.sort().flatMap((path) => entry(`  ${path}`, PURPOSES[path.split("/").at(-1) ?? ""] ?? "")),
  ];
}

function modules(topology: Topology): readonly string[] {
  return topology.servers.flatMap((server) =>
    neededModules(topology, server, { layout: LAYOUTS[server.layout], fragment: false }).flatMap(({ name, reason }) =>
      entry(`LoadModule ${name}_module`, reason, 37),
    ),
  );
}

function scenes(topology: Topology): readonly string[] {
  const scenario: Scenario = {
    steps: SCENES.flatMap(({ before, requests }) => [...before, { request: { count: requests } }]),
  };
  const { picks } = runScenario(topology, scenario);
  const starts = SCENES.map((_scene, index) => SCENES.slice(0, index).reduce((sum, { requests }) => sum + requests, 0));
  return SCENES.flatMap(({ title, requests }, index) => {
    const start = starts[index] ?? 0;
    const own = picks.slice(start, start + requests);
    return [...entry(title, own.map(answerOf).join(" ")), ...failover(own)];
  });
}

function promises(topology: Topology): readonly string[] {
  return checkPromises(topology).flatMap(({ id, verdict, depth = 0, note = "", counterexample, acknowledged }) => {
    if (verdict === "holds") return entry(id, "holds");
    if (verdict === "bounded") return entry(id, `no scenario of up to ${depth} events breaks it`);
    if (verdict === "unjudged") return entry(id, `not judged: ${note}`);
    return entry(id, `does not hold. ${counterexample?.explanation ?? ""} Accepted: ${acknowledged ?? ""}.`);
  });
}

function answerOf({ name, member, status }: Pick): string {
  return name ?? member ?? `httpd:${status}`;
}

/** Says when a client waited for members that did not answer. */
function failover(picks: readonly Pick[]): readonly string[] {
  const first = picks.find(({ attempts }) => attempts > 1);
  if (first === undefined) return [];
  const failed = first.attempts - 1;
  const tried = failed === 1 ? "one member" : `${failed} members`;
  return entry("", `(the first of them tried ${tried} in vain; they are then left alone for their retry time)`);
}
