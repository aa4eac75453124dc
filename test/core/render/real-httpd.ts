import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LAYOUTS } from "../../../core/vocabulary/layouts.js";
import type { Layout } from "../../../core/vocabulary/layouts.js";
import { component } from "../../support/real.js";

/** A folder for one httpd, and the layout that keeps all its files there. */
export interface Sandbox {
  readonly folder: string;
  readonly layout: Layout;
  remove(): void;
}

/** The Debian layout with every path in a folder of its own. */
export function sandbox(): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), "rendered-httpd-"));
  chmodSync(folder, 0o755);
  return {
    folder,
    layout: {
      ...LAYOUTS.debian,
      serverRoot: folder,
      pidFile: join(folder, "httpd.pid"),
      runtimeFolder: folder,
      errorLog: join(folder, "error.log"),
      accessLog: join(folder, "access.log"),
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How far a configuration got. */
export type Outcome = "test" | "start" | "request" | "works";

/** What `httpd -t` says: undefined when it accepts the file. */
export function configTest(box: Sandbox, conf: string): string | undefined {
  const file = join(box.folder, "httpd.conf");
  writeFileSync(file, conf);
  const { status, stderr } = spawnSync(component("apache2"), ["-t", "-f", file], { encoding: "utf8" });
  return status === 0 ? undefined : stderr;
}

/** Tests, starts and asks a configuration, and ends it again. */
export async function tryOut(
  box: Sandbox,
  conf: string,
  where: { readonly address: string; readonly port: number },
  probe: () => Promise<boolean>,
  deadline = 3_000,
): Promise<Outcome> {
  if (configTest(box, conf) !== undefined) return "test";
  const httpd = await start(box, where);
  if (httpd === undefined) return "start";
  try {
    return (await becomes(deadline, probe)) ? "works" : "request";
  } finally {
    await httpd.stop();
  }
}

/** An httpd that runs. */
export interface RunningHttpd {
  stop(): Promise<void>;
}

/** Starts the configuration that was tested last; undefined when it does not listen. */
export async function start(
  box: Sandbox,
  where: { readonly address: string; readonly port: number },
): Promise<RunningHttpd | undefined> {
  const child = spawn(component("apache2"), ["-f", join(box.folder, "httpd.conf"), "-DFOREGROUND"], {
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  const listens = await becomes(10_000, async () => child.exitCode !== null || (await accepts(where)));
  if (listens && child.exitCode === null) return { stop };
  await stop();
  return undefined;
}

/** What went to the error log. */
export function errorLog(box: Sandbox): string {
  try {
    return readFileSync(box.layout.errorLog, "utf8");
  } catch {
    return "";
  }
}

async function becomes(deadline: number, condition: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + deadline;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

function accepts({ address, port }: { readonly address: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
