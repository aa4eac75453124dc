import { join } from "node:path";
import { fillText } from "../../core/render/files.js";
import { outputFaults } from "../../core/render/proof.js";
import type { Original } from "../../core/render/proof.js";
import { renderTopology } from "../../core/render/render.js";
import { readSpec } from "../../core/spec/read-spec.js";
import type { PlacedProblem } from "../../core/vocabulary/problem.js";
import { LAYOUTS } from "../../core/vocabulary/layouts.js";
import type { Layout } from "../../core/vocabulary/layouts.js";
import { problemText } from "../../core/vocabulary/problem.js";
import { suggestion } from "../../core/vocabulary/suggest.js";
import type { Command, Options } from "../command.js";
import { outputNotes, outputText, standing } from "../output-faults.js";
import type { OutputNote } from "../output-faults.js";
import { EXIT, RejectedError, UnusableError } from "../io.js";
import type { Io } from "../io.js";

/** `httpd-balancer render`: writes all files, or none when something is wrong. */
export const command: Command = {
  configure: (command) =>
    command
      .argument("<spec>", "the spec, YAML or JSON")
      .requiredOption("--out <folder>", "folder to write to")
      .option("--layout <layout>", `layout of all servers: ${Object.keys(LAYOUTS).join(", ")}`)
      .option("--fragment", "write a part to be included into an existing httpd.conf")
      .option("--unproven", "write it although it is not shown that it lets in only whom the spec lets in")
      .option("--json", "print one JSON document: the files written"),
  run([spec], options, io) {
    const file = String(spec);
    const reading = readSpec(new TextDecoder().decode(io.readBytes(file)), file);
    if (!reading.ok) throw new RejectedError(reading.problems.map(located).join("\n"));
    const layout = layoutOf(options);
    const rendered = renderTopology(reading.topology, {
      ...(layout === undefined ? {} : { layout }),
      form: options["fragment"] === true ? "fragment" : "httpd",
    });
    if (!rendered.ok) {
      const placed = rendered.problems.map((problem) => ({ ...problem, ...reading.locate(problem.at) }));
      throw new RejectedError(placed.map(located).join("\n"));
    }
    const unproven = options["unproven"] === true;
    const against = standing(proofOf(reading, file), unproven);
    if (against.length > 0) throw new RejectedError(against.map(outputText).join("\n"));
    const written = rendered.files.map(({ path, text }) => {
      const file = join(String(options["out"]), path);
      io.writeText(
        file,
        fillText(text, ({ deferred }) => `<deferred: ${deferred}>`),
      );
      return file;
    });
    report(written, options, io);
    return EXIT.clean;
  },
};

/** Requests that are followed: what is written is what the spec is said to mean, so that a few of each kind are enough. */
const MOST_REQUESTS = 1_000;

/** Members of a spec that is judged whatever it says. */
const MOST_MEMBERS = 2_000;

/**
 * What is against writing it: what was rendered is read again, by httpd's rules and by the way of requests. A big spec
 * without lines of its own says nothing whose every value has not been judged one by one; it is not read a second time.
 */
function proofOf(spec: Original, path: string): readonly OutputNote[] {
  const { clusters, servers } = spec.topology;
  const members = clusters.reduce((sum, cluster) => sum + cluster.members.length, 0);
  const scopes = servers.flatMap((server) => [server, ...server.virtualHosts]);
  if (members > MOST_MEMBERS && [...clusters, ...scopes].every(({ extra = [] }) => extra.length === 0)) return [];
  const output = servers.length === 1 ? "the httpd.conf" : "its httpd.conf";
  return outputNotes(outputFaults(spec, spec.topology, MOST_REQUESTS), path, output);
}

function layoutOf(options: Options): Layout | undefined {
  const name = options["layout"];
  if (name === undefined) return undefined;
  const known: Readonly<Record<string, Layout>> = LAYOUTS;
  const layout = Object.hasOwn(LAYOUTS, String(name)) ? known[String(name)] : undefined;
  if (layout !== undefined) return layout;
  throw new UnusableError(`--layout: found '${String(name)}'; ${suggestion(String(name), Object.keys(LAYOUTS))}`);
}

function located(problem: PlacedProblem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problemText(problem)}`;
}

function report(written: readonly string[], options: Options, io: Io): void {
  if (options["json"] === true) io.stdout(`${JSON.stringify({ files: written }, undefined, 2)}\n`);
  else io.stdout(written.map((file) => `wrote ${file}\n`).join(""));
}
