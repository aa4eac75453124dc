import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromUnicode } from "../core/httpd/bytes.js";
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

/** A private httpd with files of its own. */
export interface HttpdRun {
  readonly program: HttpdProgram;
  /**
   * Writes what it is started with.
   *
   * @returns the lines of the main file
   */
  readonly write: (folders: PrivateFolders) => string;
  /** Folder that relative names start from. @default - the private one */
  readonly serverRoot?: string;
  /** Names given with `-D`. @default - none */
  readonly flags?: readonly string[];
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** What files of the private folder are called in complaints, by their path in it. @default - as they are */
  readonly names?: () => ReadonlyMap<string, string>;
}

/** Folders that go when the httpd goes. */
export interface PrivateFolders {
  /** Nobody else looks into it. */
  readonly own: string;
  /** An empty one that everybody may read. */
  readonly documents: string;
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

/** As {@link runHttpd}, with lines behind those that make the process a private one. */
export async function startHttpd({ program, modules, body, threads = 64 }: HttpdOptions): Promise<Httpd> {
  return runHttpd({
    program,
    write: ({ own }) => privateFrame({ program, modules, threads }, own) + fromUnicode(body),
  });
}

/**
 * Starts httpd in the foreground with folders of its own, and waits until it serves. Its main error log is `error.log`
 * in its folder.
 *
 * @throws UnreadyError when it does not start, with what it complained about
 */
export async function runHttpd(run: HttpdRun): Promise<Httpd> {
  const folders = privateFolders();
  const remove = (): void => {
    for (const one of [folders.own, folders.documents]) rmSync(one, { recursive: true, force: true });
  };
  const folder = folders.own;
  const configFile = join(folder, "httpd.conf");
  try {
    writeFileSync(configFile, run.write(folders), "latin1");
  } catch (error) {
    remove();
    throw error;
  }
  const child = launch(run, folder, configFile);
  const complaints = collect(child);
  const pid = child.pid;
  if (pid === undefined) {
    remove();
    throw new UnreadyError(`${run.program.path} cannot be run`);
  }
  const watcher = guard(pid, [folders.own, folders.documents]);
  const stop = async (): Promise<void> => {
    await end(child, pid);
    remove();
    watcher.dismiss();
  };
  const errorLog = (): string => readIfThere(join(folder, "error.log"));
  const serves = (): boolean => hasEnded(child) || (SERVING.test(errorLog()) && childrenOf(pid).length > 0);
  const served = await holdsWithin(START_DEADLINE, serves);
  if (!served || hasEnded(child)) {
    const reason = reasonIn(errorLog(), complaints());
    await stop();
    throw new UnreadyError(`httpd does not start: ${named(reason, folder, run.names?.())}`);
  }
  return { pid, folder, errorLog, stop, reload: (kind) => reload(child, pid, { kind, errorLog }) };
}

function launch(run: HttpdRun, folder: string, configFile: string): ChildProcess {
  const { program, serverRoot = folder, flags = [], environment = {} } = run;
  const defined = flags.flatMap((flag) => ["-D", flag]);
  return spawn(program.path, ["-d", serverRoot, "-f", configFile, "-DFOREGROUND", ...defined], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"], LANG: "C", ...environment },
  });
}

interface Reloading {
  readonly kind: ReloadKind;
  readonly errorLog: () => string;
}

async function reload(child: ChildProcess, pid: number, { kind, errorLog }: Reloading): Promise<void> {
  const old = new Set(childrenOf(pid));
  process.kill(pid, kind === "graceful" ? "SIGUSR1" : "SIGHUP");
  const renewed = (): boolean => {
    const now = childrenOf(pid);
    return hasEnded(child) || (now.length > 0 && now.every((one) => !old.has(one)));
  };
  if ((await holdsWithin(RELOAD_DEADLINE, renewed)) && !hasEnded(child)) return;
  throw new UnreadyError(`httpd did not take its configuration again: ${lastLine(errorLog()) ?? "no message"}`);
}

/** Why it did not start, in its own words. */
function reasonIn(log: string, complaints: string): string {
  return (
    linesOf(log, /:(emerg|alert|crit)\]/) ??
    sentenceOf(complaints) ??
    linesOf(log, /:error\]/) ??
    lastLine(log) ??
    "it wrote nothing"
  );
}

function named(text: string, folder: string, names: ReadonlyMap<string, string> = new Map()): string {
  return [...names].reduce((told, [path, name]) => told.replaceAll(`${folder}/${path}`, name), text);
}

function privateFolders(): PrivateFolders {
  const own = mkdtempSync(join(tmpdir(), "httpd-rehearsal-"));
  const documents = mkdtempSync(join(tmpdir(), "httpd-documents-"));
  chmodSync(documents, 0o755);
  return { own, documents };
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

/** What its log says about why it cannot go on, on lines of some levels. */
function linesOf(log: string, level: RegExp): string | undefined {
  const fatal = log.split("\n").filter((line) => level.test(line) && !GIVES_UP.test(line));
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
