import { runbook } from "../../core/promises/runbook/runbook.js";
import type { Runbook } from "../../core/promises/runbook/step.js";
import { runbookScenario } from "../../core/promises/runbook/scenario.js";
import { runbookText } from "../../core/promises/runbook/text.js";
import { jsonText } from "../../core/report/json-text.js";
import type { Cluster } from "../../core/topology/topology.js";
import { meantText } from "../../core/vocabulary/meant-httpd.js";
import { ProblemError, problemText } from "../../core/vocabulary/problem.js";
import { suggestion } from "../../core/vocabulary/suggest.js";
import type { Command, Options } from "../command.js";
import { withConfOptions } from "../conf-options.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { EXIT, UnusableError } from "../io.js";
import { operationOf, OPERATIONS } from "../runbook-operation.js";
import { runRunbook } from "../runbook-run.js";
import { runbookShell } from "../runbook-shell.js";
import { scenarioYaml } from "../scenario-yaml.js";

/** `httpd-balancer runbook`: ordered steps of an operation, each proved to keep every request served. */
export const command: Command = {
  configure: (command) =>
    withConfOptions(command)
      .argument("<operation>", Object.keys(OPERATIONS).join(", "))
      .argument("<input>", "an httpd.conf, a folder with one, or a spec")
      .option("--cluster <name>", "the cluster (default: the only one)")
      .option("--member <name>", "a member, by name, URL or host:port; may be repeated", collected)
      .option("--zone <name>", "all members of a zone")
      .option("--weight <member=loadfactor>", "a new load factor; may be repeated", collected)
      .option("--stages <percents>", "shift-weights: percent of the way before the whole of it, for example 1,10,50")
      .option("--route <route>", "add: the route of the new member")
      .option("--set <setting=value>", "set-balancer: a setting; may be repeated", collected)
      .option("--undo", "the way back instead of the way there (with --format sh or --run)")
      .option("--run", "carry the steps out, each checked by its effect; a run that was interrupted goes on")
      .option("--or-undo", "with --run: go back when a step fails")
      .option("--manager <url>", "with --run: the front's balancer-manager, such as http://front1/balancer-manager")
      .option("--user <name>", "name for Basic authentication; the password is taken from MANAGER_PASSWORD")
      .option("--ca <file>", "certificates that are trusted, for https, PEM")
      .option("--journal <file>", "with --run: what the way back needs (default: a file in this folder)")
      .option("--format <format>", "text, sh, json or scenario (for rehearse and simulate)", "text")
      .option("--json", "short for --format json")
      .addHelpText("after", operationsHelp),
  run([kind, path], options, io) {
    const input = loadInput(String(path), io, options);
    const cluster = clusterOf(input, options["cluster"]);
    const book = asUsage(() => {
      const operation = operationOf(String(kind), input.topology, cluster, options);
      return runbook(input.topology, cluster, operation);
    });
    if (options["run"] === true) return runRunbook(book.operation, shellOf(input, cluster, book, options), options, io);
    const text = formatted(input, cluster, book, { options, width: io.width });
    // A script names members as the front does, with all that stands in their URLs.
    if (formatWord(options) === "sh") io.deliver(text);
    else io.stdout(text);
    return EXIT.clean;
  },
};

function collected(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

function operationsHelp(): string {
  const rows = Object.entries(OPERATIONS).map(([name, doc]) => `  ${name.padEnd(16)}${doc}`);
  return ["", "Operations:", ...rows].join("\n");
}

function clusterOf({ topology, path }: Input, name: Options[string]): Cluster {
  const { clusters } = topology;
  const known = clusters.map((cluster) => cluster.name);
  if (name === undefined) {
    const [only] = clusters;
    if (only !== undefined && clusters.length === 1) return only;
    throw new UnusableError(`${path}: has ${clusters.length} clusters; name one with --cluster: ${known.join(", ")}`);
  }
  const found = clusters.find((cluster) => cluster.name.toLowerCase() === String(name).toLowerCase());
  if (found === undefined)
    throw new UnusableError(`--cluster: found '${String(name)}'; ${suggestion(String(name), known)}`);
  return found;
}

function asUsage<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new UnusableError(error.problems.map(problemText).join("\n"));
  }
}

function formatWord({ json, format }: Options): string {
  return json === true ? "json" : String(format);
}

function formatted(
  input: Input,
  cluster: Cluster,
  book: Runbook,
  { options, width }: { readonly options: Options; readonly width: number | undefined },
): string {
  const format = formatWord(options);
  const meant = meantText(input.meant);
  if (format === "json") return jsonText({ ...book, httpd: input.meant.version }, 2);
  if (format === "text") return `${runbookText(book, width)}${meant}\n`;
  if (format === "scenario") {
    return `${scenarioYaml(runbookScenario(input.topology, cluster, book)).join("\n")}\n# ${meant}\n`;
  }
  if (format !== "sh") throw new UnusableError(`--format: found '${format}'; use one of text, sh, json, scenario`);
  return shellOf(input, cluster, book, options);
}

function shellOf({ topology, path, meant }: Input, cluster: Cluster, book: Runbook, options: Options): string {
  const unknown = cluster.members.find(({ url }) => typeof url !== "string");
  if (unknown !== undefined) {
    throw new UnusableError(
      `${path}: the URL of member '${unknown.name}' is known only after apply; give the httpd.conf that was applied instead`,
    );
  }
  const noted = { ...book, notes: [...book.notes, meantText(meant)] };
  return runbookShell(topology, cluster, noted, options["undo"] === true ? "undo" : "forward");
}
