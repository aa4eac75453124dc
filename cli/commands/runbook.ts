import { runbook } from "../../core/promises/runbook/runbook.js";
import type { Operation, Runbook } from "../../core/promises/runbook/step.js";
import { runbookText } from "../../core/promises/runbook/text.js";
import { initialStatus } from "../../core/topology/roles.js";
import type { Cluster } from "../../core/topology/topology.js";
import { ProblemError, problemText } from "../../core/vocabulary/problem.js";
import { suggestion } from "../../core/vocabulary/suggest.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { EXIT, UnusableError } from "../io.js";
import { runbookShell } from "../runbook-shell.js";

const OPERATIONS: readonly Operation["kind"][] = ["drain", "rolling-restart", "shift-weights"];

/** `httpd-balancer runbook`: ordered steps of an operation, each proved to keep every request served. */
export const command: Command = {
  configure: (command) =>
    withConfOptions(command)
      .argument("<operation>", OPERATIONS.join(", "))
      .argument("<input>", "an httpd.conf, a folder with one, or a spec")
      .option("--cluster <name>", "the cluster (default: the only one)")
      .option("--member <name...>", "members to drain or restart (rolling-restart: default all)")
      .option("--weight <member=loadfactor...>", "new load factors, for shift-weights")
      .option("--format <format>", "text, sh or json", "text")
      .option("--json", "short for --format json"),
  run([kind, path], options, io) {
    const input = loadInput(String(path), io, options);
    const cluster = clusterOf(input, options["cluster"]);
    const operation = operationOf(String(kind), cluster, options);
    const book = made(input, cluster, operation);
    io.stdout(formatted(cluster, book, options["json"] === true ? "json" : String(options["format"])));
    return EXIT.clean;
  },
};

function clusterOf({ topology, path }: Input, name: Options[string]): Cluster {
  const { clusters } = topology;
  const known = clusters.map((cluster) => cluster.name);
  if (name === undefined) {
    const [only] = clusters;
    if (only !== undefined && clusters.length === 1) return only;
    throw new UnusableError(`${path}: has ${clusters.length} clusters; name one with --cluster: ${known.join(", ")}`);
  }
  const found = clusters.find((cluster) => cluster.name === name);
  if (found === undefined)
    throw new UnusableError(`--cluster: found '${String(name)}'; ${suggestion(String(name), known)}`);
  return found;
}

function operationOf(kind: string, cluster: Cluster, options: Options): Operation {
  const members = words(options["member"]);
  switch (kind) {
    case "drain": {
      const [member] = members;
      if (member === undefined || members.length > 1) throw new UnusableError("drain: name the member with --member");
      return { kind, member };
    }
    case "rolling-restart": {
      const inService = cluster.members.filter(({ name }) => !isOut(cluster, name));
      return { kind, members: members.length > 0 ? members : inService.map(({ name }) => name) };
    }
    case "shift-weights":
      return { kind, weights: weightsOf(words(options["weight"])) };
    default:
      throw new UnusableError(`operation: found '${kind}'; ${suggestion(kind, OPERATIONS)}`);
  }
}

function isOut(cluster: Cluster, name: string): boolean {
  const member = cluster.members.find((candidate) => candidate.name === name);
  const letters: ReadonlySet<string> = member === undefined ? new Set() : initialStatus(member);
  return ["D", "S", "N"].some((letter) => letters.has(letter));
}

function weightsOf(given: readonly string[]): Readonly<Record<string, number>> {
  if (given.length === 0) throw new UnusableError("shift-weights: name members and load factors with --weight node1=3");
  return Object.fromEntries(
    given.map((word) => {
      const at = word.lastIndexOf("=");
      const weight = Number(word.slice(at + 1));
      if (at > 0 && word.length > at + 1 && Number.isFinite(weight)) return [word.slice(0, at), weight] as const;
      throw new UnusableError(`--weight: found '${word}'; write member=loadfactor`);
    }),
  );
}

function words(option: Options[string]): readonly string[] {
  if (option === undefined || typeof option === "boolean") return [];
  return typeof option === "string" ? [option] : option;
}

function made(input: Input, cluster: Cluster, operation: Operation): Runbook {
  try {
    return runbook(input.topology, cluster, operation);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new UnusableError(error.problems.map(problemText).join("\n"));
  }
}

function formatted(cluster: Cluster, book: Runbook, format: string): string {
  if (format === "json") return `${JSON.stringify(book, null, 2)}\n`;
  if (format === "sh") return runbookShell(cluster, book);
  if (format === "text") return runbookText(book);
  throw new UnusableError(`--format: found '${format}'; use one of text, sh, json`);
}
