import { resolve } from "node:path";
import { runProgram } from "../../cli/program.js";
import { UnusableError } from "../../cli/io.js";
import type { ExitStatus, Io } from "../../cli/io.js";

/** What a command left behind. */
export interface CommandResult {
  readonly status: ExitStatus;
  readonly stdout: string;
  readonly stderr: string;
  /** All files, written ones included. */
  readonly files: Readonly<Record<string, string>>;
  /** Written files that only their owner may read. */
  readonly ownerOnly: readonly string[];
}

/** Runs the program on files in memory. */
export async function runCommand(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
  terminal: Pick<Io, "width" | "columns" | "ask"> = {},
): Promise<CommandResult> {
  const all: Record<string, string> = { ...files };
  const out = { stdout: "", stderr: "" };
  const ownerOnly: string[] = [];
  const io: Io = {
    readBytes(path) {
      const text = all[path];
      if (text === undefined) throw new UnusableError(`${path}: no such file; check the path`);
      return new TextEncoder().encode(text);
    },
    readStdin: () => new TextEncoder().encode(all["-"] ?? ""),
    readFolder(path) {
      const prefix = `${path.replace(/\/$/, "")}/`;
      const inside = Object.keys(all).filter((file) => file.startsWith(prefix));
      if (inside.length === 0) return undefined;
      return [...new Set(inside.map((file) => file.slice(prefix.length).split("/")[0] ?? ""))].sort();
    },
    kindOf(path) {
      if (all[path] !== undefined) return "file";
      return this.readFolder(path) === undefined ? undefined : "folder";
    },
    realPath: (path) => (all[path] === undefined ? undefined : resolve(path)),
    exists: (path) => Object.keys(all).some((file) => file === path || file.startsWith(`${path}/`)),
    writeFiles(written) {
      for (const { path, text, secret } of written) {
        if (secret === true) ownerOnly.push(path);
        all[path] = typeof text === "string" ? text : new TextDecoder().decode(text);
      }
    },
    stdout(text) {
      out.stdout += text;
    },
    stderr(text) {
      out.stderr += text;
    },
    deliver(text) {
      out.stdout += text;
    },
    confined: false,
    colour: false,
    ...terminal,
  };
  const status = await runProgram(words, io);
  return { status, ...out, files: all, ownerOnly };
}
