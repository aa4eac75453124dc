import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer schema`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("schema is not there yet");
  },
};
