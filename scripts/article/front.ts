import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LAYOUTS } from "../../core/vocabulary/layouts.js";
import type { Layout } from "../../core/vocabulary/layouts.js";
import type { Part } from "./parts.js";

/** A balancer in front of the nodes, and what its model says. */
export interface Front {
  /** What tells it from others of the run. */
  readonly title: string;
  /** The page that counts, through this front. */
  readonly url: string;
  /** Who may answer each request of a part. */
  readonly expected: Readonly<Record<Part, readonly (readonly string[])[]>>;
  /** Called when nothing is asked, and before the actives die. */
  beforeFailure(): Promise<void>;
  /**
   * Waits until members that are back are asked again.
   *
   * @param failed - a time after they were found dead
   */
  recovered(failed: number): Promise<void>;
  stop(): Promise<void>;
}

/** Files of a front, as httpd's process of this run finds them. */
export interface FrontFolder {
  readonly file: string;
  readonly layout: Layout;
}

/** A folder of its own for a front. */
export function frontFolder(folder: string, name: string): FrontFolder {
  const own = join(folder, name);
  mkdirSync(own);
  chmodSync(own, 0o777);
  const file = join(own, "httpd.conf");
  return {
    file,
    layout: {
      ...LAYOUTS.debian,
      serverRoot: own,
      configFile: file,
      pidFile: join(own, "httpd.pid"),
      runtimeFolder: own,
      errorLog: join(own, "error.log"),
      accessLog: join(own, "access.log"),
    },
  };
}

/** Milliseconds until httpd has to answer. */
const LISTEN_LIMIT = 60_000;

/**
 * Starts httpd and waits until it answers; throws where it refuses the file.
 *
 * @param httpd - its program
 * @param origin - `http://HOST:PORT` of the configuration
 */
export async function startHttpd(httpd: string, file: string, text: string, origin: string): Promise<ChildProcess> {
  writeFileSync(file, text);
  const tested = spawnSync(httpd, ["-t", "-f", file], { encoding: "utf8" });
  if (tested.status !== 0) throw new Error(tested.stderr);
  const child = spawn(httpd, ["-f", file, "-DFOREGROUND"], { stdio: "ignore" });
  try {
    await answers(`${origin}/nowhere`);
  } catch (error) {
    await stopHttpd(child);
    throw error;
  }
  return child;
}

/** By SIGTERM, as one that is killed leaves its children behind. */
export async function stopHttpd(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + LISTEN_LIMIT;
  for (;;) {
    try {
      await (await fetch(url, { headers: { connection: "close" } })).arrayBuffer();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
