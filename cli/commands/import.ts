import { jsonText } from "../../core/report/json-text.js";
import { basename } from "node:path";
import { withoutSecrets } from "../../core/report/secrets.js";
import { fromBytes } from "../../core/httpd/bytes.js";
import { findFaults } from "../../core/conf/text/faults.js";
import { parse } from "../../core/conf/text/parse.js";
import { outputFaults } from "../../core/render/proof.js";
import { adoptTopology } from "../../core/render/adopt.js";
import type { Adopted } from "../../core/render/adopt.js";
import { specYaml } from "../../core/spec/spec.js";
import { typescriptStack } from "../../core/render/typescript.js";
import { meantText } from "../../core/vocabulary/meant-httpd.js";
import { problemText } from "../../core/vocabulary/problem.js";
import type { Pointer } from "../../core/vocabulary/problem.js";
import type { Command } from "../command.js";
import { IMPORT_FORMATS, importWorkers, isWorkersFile } from "../import-workers.js";
import { withJk } from "../import-jk.js";
import { importJson, importLines, unusableNotes } from "../import-report.js";
import type { ImportNote } from "../import-report.js";
import { isOwnerOnly } from "../owner-only.js";
import { outputNotes, standing, toldWith } from "../output-faults.js";
import type { OutputNote } from "../output-faults.js";
import { nodeNotes } from "../import-nodes.js";
import { nodeFilesOf, withNodeFiles } from "../node-files.js";
import { withConfOptions } from "../conf-options.js";
import { loadInput } from "../input.js";
import type { Input } from "../input.js";
import { EXIT, RejectedError, UnusableError } from "../io.js";
import type { Io } from "../io.js";

const FORMATS = IMPORT_FORMATS;

/** `httpd-balancer import`: adopts an httpd.conf; says on stderr what became of each of its lines. */
export const command: Command = {
  configure: (command) =>
    withNodeFiles(withConfOptions(command))
      .argument("<file>", "httpd.conf, or a folder with one; or mod_jk's workers.properties")
      .requiredOption("--to <format>", "ts for a stack, yaml for a spec")
      .option("--out <file>", "file to write; stdout where it is left out")
      .option("--unproven", "write it although it is not shown that nobody reaches more than before")
      .option("--json", "print one JSON document: the text, unless --out names a file, and what became of each line"),
  run([file], options, io) {
    const format = FORMATS.find((known) => known === options["to"]);
    if (format === undefined) throw new UnusableError(`--to: found '${String(options["to"])}'; use ts or yaml`);
    if (isWorkersFile(String(file))) return importWorkers(String(file), format, options, io);
    const beside = nodeFilesOf(options, io);
    const read = explained(() => loadInput(String(file), io, options, { modernAccess: true }), String(file), io);
    if (read.kind === "spec") throw new UnusableError(`${read.path}: is a spec already; name an httpd.conf`);
    const { input, notes: ofJk } = withJk(read, beside);
    const adopted = adoptTopology(input.topology);
    const text = format === "ts" ? typescriptStack(adopted.topology, basename(input.path)) : specYaml(adopted.topology);
    const unproven = options["unproven"] === true;
    const proof = proofOf(adopted, input);
    const against = standing(proof, unproven);
    const out = options["out"] === undefined ? undefined : String(options["out"]);
    const refused = [...ofJk.filter(({ verdict }) => verdict === "refused"), ...adopted.problems];
    const isWritable = against.length === 0 && refused.length === 0;
    if (out !== undefined && isWritable) {
      io.writeFiles([{ path: out, text, secret: isOwnerOnly(adopted.topology, text) }]);
    }
    const unusable = unusableNotes(refused, input.path, out);
    const nodes = nodeNotes(beside, input.run);
    const notes = [...ofJk, ...notesOf(adopted, input), ...against, ...toldWith(proof), ...unusable, ...nodes];
    if (options["json"] === true) {
      const written = !isWritable ? { format } : out === undefined ? { format, text } : { format, out };
      const httpd = input.meant.version;
      io.deliver(jsonText({ ...written, ...importJson(input.lines, notes), httpd }, 2));
    } else {
      const report = [...importLines(input.lines, notes), meantText(input.meant)];
      io.stderr(report.map((line) => `${line}\n`).join(""));
      if (out === undefined && isWritable) io.deliver(text);
    }
    const lost =
      input.lines.some(({ verdict }) => verdict === "lost") ||
      adopted.notes.some((note) => note.lost) ||
      ofJk.some(({ verdict }) => verdict === "lost");
    return lost || !isWritable ? EXIT.findings : EXIT.clean;
  },
};

/** What is against writing it: the httpd.conf that comes of it is compared with the one that was read. */
function proofOf({ topology, problems }: Adopted, input: Input): readonly OutputNote[] {
  if (problems.length > 0) return [];
  return outputNotes(outputFaults(input, topology), input.path, "the httpd.conf it is rendered to");
}

/** What httpd refuses for one of the usual slips is explained, and every other slip of the file beside it. */
function explained(load: () => Input, file: string, io: Io): Input {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof RejectedError) || io.readFolder(file) !== undefined) throw error;
    const faults = findFaults(parse(fromBytes(io.readBytes(file))));
    const lines = faults.map(({ line, column, why, instead }) => `${file}:${line}:${column}: ${why}: ${instead}`);
    throw new RejectedError(withoutSecrets([error.message, ...lines].join("\n")));
  }
}

/** What is said beside the lines, each at its place in the file. */
function notesOf({ notes, problems }: Adopted, input: Input): readonly ImportNote[] {
  const placed = (at: Pointer): Pick<ImportNote, "file" | "line"> => input.locate(at) ?? { file: input.path };
  return [
    ...notes.map(({ at, text, lost }): ImportNote => ({ ...placed(at), verdict: lost ? "lost" : "note", text })),
    ...problems.map((problem): ImportNote => ({
      ...placed(problem.at),
      verdict: "refused",
      text: problemText(problem),
    })),
  ];
}
