import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fromUnicode, toBytes } from "../core/httpd/bytes.js";
import { BUILT_IN } from "../core/conf/rewire/change.js";
import { NO_ACCESS_FILES } from "../core/conf/rewire/files.js";
import { managerLines } from "../core/conf/rewire/manager.js";
import type { ManagerScopes } from "../core/conf/rewire/manager.js";
import type { Rewired } from "../core/conf/rewire/rewire.js";
import { writtenAddress } from "../core/conf/rewire/listening.js";
import type { Wanted } from "../core/conf/rewire/wanted.js";
import { everyOne } from "../core/conf/rewire/wired-lines.js";
import type { Expansion } from "../core/conf/run/executed.js";
import { MODULE_TABLES } from "../core/vocabulary/command-tables.js";
import type { MadeCertificate } from "./certificates.js";
import { processLines, userLines } from "./private-frame.js";
import { moduleFile } from "./places.js";
import type { ChosenPorts } from "./places.js";
import type { HttpdProgram } from "./program.js";

/** Response header in which httpd names the worker it chose, also when that one did not answer. */
export const WORKER_HEADER = "x-rehearsal-worker";

/** What is played, and with what around it. */
export interface PlayedConf {
  readonly expansion: Expansion;
  readonly rewired: Rewired;
  readonly wanted: Wanted;
  readonly chosen: ChosenPorts;
  readonly program: HttpdProgram;
  readonly folder: string;
  /** Ports that have to be listened on where the configuration does not say so. */
  readonly listens: readonly number[];
  /** Where the balancer-manager of the main server is. @default - there is none */
  readonly manager?: ManagerScopes & { readonly port: number };
  /** Key and certificate, where any are needed. */
  readonly certificate?: MadeCertificate;
  /** Say which worker was chosen. */
  readonly namesWorker: boolean;
  /** Most requests at the same time, where the configuration does not say it. */
  readonly threads: number;
}

/**
 * Writes the files of a configuration into its folder.
 *
 * @returns the lines of the file that httpd is started with: what makes the process a private one, and the user's own
 * file between them
 */
export function writePlayed(played: PlayedConf): string {
  const { rewired, folder, certificate } = played;
  for (const { path, text } of rewired.files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, toBytes(text), { mode: 0o600 });
  }
  writeFileSync(join(folder, "empty"), "");
  if (certificate !== undefined) {
    const { key, cert } = certificate;
    writeFileSync(join(folder, "certificate"), `${key}\n${cert}\n`, { mode: 0o600 });
    writeFileSync(join(folder, "authorities"), `${cert}\n`, { mode: 0o600 });
  }
  const main = `${folder}/${rewired.files[0]?.path ?? ""}`;
  const lines = [...linesBefore(played), `Include "${main}"`, ...linesBehind(played)];
  return fromUnicode(lines.map((line) => `${line}\n`).join(""));
}

/** What is played beside the user's own lines, for people. */
export function addedLines(played: PlayedConf): readonly string[] {
  return [...linesBefore(played), ...linesBehind(played)];
}

function linesBefore({ expansion, program, folder }: PlayedConf): readonly string[] {
  return [
    "ServerName localhost",
    `PidFile "${folder}/httpd.pid"`,
    `DefaultRuntimeDir "${folder}"`,
    `ErrorLog "${folder}/error.log"`,
    ...modulesBefore(expansion, program).flatMap((symbol) => loadLine(symbol, program)),
  ];
}

function loadLine(symbol: string, program: HttpdProgram): readonly string[] {
  const file = moduleFile(symbol, program);
  return file === undefined || file === BUILT_IN ? [] : [`LoadModule ${symbol} "${file}"`];
}

/** Modules that start programs, or speak to others, of their own accord. */
const NEVER = new Set(
  ["cgi", "cgid", "include", "lua", "md", "heartbeat", "heartmonitor", "ext_filter", "ldap", "authnz_ldap"].map(
    (name) => `${name}_module`,
  ),
);
/** Modules for tests of httpd itself. */
const OF_TESTS = new Set(
  ["bucketeer", "case_filter", "case_filter_in", "echo", "dialup"].map((name) => `${name}_module`),
);

/** A piece of a file counts every module as loaded. */
function modulesBefore({ fragment }: Expansion, program: HttpdProgram): readonly string[] {
  if (!fragment) return [];
  const all = [...MODULE_TABLES.values()].filter(({ file }) => file !== undefined).map(({ symbol }) => symbol);
  const played = all.filter((symbol) => !symbol.startsWith("mpm_") && !NEVER.has(symbol) && !OF_TESTS.has(symbol));
  return [`${program.mpm}_module`, ...inOrder(played)];
}

/** Modules whose symbols others need come first. */
function inOrder(symbols: readonly string[]): readonly string[] {
  const first = ["proxy_module", "cache_module", "dav_module", "session_module", "watchdog_module", "dbd_module"];
  return [
    ...first.filter((symbol) => symbols.includes(symbol)),
    ...symbols.filter((symbol) => !first.includes(symbol)),
  ];
}

/** Directives that say how many processes and threads there are. */
const PROCESSES =
  /^(?:ServerLimit|StartServers|ThreadLimit|ThreadsPerChild|MaxRequestWorkers|MaxClients|M(?:in|ax)Spare(?:Threads|Servers)|MaxConnectionsPerChild|MaxRequestsPerChild|AsyncRequestWorkerFactor)$/i;

function linesBehind(played: PlayedConf): readonly string[] {
  const { expansion, program, manager, namesWorker, threads } = played;
  const directives = everyOne(expansion.directives);
  const prefork = expansion.fragment ? program.mpm === "mpm_prefork" : expansion.modules.has("mpm_prefork_module");
  const says = (pattern: RegExp): boolean => directives.some(({ name }) => pattern.test(name));
  return [
    ...(says(/^user$/i) ? [] : userLines()),
    ...(says(PROCESSES) ? [] : processLines(prefork, threads)),
    NO_ACCESS_FILES,
    ...mimeLines(played, says(/^typesconfig$/i)),
    ...listenLines(played),
    ...(namesWorker ? workerLines(program) : []),
    ...(manager === undefined ? [] : managerLines(manager.path)),
  ];
}

/** mod_mime reads a file that is not there on every machine. */
function mimeLines({ folder }: PlayedConf, said: boolean): readonly string[] {
  return said ? [] : ["<IfModule mod_mime.c>", `TypesConfig "${folder}/empty"`, "</IfModule>"];
}

function listenLines({ wanted, chosen, listens, manager }: PlayedConf): readonly string[] {
  const said = new Set(wanted.listens.map(({ address = "", port }) => `${address}:${port ?? 0}`));
  const elsewhere = [...chosen.addresses].filter(([local]) => writtenAddress(local).address !== "127.0.0.1");
  const everywhere = wanted.listens.flatMap(({ address, port }) =>
    address === undefined && port !== undefined ? [port] : [],
  );
  const others = elsewhere.flatMap(([local, address]) =>
    [...everywhere, ...listens]
      .filter((port) => !said.has(`${local}:${port}`))
      .map((port) => `${address}:${chosen.ports.get(port) ?? port}`),
  );
  const main = listens.map((port) => `${chosen.main.address}:${chosen.ports.get(port) ?? port}`);
  const managers = manager === undefined ? [] : [...manager.hosts, `${chosen.main.address}:${manager.port}`];
  return [...new Set([...main, ...others, ...managers])].map((address) => `Listen ${address}`);
}

function workerLines(program: HttpdProgram): readonly string[] {
  return [
    "<IfModule !mod_headers.c>",
    ...loadLine("headers_module", program),
    "</IfModule>",
    `Header always set ${WORKER_HEADER} "%{BALANCER_WORKER_NAME}e"`,
  ];
}
