import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer runbook`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("runbook is not there yet");
  },
};
