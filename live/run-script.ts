import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How a script is run. */
export interface ScriptRun {
  readonly script: string;
  /** Words that it is called with. */
  readonly words: readonly string[];
  /** In addition to the environment of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lines for curl that no list of processes shows, in a file that only this user reads; none where it is empty. */
  readonly curlConfiguration: readonly string[];
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Runs a script of a shell with the terminal's input, and tells its status; 1 where a signal ended it. */
export async function runScript(run: ScriptRun): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "httpd-balancer-"));
  const curlFile = join(folder, "curl");
  const file = join(folder, "script.sh");
  try {
    writeFileSync(file, run.script, { mode: 0o600 });
    writeFileSync(curlFile, `${run.curlConfiguration.join("\n")}\n`, { mode: 0o600 });
    const curl = run.curlConfiguration.length === 0 ? {} : { CURL_OPTIONS: `-K ${curlFile}` };
    return await statusOf(file, run, { ...process.env, ...run.environment, ...curl });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An interruption goes to the script as well, which ends its step and says how to go back: it is waited for. */
function statusOf(file: string, run: ScriptRun, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn("sh", [file, ...run.words], { env, stdio: ["inherit", "pipe", "pipe"] });
  const hand = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on("SIGINT", hand).on("SIGTERM", hand);
  child.stdout.setEncoding("utf8").on("data", run.stdout);
  child.stderr.setEncoding("utf8").on("data", run.stderr);
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => {
      process.off("SIGINT", hand).off("SIGTERM", hand);
      done(code ?? 1);
    });
  });
}
