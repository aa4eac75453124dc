import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer configtest`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("configtest is not there yet");
  },
};
