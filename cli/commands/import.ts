import type { Command } from "../command.js";
import { UnusableError } from "../io.js";

/** `httpd-balancer import`. */
export const command: Command = {
  configure: (command) => command,
  run() {
    throw new UnusableError("import is not there yet");
  },
};
