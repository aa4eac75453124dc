import { existsSync, readFileSync, readSync, readdirSync, realpathSync, statSync, writeSync } from "node:fs";
import { UnusableError } from "./io.js";
import type { Io } from "./io.js";
import { ledOut } from "./led-out.js";
import { writeFiles } from "./write-files.js";

/** Largest file that is read, bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The name of what is piped in. */
const STDIN = "-";

/** Bytes that are asked for at once. */
const PART = 64 * 1024;

/** What is piped in may have no end: it is counted while it comes. */
function readStdin(): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let size = 0; size <= MOST_BYTES;) {
    const part = new Uint8Array(PART);
    const length = readPart(part);
    if (length === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, length));
    size += length;
  }
  throw new UnusableError(`-: has more than ${MOST_BYTES} bytes, of which no more are read`);
}

/** Waits where whoever writes the pipe has nothing yet. */
function readPart(part: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, part);
    } catch (error) {
      if (reason(error) === "EOF") return 0;
      if (reason(error) !== "EAGAIN") throw new UnusableError(readFailure(STDIN, error));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** Files and terminal of this process. */
export const nodeIo: Io = {
  readBytes(path, judged = false) {
    if (path === STDIN) return readStdin();
    if (kindOf(path) === "other") throw new UnusableError(`${path}: is no regular file; name one`);
    const real = judged ? undefined : ledOut(path);
    if (real !== undefined) throw new UnusableError(`${path}: a link leads to ${real}, out of this folder; name that`);
    try {
      const { size } = statSync(path);
      if (size > MOST_BYTES) throw new UnusableError(`${path}: has ${size} bytes; at most ${MOST_BYTES} are read`);
      return readFileSync(path);
    } catch (error) {
      if (error instanceof UnusableError) throw error;
      throw new UnusableError(readFailure(path, error));
    }
  },
  readStdin,
  kindOf,
  realPath: (path) => (existsSync(path) ? realpathSync(path) : undefined),
  readFolder(path) {
    if (!existsSync(path) || !statSync(path).isDirectory()) return undefined;
    return readdirSync(path).sort();
  },
  exists: (path) => existsSync(path),
  writeFiles,
  stdout: (text) => {
    writeAll(1, text);
  },
  stderr: (text) => {
    writeAll(2, text);
  },
  deliver: (text) => {
    writeAll(1, text);
  },
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
  confined: process.env["CI"] === "true",
  width: Math.max(40, process.stdout.isTTY ? process.stdout.columns : 80),
  ...(process.stdout.isTTY ? { columns: Math.max(40, process.stdout.columns) } : {}),
  colour: showsColours(process.env, process.stdout.isTTY),
};

/** FORCE_COLOR is for what shows colours and is no terminal, as the log of a pipeline; NO_COLOR goes before it. */
export function showsColours(
  { NO_COLOR: none = "", FORCE_COLOR: forced }: Readonly<Partial<Record<string, string>>>,
  terminal: boolean,
): boolean {
  if (none !== "") return false;
  return forced === undefined ? terminal : forced !== "0" && forced !== "false";
}

/** The question goes to stderr: what is printed is for whoever reads stdout. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** Folders whose files are made by the kernel while they are read, some of them without end. */
const PSEUDO_FILES = /^\/(?:proc|sys|dev)\//;

function kindOf(path: string): "file" | "folder" | "other" | undefined {
  if (!existsSync(path)) return undefined;
  const found = statSync(path);
  if (found.isDirectory()) return "folder";
  return found.isFile() && !PSEUDO_FILES.test(realpathSync(path)) ? "file" : "other";
}

function readFailure(path: string, error: unknown): string {
  const code = reason(error);
  if (code === "ENOENT") return `${path}: no such file; check the path`;
  if (code === "EISDIR") return `${path}: is a folder; name a file in it`;
  if (code === "EACCES") return `${path}: cannot be read, permission denied; check its owner and mode`;
  return `${path}: cannot be read (${code})`;
}

function reason(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

/** Writes synchronously to the end, so that nothing is lost when the process ends; a closed pipe is not an error. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (reason(error) === "EAGAIN") continue;
      if (reason(error) === "EPIPE") return;
      throw error;
    }
  }
}
