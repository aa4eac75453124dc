import { basename } from "node:path";
import { fromBytes } from "../../core/conf/bytes.js";
import { findFaults } from "../../core/conf/faults.js";
import { parse } from "../../core/conf/parse.js";
import { adoptTopology } from "../../core/render/adopt.js";
import type { Adopted } from "../../core/render/adopt.js";
import { specYaml } from "../../core/render/spec-yaml.js";
import { typescriptStack } from "../../core/render/typescript.js";
import { problemText } from "../../core/vocabulary/problem.js";
import type { Pointer } from "../../core/vocabulary/problem.js";
import type { Command } from "../command.js";
import { importLines, redacted } from "../import-report.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { EXIT, RejectedError, UnusableError } from "../io.js";
import type { Io } from "../io.js";

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
    const input = explained(() => loadInput(String(file), io, { modernAccess: true }), String(file), io);
    if (input.kind === "spec") throw new UnusableError(`${input.path}: is a spec already; name an httpd.conf`);
    const adopted = adoptTopology(input.topology);
    const text = format === "ts" ? typescriptStack(adopted.topology, basename(input.path)) : specYaml(adopted.topology);
    const report = [...importLines(input.lines), ...noteLines(adopted, input)];
    io.stderr(redacted(report.map((line) => `${line}\n`).join("")));
    const out = options["out"];
    if (out === undefined) io.stdout(text);
    else io.writeText(String(out), text);
    const lost = input.lines.some(({ verdict }) => verdict === "lost") || adopted.notes.some((note) => note.lost);
    return lost || adopted.problems.length > 0 ? EXIT.findings : EXIT.clean;
  },
};

/** What httpd refuses for one of the usual slips is explained, and every other slip of the file beside it. */
function explained(load: () => Input, file: string, io: Io): Input {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof RejectedError) || io.readFolder(file) !== undefined) throw error;
    const faults = findFaults(parse(fromBytes(io.readBytes(file))));
    const lines = faults.map(({ line, column, why, instead }) => `${file}:${line}:${column}: ${why}: ${instead}`);
    throw new RejectedError(redacted([error.message, ...lines].join("\n")));
  }
}

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
