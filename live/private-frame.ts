import { existsSync } from "node:fs";
import { account } from "./account.js";
import type { HttpdProgram } from "./program.js";
import type { ModuleName } from "../core/vocabulary/modules.js";

/** What the frame depends on. */
export interface FrameOptions {
  readonly program: HttpdProgram;
  readonly modules: readonly ModuleName[];
  readonly threads: number;
}

/**
 * The lines that keep a process apart from every other httpd of the machine: its folder, its files, its user, its
 * modules.
 */
export function privateFrame({ program, modules, threads }: FrameOptions, folder: string): string {
  const fileOf = (module: ModuleName): string => `${program.moduleFolder}/mod_${module}.so`;
  const wanted = [...new Set<ModuleName>([program.mpm, ...modules])];
  const loaded = wanted.filter((module) => !program.builtIn.includes(module) && existsSync(fileOf(module)));
  const lines = [
    `ServerRoot "${folder}"`,
    "ServerName localhost",
    `PidFile "${folder}/httpd.pid"`,
    `DefaultRuntimeDir "${folder}"`,
    `ErrorLog "${folder}/error.log"`,
    "LogLevel warn",
    ...loaded.map((module) => `LoadModule ${module}_module "${fileOf(module)}"`),
    ...userLines(),
    ...processLines(program.mpm === "mpm_prefork", threads),
  ];
  return `${lines.join("\n")}\n`;
}

/** One child process: selection state is shared, and the order of attempts in the log is then exact. */
export function processLines(prefork: boolean, threads: number): readonly string[] {
  return [...(prefork ? childLines(threads) : threadLines(threads)), "MaxConnectionsPerChild 0"];
}

/** The account of the children. */
export function userLines(): readonly string[] {
  const own = account();
  return own === undefined ? [] : [`User ${own.user}`, `Group ${own.group}`];
}

function threadLines(threads: number): readonly string[] {
  return [
    "ServerLimit 1",
    "StartServers 1",
    `ThreadLimit ${threads}`,
    `ThreadsPerChild ${threads}`,
    `MaxRequestWorkers ${threads}`,
    "MinSpareThreads 1",
    `MaxSpareThreads ${threads}`,
  ];
}

function childLines(processes: number): readonly string[] {
  return [`ServerLimit ${processes}`, "StartServers 1", `MaxRequestWorkers ${processes}`, "MinSpareServers 1"];
}
