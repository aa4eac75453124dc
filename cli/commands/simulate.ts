import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer simulate`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("simulate is not there yet");
  },
};
