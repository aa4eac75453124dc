import type { Runbook, RunbookStep } from "../core/promises/runbook/step.js";
import { readWorkerUrl, withoutSocket } from "../core/httpd/worker-url.js";
import { urlText } from "../core/scenario/nodes.js";
import type { SetStep } from "../core/scenario/steps.js";
import { lbfactorOf } from "../core/topology/effective.js";
import { initialStatus } from "../core/topology/roles.js";
import type { Cluster, Topology } from "../core/topology/topology.js";
import { NOT_USABLE } from "../core/vocabulary/status.js";
import { MANAGER_WORDS } from "../core/host/forms/manager-words.generated.js";
import { statusWords } from "../core/host/shown-status.js";
import { changeForm } from "../live/change.js";
import { RUNBOOK_PRELUDE } from "./runbook-prelude.generated.js";

/** What a script knows a member by. */
interface Names {
  /** The worker's name in httpd. */
  worker(member: string | undefined): string;
  /** Where its server is asked directly. */
  address(member: string): string;
}

/**
 * A runbook as a script for any POSIX shell with curl, awk and sed: it carries out the steps, reads every change back,
 * waits for what is observed, and goes back when it is called with the word `undo`.
 *
 * @param action - what it does when it is called without a word
 */
export function runbookShell(
  topology: Topology,
  cluster: Cluster,
  book: Runbook,
  action: "forward" | "undo" = "forward",
): string {
  const names = namesOf(cluster);
  const { operation, notes, steps, undo } = book;
  const persists = topology.servers.some(({ settings }) => settings.balancerpersist === true);
  const forward = steps.flatMap(({ step, serving }, index) => [
    `  if step ${index + 1}; then`,
    `    echo ${quoted(`${index + 1}. ${step.text}`)}`,
    ...takesFromOthers(book, step, serving).map((word) => `    counts_on ${word}`),
    ...stepLines(step, names, persists).map((line) => `    ${line}`),
    `    passed ${index + 1}`,
    "  fi",
  ]);
  const back = undo.flatMap((step, index) => [
    `  echo ${quoted(`${index + 1}. ${step.text}`)}`,
    ...undoLines(step, names).map((line) => `  ${line}`),
  ]);
  return [
    "#!/bin/sh",
    ...[`${operation} of ${cluster.name}`, ...notes].map((note) => `# ${oneLine(note)}`),
    `BALANCER=${quoted(cluster.name)}`,
    `LETTERS=${quoted(statusWords())}`,
    `UNUSABLE=${NOT_USABLE.join("")}`,
    `STEPS=${quoted(oneLine([operation, ...steps.map(({ step }) => step.text)].join("; ")))}`,
    `DEFAULT_JOURNAL=${quoted(`./runbook-${operation}-${cluster.name.replace(/[^A-Za-z0-9._-]/g, "_")}.journal`)}`,
    MANAGER_WORDS,
    RUNBOOK_PRELUDE,
    ...shellFunction("members_described", describedLines(cluster, names)),
    ...shellFunction("forward", [`  compare ${book.fromDescribed ? "from" : "anywhere"}`, ...forward]),
    ...shellFunction("back", back),
    `run "\${1:-${action}}"`,
    "",
  ].join("\n");

  function takesFromOthers({ operation: kind }: Runbook, step: RunbookStep, serving: Serving): readonly string[] {
    if (kind === "emergency" || kind === "reload" || serving.length === 0) return [];
    if (step.kind !== "look" && (step.kind !== "set" || step.restores === true || !reduces(step.set))) return [];
    return [
      serving
        .map(({ member }) => names.worker(member))
        .map(quoted)
        .join(" "),
    ];
  }
}

type Serving = Runbook["steps"][number]["serving"];

/** True for changes that leave requests to others. */
function reduces({ status, loadfactor }: SetStep): boolean {
  return loadfactor !== undefined || (status !== undefined && /^\+[^-]*[NDSHR]/.test(status));
}

function shellFunction(name: string, lines: readonly string[]): readonly string[] {
  return ["", `${name}() {`, ...(lines.length === 0 ? ["  :"] : lines), "}"];
}

function describedLines(cluster: Cluster, names: Names): readonly string[] {
  return cluster.members.map((member) => {
    const letters = [...initialStatus(member)].join("");
    return `  described ${quoted(names.worker(member.name))} ${quoted(letters)} ${hundredths(member.parameters.loadfactor ?? 1)}`;
  });
}

function stepLines(step: RunbookStep, names: Names, persists: boolean): readonly string[] {
  switch (step.kind) {
    case "set":
      return [`${step.restores === true ? "restore" : "change"} ${formOf(step.set, names)}`];
    case "add":
      return [`add ${quoted(names.worker(step.member.name))}`];
    case "await-idle":
      return [`await_idle ${quoted(names.worker(step.member))}`];
    case "await-sessions":
      return [`await_sessions ${quoted(names.worker(step.member))}`];
    case "await-answer":
      return [`await_answer ${quoted(step.member)} ${quoted(names.address(step.member))}`];
    case "await-ok":
      return [
        `await_ok ${quoted(names.worker(step.member))} ${step.steady} ${quoted(Array.from(step.without).join(" "))}`,
      ];
    case "backend":
      return [`server ${step.action} ${quoted(step.member)}`];
    case "look":
      return ["shares"];
    case "reload":
      return [`reload_and_carry ${persists ? "keeps" : "forgets"}`];
  }
}

/** On the way back a server that answers is not started, and a member that is not there is let be. */
function undoLines(step: RunbookStep, names: Names): readonly string[] {
  if (step.kind === "backend" && step.action === "start") {
    return [`begin ${quoted(step.member)} ${quoted(names.address(step.member))}`];
  }
  const lines = stepLines(step, names, false);
  const member = step.kind === "set" ? step.set.member : step.kind === "await-idle" ? step.member : undefined;
  if (member === undefined) return lines;
  return lines.map((line) => `! known ${quoted(names.worker(member))} || ${line}`);
}

/** The member and what is posted for it; `-` stands for the balancer. */
function formOf(set: SetStep, names: Names): string {
  const loadfactor = set.loadfactor === undefined ? {} : { w_lf: hundredths(set.loadfactor) };
  const pairs = Object.entries({ ...changeForm(set), ...loadfactor }).map(([key, value]) => quoted(`${key}=${value}`));
  return [quoted(names.worker(set.member)), ...pairs].join(" ");
}

/** A load factor as httpd keeps and shows it. */
function hundredths(loadfactor: number): string {
  return (lbfactorOf(loadfactor) / 100).toFixed(2);
}

function namesOf(cluster: Cluster): Names {
  const urls = new Map(cluster.members.map(({ name, url }) => [name, urlText(url)]));
  const address = (member: string): string => urls.get(member) ?? member;
  return {
    address,
    worker(member) {
      if (member === undefined) return "-";
      const url = withoutSocket(address(member)) ?? address(member);
      const worker = readWorkerUrl(url);
      return typeof worker === "string" ? url : worker.name;
    },
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}

/** One word for the shell, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
