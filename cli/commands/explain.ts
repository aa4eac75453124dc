import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer explain`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("explain is not there yet");
  },
};
