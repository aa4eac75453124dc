import { basename } from "node:path";
import { adoptTopology } from "../../core/render/adopt.js";
import type { Adopted } from "../../core/render/adopt.js";
import { specYaml } from "../../core/render/spec-yaml.js";
import { typescriptStack } from "../../core/render/typescript.js";
import { problemText } from "../../core/vocabulary/problem.js";
import type { Pointer } from "../../core/vocabulary/problem.js";
import type { Command } from "../command.js";
import { importLines } from "../import-report.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { EXIT, UnusableError } from "../io.js";

const FORMATS = ["ts", "yaml"] as const;

/** `httpd-balancer import`: adopts an httpd.conf; says on stderr what became of each of its lines. */
export const command: Command = {
  configure: (command) =>
    command
      .argument("<file>", "httpd.conf, or a folder with one")
      .requiredOption("--to <format>", "ts for a stack, yaml for a spec")
      .option("--out <file>", "file to write; stdout where it is left out"),
  run([file], options, io) {
    const format = FORMATS.find((known) => known === options["to"]);
    if (format === undefined) throw new UnusableError(`--to: found '${String(options["to"])}'; use ts or yaml`);
    const input = loadInput(String(file), io);
    if (input.kind === "spec") throw new UnusableError(`${input.path}: is a spec already; name an httpd.conf`);
    const adopted = adoptTopology(input.topology);
    const text = format === "ts" ? typescriptStack(adopted.topology, basename(input.path)) : specYaml(adopted.topology);
    const report = [...importLines(input.lines), ...noteLines(adopted, input)];
    io.stderr(report.map((line) => `${line}\n`).join(""));
    const out = options["out"];
    if (out === undefined) io.stdout(text);
    else io.writeText(String(out), text);
    const lost = input.lines.some(({ verdict }) => verdict === "lost") || adopted.notes.some((note) => note.lost);
    return lost || adopted.problems.length > 0 ? EXIT.findings : EXIT.clean;
  },
};

function noteLines({ notes, problems }: Adopted, input: Input): readonly string[] {
  const where = (at: Pointer): string => {
    const place = input.locate(at);
    return place === undefined ? input.path : `${place.file}:${place.line}`;
  };
  return [
    ...notes.map(({ at, text, lost }) => `${where(at)}: ${lost ? "not carried" : "note"}: ${text}`),
    ...problems.map((problem) => `${where(problem.at)}: not accepted: ${problemText(problem)}`),
  ];
}
