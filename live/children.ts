import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Process ids of the living children of a process: from /proc where it has them, else from `ps`. */
export function childrenOf(parent: number): readonly number[] {
  const listed = text(`/proc/${parent}/task/${parent}/children`);
  if (listed !== undefined) return listed.split(" ").filter(Boolean).map(Number).filter(isAlive);
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, state]) => Number(ppid) === parent && state?.startsWith("Z") === false)
    .map(([pid]) => Number(pid));
}

/** False for one that has ended and only waits for its parent to take notice (httpd looks once a second). */
function isAlive(pid: number): boolean {
  const state = text(`/proc/${pid}/stat`)?.replace(/^.*\) /s, "");
  return state !== undefined && !state.startsWith("Z") && !state.startsWith("X");
}

function text(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
