import { jsonText } from "../core/report/json-text.js";
import { basename } from "node:path";
import { checkTopology } from "../core/check/topology.js";
import { adoptWorkers } from "../core/mod-jk/adopt-workers.js";
import type { AdoptedNote } from "../core/mod-jk/adopt-workers.js";
import { readProperties } from "../core/server-files/read-workers.js";
import { typescriptStack } from "../core/render/typescript.js";
import { specYaml } from "../core/spec/spec.js";
import { problemText } from "../core/vocabulary/problem.js";
import type { Options } from "./command.js";
import { importJson, importLines, unusableNotes } from "./import-report.js";
import type { ImportNote } from "./import-report.js";
import { EXIT, UnusableError } from "./io.js";
import type { ExitStatus, Io } from "./io.js";
import { isOwnerOnly } from "./owner-only.js";

/** What `import` writes: a stack, or a spec. */
export const IMPORT_FORMATS = ["ts", "yaml"] as const;

/** True for mod_jk's file, by its name. */
export function isWorkersFile(path: string): boolean {
  return path.endsWith(".properties");
}

/** `import` of a workers.properties: its balancers as clusters, and what of it httpd has nothing for. */
export function importWorkers(
  file: string,
  format: (typeof IMPORT_FORMATS)[number],
  options: Options,
  io: Io,
): ExitStatus {
  const read = readProperties(new TextDecoder().decode(io.readBytes(file)));
  if (read.workers.balancers.length === 0) {
    throw new UnusableError(
      `${file}: worker.list names no balancer and no AJP worker; name mod_jk's workers.properties`,
    );
  }
  const { topology, notes } = adoptWorkers(read);
  const text = format === "ts" ? typescriptStack(topology, basename(file)) : specYaml(topology);
  const problems = checkTopology(topology);
  const refused = [...notes.filter((note) => note.refused === true), ...problems];
  const out = options["out"] === undefined ? undefined : String(options["out"]);
  const isWritable = refused.length === 0;
  const said: readonly ImportNote[] = [
    ...notes.map((note) => workersNote(note, file)),
    { file, verdict: "note", text: "mounts are JkMount lines: import the httpd.conf that has them, or add a server" },
    ...problems.map((problem): ImportNote => ({ file, verdict: "refused", text: problemText(problem) })),
    ...unusableNotes(refused, file, out),
  ];
  if (out !== undefined && isWritable) io.writeFiles([{ path: out, text, secret: isOwnerOnly(topology, text) }]);
  if (options["json"] === true) {
    const written = !isWritable ? { format } : out === undefined ? { format, text } : { format, out };
    io.deliver(jsonText({ ...written, ...importJson([], said) }, 2));
  } else {
    io.stderr(
      importLines([], said)
        .slice(1)
        .map((line) => `${line}\n`)
        .join(""),
    );
    if (out === undefined && isWritable) io.deliver(text);
  }
  return !isWritable || notes.some(({ lost }) => lost) ? EXIT.findings : EXIT.clean;
}

/** What is said of a line of a workers.properties. */
export function workersNote({ line, text, lost, refused }: AdoptedNote, file: string): ImportNote {
  const verdict = refused === true ? "refused" : lost ? "lost" : "note";
  return { file, ...(line === undefined ? {} : { line }), verdict, text };
}
