import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { isModuleName } from "../core/vocabulary/modules.js";
import type { ModuleName } from "../core/vocabulary/modules.js";
import { parseVersion } from "../core/vocabulary/versions.js";
import type { HttpdVersion } from "../core/vocabulary/versions.js";

/** An installed httpd. */
export interface HttpdProgram {
  readonly path: string;
  /** Folder with the modules, absolute. */
  readonly moduleFolder: string;
  /** Modules compiled in: they need no LoadModule line. */
  readonly builtIn: readonly ModuleName[];
  /** How it handles connections: compiled in, or the best there is a module for. */
  readonly mpm: (typeof MPMS)[number];
  /** As the program prints it, for example `Apache/2.4.71 (Debian)`. */
  readonly version: string;
}

/** Something a rehearsal needs is not there or does not work; the message is one sentence that says what to do. */
export class UnreadyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnreadyError";
  }
}

const NAMES = ["apache2", "httpd"];
const FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/usr/local/apache2/bin", "/usr/bin", "/opt/homebrew/bin"];
const MODULE_FOLDERS = [
  "/usr/lib/apache2/modules",
  "/usr/lib64/httpd/modules",
  "/usr/lib/httpd/modules",
  "/usr/lib/apache2",
  "/usr/libexec/apache2",
  "/opt/homebrew/lib/httpd/modules",
];
const INSTALL = "install the package apache2-bin (Debian, Ubuntu) or httpd (Red Hat, Fedora)";
/** Ways to handle connections, the preferred first. */
const MPMS = ["mpm_event", "mpm_worker", "mpm_prefork"] as const;

/**
 * Finds httpd: the path in `HTTPD`, else apache2 or httpd on PATH and in the usual folders.
 *
 * @param usual - folders to look in after those of PATH
 * @throws UnreadyError when there is none, naming the package that brings it
 */
export function findHttpd(
  environment: Readonly<Record<string, string | undefined>>,
  usual: readonly string[] = FOLDERS,
): HttpdProgram {
  const named = environment["HTTPD"];
  if (named !== undefined && named !== "") {
    if (isExecutable(named)) return inspect(named);
    throw new UnreadyError(`HTTPD names ${named}, which is not a program; set it to the path of httpd, or ${INSTALL}`);
  }
  const folders = [...(environment["PATH"] ?? "").split(delimiter), ...usual].filter((folder) => folder !== "");
  const path = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (path === undefined) {
    throw new UnreadyError(`no httpd is installed; ${INSTALL}, or set HTTPD to the program`);
  }
  return inspect(path);
}

/** The release that a program calls itself; undefined for a word that is none. */
export function releaseOf({ version }: Pick<HttpdProgram, "version">): HttpdVersion | undefined {
  const [, release = ""] = /^Apache\/([0-9.]+)/.exec(version) ?? [];
  return parseVersion(release);
}

function inspect(path: string): HttpdProgram {
  const version = /^Server version: (.*)$/m.exec(ask(path, "-v"))?.[1] ?? "unknown version";
  const compiled = [...ask(path, "-l").matchAll(/^\s*(?:mod_)?(\w+)\.c$/gm)].map((match) => match[1] ?? "");
  const builtIn = compiled.map((name) => (isModuleName(`mpm_${name}`) ? `mpm_${name}` : name)).filter(isModuleName);
  // Beside a program that was built by itself are its own modules: those of the system are of another version.
  const folders = [join(dirname(dirname(path)), "modules"), ...MODULE_FOLDERS];
  const moduleFolder = folders.find((folder) => existsSync(join(folder, "mod_proxy.so")));
  if (moduleFolder === undefined) {
    throw new UnreadyError(`${path} has no mod_proxy.so in ${folders.join(", ")}; install httpd's modules`);
  }
  const mpm =
    MPMS.find((name) => builtIn.includes(name)) ??
    MPMS.find((name) => existsSync(join(moduleFolder, `mod_${name}.so`))) ??
    MPMS[0];
  return { path, version, moduleFolder, builtIn, mpm };
}

function ask(path: string, option: string): string {
  try {
    return execFileSync(path, [option], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadyError(`${path} ${option} fails: ${reason}; is it an Apache httpd?`);
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
