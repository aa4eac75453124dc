import { basename, join } from "node:path";
import type { Command as CommanderCommand } from "commander";
import { isServerFileName, isUnread, readServerFile } from "../core/server-files/read-server-file.js";
import type { ServerFile } from "../core/server-files/server-file.js";
import type { Options } from "./command.js";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";

/** Folders in each other that are looked through, and files that are read of them. */
const DEEPEST = 6;
const MOST_FILES = 2_000;

/** Folders whose name says nothing about whose server the files in them are. */
const NAMELESS: ReadonlySet<string> = new Set([
  "",
  ".",
  "..",
  "conf",
  "configuration",
  "standalone",
  "WEB-INF",
  "nodes",
  "deployments",
  "webapps",
]);

/** Declares `--node` of the commands that look at servers' own files. */
export function withNodeFiles(command: CommanderCommand): CommanderCommand {
  return command.option(
    "--node <file>",
    "server.xml, standalone.xml, web.xml, jboss-cli script or workers.properties beside it, or a folder with such; NAME=FILE says whose it is, FILE,PROPERTY=VALUE how it is started (repeatable)",
    (word: string, before: readonly string[]) => [...before, word],
    [],
  );
}

/**
 * What the files of `--node` say.
 *
 * @throws UnusableError for what cannot be read, and for what is no file of a server
 */
export function nodeFilesOf(options: Options, io: Io): readonly ServerFile[] {
  const given = options["node"];
  const words = Array.isArray(given) ? (given as readonly string[]) : [];
  return words.flatMap((word) => filesOf(word, io));
}

function filesOf(word: string, io: Io): readonly ServerFile[] {
  const [first = "", ...rest] = io.exists(word) ? [word] : word.split(",");
  const equals = io.exists(first) ? -1 : first.indexOf("=");
  const node = equals > 0 ? first.slice(0, equals) : undefined;
  const path = first.slice(equals + 1);
  const properties = new Map(rest.map(property));
  const inside = io.readFolder(path);
  if (inside === undefined) return [readOne(path, { node, properties }, io)];
  const found = filesIn(path, inside, 1, io);
  if (found.length === 0) {
    throw new UnusableError(`${path}: holds no server.xml, standalone.xml, web.xml, *.cli or workers.properties`);
  }
  return found.map((file) => readOne(file, { node: node ?? nodeOf(file, found), properties }, io));
}

interface Told {
  readonly node: string | undefined;
  readonly properties: ReadonlyMap<string, string>;
}

function readOne(file: string, told: Told, io: Io): ServerFile {
  const text = new TextDecoder().decode(io.readBytes(file));
  const read = readServerFile({ file, text, ...told });
  if (!isUnread(read)) return read;
  const { line, column } = read.place;
  throw new UnusableError(
    `${file}:${line}:${column}: ${read.why}; correct it, or name a file of an application server or of mod_jk`,
  );
}

function property(word: string): readonly [string, string] {
  const equals = word.indexOf("=");
  if (equals > 0) return [word.slice(0, equals).replace(/^-D/, ""), word.slice(equals + 1)];
  throw new UnusableError(`--node: found '${word}'; write FILE,PROPERTY=VALUE, such as server.xml,jvmRoute=node1`);
}

function filesIn(folder: string, names: readonly string[], depth: number, io: Io): readonly string[] {
  const found: string[] = [];
  const servers = names.filter((name) => /^standalone[\w.-]*\.xml$/i.test(name));
  if (servers.length > 1) {
    throw new UnusableError(`${folder}: holds ${servers.join(", ")}; name the one that the server is started with`);
  }
  for (const name of names) {
    // Beside a server.xml stands what all its applications begin with, and what was replaced is no part of a server.
    if ((name === "web.xml" && names.includes("server.xml")) || name === "standalone_xml_history") continue;
    const path = join(folder, name);
    const inside = depth < DEEPEST && io.kindOf(path) === "folder" ? io.readFolder(path) : undefined;
    if (inside !== undefined) found.push(...filesIn(path, inside, depth + 1, io));
    else if (isServerFileName(name) && io.kindOf(path) === "file") found.push(path);
    if (found.length > MOST_FILES) throw new UnusableError(`${folder}: holds more than ${MOST_FILES} files of servers`);
  }
  return found;
}

/** Of several servers in one folder each is that of the folder above its file, where that has a name. */
function nodeOf(file: string, all: readonly string[]): string | undefined {
  if (all.length < 2) return undefined;
  return file
    .split("/")
    .slice(0, -1)
    .findLast((name) => !NAMELESS.has(basename(name)));
}
