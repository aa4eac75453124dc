import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer render`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("render is not there yet");
  },
};
