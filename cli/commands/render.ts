import { join } from "node:path";
import { fillText } from "../../core/render/files.js";
import { renderTopology } from "../../core/render/render.js";
import { readSpec } from "../../core/spec/read-spec.js";
import type { PlacedProblem } from "../../core/vocabulary/problem.js";
import { LAYOUTS } from "../../core/vocabulary/layouts.js";
import type { Layout } from "../../core/vocabulary/layouts.js";
import { problemText } from "../../core/vocabulary/problem.js";
import { suggestion } from "../../core/vocabulary/suggest.js";
import type { Command, Options } from "../command.js";
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
