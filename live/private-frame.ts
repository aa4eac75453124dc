import { existsSync, readFileSync } from "node:fs";
import type { HttpdProgram } from "./program.js";
import type { ModuleName } from "../core/vocabulary/modules.js";

/** What the frame depends on. */
export interface FrameOptions {
  readonly program: HttpdProgram;
  readonly modules: readonly ModuleName[];
  readonly threads: number;
}

const UNPRIVILEGED = ["www-data", "apache", "daemon", "nobody"];

/**
 * The lines that keep a process apart from every other httpd of the machine: its folder, its files, its user, its
 * modules. One child process: selection state is shared, and the order of attempts in the log is then exact.
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
    ...(program.mpm === "mpm_prefork" ? processLines(threads) : threadLines(threads)),
    "MaxConnectionsPerChild 0",
  ];
  return `${lines.join("\n")}\n`;
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

function processLines(processes: number): readonly string[] {
  return [`ServerLimit ${processes}`, "StartServers 1", `MaxRequestWorkers ${processes}`, "MinSpareServers 1"];
}

/** httpd refuses to run its children as root. */
function userLines(): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  const accounts = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of UNPRIVILEGED) {
    const [user, , , group] = accounts.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (user !== undefined && group !== undefined) return [`User ${user}`, `Group #${group}`];
  }
  return [];
}
