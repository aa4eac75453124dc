import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer rehearse`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("rehearse is not there yet");
  },
};
