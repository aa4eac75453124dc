import { basename, dirname, join } from "node:path";
import { rootRelative } from "../core/conf/run/reader.js";
import { adoptJk, jkLinesOf } from "../core/mod-jk/adopt-jk.js";
import type { LostJkLine } from "../core/mod-jk/adopt-jk.js";
import { jkLineOf } from "../core/mod-jk/jk-lines.js";
import { readProperties } from "../core/server-files/read-workers.js";
import type { ReadWorkers } from "../core/server-files/read-workers.js";
import type { ServerFile } from "../core/server-files/server-file.js";
import type { ImportNote } from "./import-report.js";
import { workersNote } from "./import-workers.js";
import type { Input } from "./input.js";

/** An input without lines of mod_jk, and what is to be said of them. */
export interface WithoutJk {
  readonly input: Input;
  readonly notes: readonly ImportNote[];
}

/**
 * An httpd.conf with `JkMount` lines as one that mounts clusters: its workers are those of the `workers.properties` that
 * was named beside it, else of its `JkWorkersFile`.
 */
export function withJk(input: Input, beside: readonly ServerFile[]): WithoutJk {
  const lines = jkLinesOf(input.topology);
  if (lines.every(({ name }) => name !== "jkmount")) return { input, notes: [] };
  const named = lines.find(({ name }) => name === "jkworkersfile")?.words[0];
  const workers = workersBeside(beside) ?? workersNamed(named, input);
  if (workers === undefined) {
    const what = named === undefined ? "no JkWorkersFile is named" : `${named} is not there`;
    const text = `${what}: name mod_jk's workers.properties with --node, so that JkMount is carried over`;
    return { input, notes: [{ file: input.path, verdict: "lost", text }] };
  }
  const { topology, ofWorkers, ofLines } = adoptJk(input.topology, workers.read);
  return {
    input: { ...input, topology, lines: input.lines.map((line) => carried(line, ofLines)) },
    notes: ofWorkers.map((note) => workersNote(note, workers.file)),
  };
}

interface FoundWorkers {
  readonly file: string;
  readonly read: ReadWorkers;
}

function workersBeside(beside: readonly ServerFile[]): FoundWorkers | undefined {
  return beside.find((file) => file.kind === "workers");
}

/**
 * The path as httpd has it, else the file of its name beside the httpd.conf: configurations are copied together. What may
 * not be included may not be read here either.
 */
function workersNamed(named: string | undefined, { path, run }: Input): FoundWorkers | undefined {
  if (named === undefined || run === undefined) return undefined;
  const folder = dirname(path);
  const places = [rootRelative(run.serverRoot ?? folder, named), join(folder, named), join(folder, basename(named))];
  for (const file of places) {
    const text = run.reader.readText(file);
    if (text !== undefined) return { file, read: readProperties(text) };
  }
  return undefined;
}

type Line = Input["lines"][number];

function carried(line: Line, lost: readonly LostJkLine[]): Line {
  if (jkLineOf(line.text) === undefined) return line;
  const { place, text } = line;
  const own = lost.find((one) => one.text === text.trim());
  return own === undefined ? { place, text, verdict: "understood" } : { place, text, verdict: "lost", why: own.why };
}
