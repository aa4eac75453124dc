import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer lint`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("lint is not there yet");
  },
};
