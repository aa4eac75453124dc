import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childrenOf } from "./children.js";
import { guard } from "./guard.js";
import { holdsWithin } from "./poll.js";
import { privateFrame } from "./private-frame.js";
import { UnreadyError } from "./program.js";
import type { HttpdProgram } from "./program.js";
import type { ModuleName } from "../core/vocabulary/modules.js";

/** How a running httpd takes its configuration again. */
export type ReloadKind = "graceful" | "restart";

/** What a private httpd is started with. */
export interface HttpdOptions {
  readonly program: HttpdProgram;
  readonly modules: readonly ModuleName[];
  /** Configuration beyond what makes the process a private one: Listen, balancers, mounts. */
  readonly body: string;
  /** Most requests at the same time. @default 64 */
  readonly threads?: number;
}

/** A private httpd of this process. */
export interface Httpd {
  readonly pid: number;
  /** Its files: httpd.conf, error log, pid file. */
  readonly folder: string;
  errorLog(): string;
  /** Returns when only children with the new configuration are there. */
  reload(kind: ReloadKind): Promise<void>;
  /** Ends it and removes its folder. No effect the second time. */
  stop(): Promise<void>;
}

const START_DEADLINE = 20_000;
const RELOAD_DEADLINE = 30_000;
const STOP_DEADLINE = 10_000;
const SERVING = /AH00489|AH00163|AH00292/;

/**
 * Starts httpd in the foreground with a folder of its own, as a user without rights when this process is root, and
 * waits until it serves.
 *
 * @throws UnreadyError when it does not start, with what it complained about
 */
export async function startHttpd(options: HttpdOptions): Promise<Httpd> {
  const folder = mkdtempSync(join(tmpdir(), "httpd-rehearsal-"));
  chmodSync(folder, 0o755);
  const configFile = join(folder, "httpd.conf");
  const logFile = join(folder, "error.log");
  writeFileSync(configFile, privateFrame({ ...options, threads: options.threads ?? 64 }, folder) + options.body);
  const child = spawn(options.program.path, ["-d", folder, "-f", configFile, "-DFOREGROUND"], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"], LANG: "C" },
  });
  const complaints = collect(child);
  const pid = child.pid;
  if (pid === undefined) {
    rmSync(folder, { recursive: true, force: true });
    throw new UnreadyError(`${options.program.path} cannot be run`);
  }
  const watcher = guard(pid, folder);
  const stop = async (): Promise<void> => {
    await end(child, pid);
    rmSync(folder, { recursive: true, force: true });
    watcher.dismiss();
  };
  const errorLog = (): string => readIfThere(logFile);
  const serves = (): boolean => hasEnded(child) || (SERVING.test(errorLog()) && childrenOf(pid).length > 0);
  const served = await holdsWithin(START_DEADLINE, serves);
  if (!served || hasEnded(child)) {
    const reason = fatalLines(errorLog()) ?? sentenceOf(complaints()) ?? lastLine(errorLog()) ?? "it wrote nothing";
    await stop();
    throw new UnreadyError(`httpd does not start: ${reason}`);
  }
  return {
    pid,
    folder,
    errorLog,
    stop,
    async reload(kind) {
      const old = new Set(childrenOf(pid));
      process.kill(pid, kind === "graceful" ? "SIGUSR1" : "SIGHUP");
      const renewed = (): boolean => {
        const now = childrenOf(pid);
        return hasEnded(child) || (now.length > 0 && now.every((one) => !old.has(one)));
      };
      if ((await holdsWithin(RELOAD_DEADLINE, renewed)) && !hasEnded(child)) return;
      throw new UnreadyError(`httpd did not take its configuration again: ${lastLine(errorLog()) ?? "no message"}`);
    },
  };
}

async function end(child: ChildProcess, pid: number): Promise<void> {
  if (!hasEnded(child)) child.kill("SIGTERM");
  if (await holdsWithin(STOP_DEADLINE, () => hasEnded(child))) return;
  process.kill(-pid, "SIGKILL");
  await holdsWithin(STOP_DEADLINE, () => hasEnded(child));
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function collect(child: ChildProcess): () => string {
  const pieces: string[] = [];
  child.stderr?.on("data", (piece: Buffer) => pieces.push(piece.toString()));
  child.on("error", (error) => pieces.push(error.message));
  return () => pieces.join("");
}

/** Lines that only say that it gives up. */
const GIVES_UP = /AH00015|AH00016|AH00020/;

/** What its log says about why it cannot go on. */
function fatalLines(log: string): string | undefined {
  const fatal = log.split("\n").filter((line) => /:(emerg|alert|crit)\]/.test(line) && !GIVES_UP.test(line));
  return fatal.join(" ").trim() || undefined;
}

/** What it complained about on its standard error. */
function sentenceOf(text: string): string | undefined {
  const lines = text
    .trim()
    .split("\n")
    .filter((line) => !GIVES_UP.test(line));
  return lines.join(" ").trim() || undefined;
}

function lastLine(text: string): string | undefined {
  return text.trim().split("\n").at(-1) || undefined;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
