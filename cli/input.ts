import { basename, dirname, join, resolve } from "node:path";
import { fromBytes } from "../core/conf/text/bytes.js";
import type { ConfigTest } from "../core/conf/run/configtest.js";
import { configtest } from "../core/conf/run/configtest.js";
import type { ConfReader } from "../core/conf/run/reader.js";
import { readConf } from "../core/conf/read/read-conf.js";
import type { ReadLine, ReadOptions } from "../core/conf/read/read-conf.js";
import type { SourcePlace } from "../core/vocabulary/place.js";
import { statementsOf } from "../core/conf/run/statement.js";
import type { Topology } from "../core/topology/topology.js";
import { readSpec } from "../core/topology/spec.js";
import { problemText } from "../core/vocabulary/problem.js";
import type { Pointer } from "../core/vocabulary/problem.js";
import { RejectedError, UnusableError } from "./io.js";
import type { Io } from "./io.js";

/** What a command was given: an httpd.conf or a spec, as a topology that knows where it is written. */
export interface Input {
  readonly kind: "conf" | "spec";
  /** The file read: the main one of a folder. */
  readonly path: string;
  readonly topology: Topology;
  /** Where the value of a pointer into the topology is written, or the nearest thing around it. */
  readonly locate: (at: Pointer) => SourcePlace | undefined;
  /** Of an httpd.conf: what became of each line. */
  readonly lines: readonly ReadLine[];
}

/** Names of an httpd.conf or spec in a folder, the first that is there counts. */
const MAIN_FILES = [
  "httpd.conf",
  "apache2.conf",
  "conf/httpd.conf",
  "balancer.conf",
  "balancer.yaml",
  "balancer.yml",
  "balancer.json",
];

/**
 * Reads INPUT of a command: an httpd.conf, a folder that holds one, or a spec.
 *
 * Throws an UnusableError for what cannot be read at all, and a RejectedError with httpd's sentence for an httpd.conf
 * that httpd would not start with, or with the problems of a spec.
 */
export function loadInput(path: string, io: Io, options: ReadOptions = {}): Input {
  const file = mainFile(path, io);
  const bytes = io.readBytes(file);
  if (isSpec(file, bytes)) return loadSpec(file, bytes);
  return loadConf(file, bytes, io, options);
}

/** Reads included files through `io`; what cannot be read counts as missing. */
export function confReader(io: Io): ConfReader {
  return {
    readText(path) {
      if (!io.exists(path) || io.readFolder(path) !== undefined) return undefined;
      return fromBytes(io.readBytes(path));
    },
    readFolder: (path) => io.readFolder(path),
  };
}

function loadConf(file: string, bytes: Uint8Array, io: Io, options: ReadOptions): Input {
  if (bytes.includes(0)) throw new UnusableError(`${file}: is a binary file; name an httpd.conf or a spec`);
  const { error, expansion } = testElsewhere(file, bytes, io);
  if (error !== undefined) throw new RejectedError(rejection(file, error));
  const { topology, lines, locate } = readConf(statementsOf(expansion.directives), options);
  return { kind: "conf", path: file, topology, lines, locate };
}

/** What httpd says on the machine the file is for. */
function testElsewhere(file: string, bytes: Uint8Array, io: Io): ConfigTest {
  const serverRoot = dirname(resolve(file));
  return configtest({ path: file, text: fromBytes(bytes), serverRoot, reader: confReader(io), elsewhere: true });
}

function rejection(
  file: string,
  error: { readonly message: string; readonly source?: string; readonly line?: number },
): string {
  const place = error.line === undefined ? "" : `:${error.line}`;
  return `${error.source ?? file}${place}: ${error.message}`;
}

function loadSpec(file: string, bytes: Uint8Array): Input {
  const reading = readSpec(new TextDecoder().decode(bytes), file);
  if (reading.ok) {
    const { topology, locate } = reading;
    return { kind: "spec", path: file, topology, locate, lines: [] };
  }
  const sentences = reading.problems.map((problem) => {
    const { line, column } = problem;
    return `${problem.file}:${line}:${column}: ${problemText(problem)}`;
  });
  throw new RejectedError(sentences.join("\n"));
}

/** The file itself, or the main file of a folder. */
export function mainFile(path: string, io: Io): string {
  if (io.readFolder(path) === undefined) return path;
  const found = MAIN_FILES.map((name) => join(path, name)).find((name) => io.exists(name));
  if (found !== undefined) return found;
  throw new UnusableError(`${path}: holds no ${MAIN_FILES.slice(0, 3).join(", ")} and no balancer.yaml; name the file`);
}

/** By name, else by its first word: JSON begins with `{`, and only YAML has a key before its first blank. */
export function isSpec(file: string, bytes: Uint8Array): boolean {
  if (/\.(ya?ml|json)$/i.test(basename(file))) return true;
  if (/\.conf$/i.test(basename(file))) return false;
  const text = fromBytes(bytes.subarray(0, 4096)).replace(/^(\s*#[^\n]*\n|\s+|---\n)*/, "");
  return text.startsWith("{") || /^[A-Za-z]+:(\s|$)/.test(text);
}
