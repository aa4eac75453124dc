import { spawn } from "node:child_process";
import { Socket } from "node:net";

/** A process beside ours that tidies up when ours is killed before it could. */
export interface Guard {
  /** Everything is tidy: the guard goes without doing anything. */
  dismiss(): void;
}

// `read` fails when the pipe closes without a line, that is when this process is gone. TERM first: httpd then removes
// its shared memory itself; KILL goes to its whole group.
const SCRIPT = `
read -r word && exit 0
kill -TERM "$1" 2>/dev/null
tries=0
while kill -0 "$1" 2>/dev/null && [ "$tries" -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -KILL -- "-$1" 2>/dev/null
shift
rm -rf -- "$@"
`;

/**
 * Watches this process from outside; not even SIGKILL leaves an httpd or its folders behind.
 *
 * @param pid - leader of the process group to end
 * @param folders - removed with everything in them
 */
export function guard(pid: number, folders: readonly string[]): Guard {
  const watcher = spawn("sh", ["-c", SCRIPT, "sh", String(pid), ...folders], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Without a shell there is no guard; the orderly ways of ending still tidy up.
  watcher.on("error", () => undefined);
  watcher.stdin.on("error", () => undefined);
  watcher.unref();
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
  return {
    dismiss() {
      watcher.stdin.end("done\n");
    },
  };
}
