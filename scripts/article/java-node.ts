import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { COUNTING_PAGE } from "./application.js";

/** How an application server's program is called. */
export interface JavaCall {
  readonly name: string;
  readonly words: readonly string[];
  readonly folder: string;
  readonly log: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where it takes HTTP, `http://HOST:PORT`. */
  readonly origin: string;
}

/** An application server that can be killed and started again. */
export interface JavaNode {
  readonly name: string;
  /** Where it takes HTTP, `http://HOST:PORT`. */
  readonly origin: string;
  /** Starts it and waits until its application serves; throws when it does not in time. */
  start(): Promise<void>;
  /**
   * Ends it.
   *
   * @param signal - SIGKILL: at once, as a power cut does; SIGTERM: as systemd does
   * @default "SIGKILL"
   */
  kill(signal?: "SIGKILL" | "SIGTERM"): Promise<void>;
}

/** Who runs it when this process is root's: nobody. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Milliseconds until an application has to serve. */
const START_LIMIT = 300_000;

/** A server that is not started yet. */
export function javaNode(call: JavaCall): JavaNode {
  let child: ChildProcess | undefined;
  const page = `${call.origin}${COUNTING_PAGE}`;
  const ended = (): boolean => child === undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    name: call.name,
    origin: call.origin,
    async start() {
      const log = openSync(call.log, "a");
      child = spawn("java", call.words, {
        cwd: call.folder,
        env: { PATH: "/usr/bin:/bin", HOME: call.folder, ...call.environment },
        stdio: ["ignore", log, log],
        ...NOBODY,
      });
      closeSync(log);
      const deadline = Date.now() + START_LIMIT;
      while (!(await serves(page))) {
        if (ended()) throw new Error(`${call.name} ended while it started; see ${call.log}`);
        if (Date.now() > deadline) throw new Error(`${call.name} does not serve ${page}; see ${call.log}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async kill(signal = "SIGKILL") {
      if (child === undefined || ended()) return;
      const exit = once(child, "exit");
      child.kill(signal);
      await exit;
    },
  };
}

async function serves(page: string): Promise<boolean> {
  try {
    const answer = await fetch(page, { headers: { connection: "close" }, signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}
