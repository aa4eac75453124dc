import type { Random } from "../differential/random.js";
import { runCommand } from "../support/command.js";
import { mutated } from "./mutate.js";
import type { Beginnings, FileKind } from "./files.js";

/** A command on files of which one is mutated. */
export interface FuzzCase {
  readonly words: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/** What is wrong with an answer, and what kind of answer it is. */
export interface FuzzAnswer {
  readonly fault: string | undefined;
  /** The answer without its names and numbers: a new one means that the file led somewhere new. */
  readonly shape: string;
  readonly seconds: number;
}

/** Seconds of the processor that no file of this size may take. */
export const SLOWEST = 5;

const NAMES: Readonly<Record<FileKind, string>> = {
  conf: "a.conf",
  spec: "a.yaml",
  scenario: "s.yaml",
  workers: "workers.properties",
  log: "error.log",
  plan: "plan.json",
};

const DESCRIBED: readonly (readonly string[])[] = [
  ["configtest"],
  ["lint", "--preset", "strict"],
  ["lint", "--json"],
  ["lint", "--fix"],
  ["explain"],
  ["check", "--failures", "1", "--budget", "1"],
  ["import", "--to", "yaml", "--unproven"],
  ["import", "--to", "ts"],
  ["render", "--out", "out"],
  ["render", "--out", "out", "--as", "mod-jk"],
  ["runbook", "drain", "--member", "node1"],
  ["init", "project", "--from"],
];

/** Commands on a mutated file of each kind; the well-formed ones beside it stand for themselves. */
const COMMANDS: Readonly<Record<FileKind, readonly (readonly string[])[]>> = {
  conf: [...DESCRIBED.map((words) => [...words, "a.conf"]), ["review", "b.conf", "a.conf", "--format", "html"]],
  spec: [...DESCRIBED.map((words) => [...words, "a.yaml"]), ["review", "a.yaml", "b.conf", "--json"]],
  scenario: [
    ["simulate", "b.conf", "--scenario", "s.yaml", "--budget", "1"],
    ["simulate", "b.conf", "--scenario", "s.yaml", "--json", "--budget", "1"],
  ],
  workers: [
    ["import", "workers.properties", "--to", "yaml"],
    ["import", "workers.properties", "--to", "ts"],
  ],
  log: [
    ["diagnose", "error.log", "--config", "b.conf"],
    ["diagnose", "error.log", "--json"],
  ],
  plan: [["review", "--plan", "plan.json", "--json"]],
};

/** Files of these kinds come more often, as more of the program reads them. */
const KINDS: readonly FileKind[] = [
  "conf",
  "conf",
  "conf",
  "conf",
  "spec",
  "spec",
  "scenario",
  "workers",
  "log",
  "plan",
];

/** A case of its kind. */
export function randomCase(random: Random, from: Beginnings): FuzzCase & { readonly kind: FileKind } {
  const kind = random.pick(KINDS);
  const text = mutated(random.pick(from[kind]), random, random.pick(from[random.pick(KINDS)]));
  const files = { "b.conf": from.conf[0] ?? "", [NAMES[kind]]: text };
  return { kind, words: random.pick(COMMANDS[kind]), files };
}

/** The mutated file of a case. */
export function mutatedFile({ files }: FuzzCase): string {
  return Object.entries(files).find(([name]) => name !== "b.conf")?.[1] ?? "";
}

/** Runs a command and judges its answer: an answer it is, with no sign of a crash, and it comes in time. */
export async function playCase({ words, files }: FuzzCase): Promise<FuzzAnswer> {
  const started = process.cpuUsage();
  const spent = (): number => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1e6;
  };
  try {
    const { status, stdout, stderr } = await runCommand(words, files);
    const seconds = spent();
    const said = stdout + stderr;
    const shape = `${words.join(" ")} ${status} ${said.replaceAll(/"[^"]*"|'[^']*'|\S*[\d:/.]\S*/g, "").slice(0, 2_000)}`;
    return { fault: faultOf(words, said, stdout, seconds), shape, seconds };
  } catch (error) {
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { fault: `thrown: ${thrown}`, shape: "thrown", seconds: spent() };
  }
}

function faultOf(words: readonly string[], said: string, stdout: string, seconds: number): string | undefined {
  const crash = /internal error, please report[^]{0,1500}/.exec(said) ?? /\n {4}at \S+ \(\S+:\d+:\d+\)/.exec(said);
  if (crash !== null) return crash[0];
  if (seconds > SLOWEST) return `took ${seconds.toFixed(1)} s`;
  return words.includes("--json") && !isJson(stdout) ? `no JSON: ${stdout.slice(0, 200)}` : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
