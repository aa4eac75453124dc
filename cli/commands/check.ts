import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer check`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("check is not there yet");
  },
};
