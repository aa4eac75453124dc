import { suggestion } from "../../core/vocabulary/suggest.js";
import type { Command } from "../command.js";
import { COMPLETIONS } from "../completion.js";
import { EXIT, UnusableError } from "../io.js";

const SHELLS = Object.keys(COMPLETIONS);

/** `httpd-balancer completion`: prints the script by which a shell completes the commands of this program. */
export const command: Command = {
  configure: (command) => command.argument("<shell>", SHELLS.join(", ")),
  async run([shell], _options, io, commands) {
    const name = String(shell);
    const script = Object.hasOwn(COMPLETIONS, name) ? COMPLETIONS[name] : undefined;
    if (script === undefined) throw new UnusableError(`completion: found '${name}'; ${suggestion(name, SHELLS)}`);
    io.deliver(script(await commands()));
    return EXIT.clean;
  },
};
