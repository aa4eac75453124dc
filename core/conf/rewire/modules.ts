import { MODULE_TABLES, commandsOf } from "../../vocabulary/command-tables.js";
import { BUILT_IN, wiringRefused } from "./change.js";
import type { WireChange, Places, RewireTable, WiredLine } from "./change.js";

/**
 * Modules that a play goes without: they would start programs for what lies in folders, or speak to the system's
 * service manager. Their directives go with them; those that mean a program are refused.
 */
const LEFT_OUT: ReadonlySet<string> = new Set(["cgi_module", "cgid_module", "include_module", "systemd_module"]);

/** Modules come from this httpd's own folder; any other code is refused. */
export const REWIRED_MODULES: RewireTable = {
  loadmodule,
  loadfile: () => wiringRefused("it loads code that is not httpd's own"),
  ...Object.fromEntries(
    [...LEFT_OUT].flatMap((symbol) =>
      commandsOf(symbol).map(({ key }) => [key, () => [{ kind: "out" as const, about: "module" as const }]]),
    ),
  ),
};

function loadmodule({ words: [symbol = "", path = ""] }: WiredLine, places: Places): readonly WireChange[] {
  if (LEFT_OUT.has(symbol)) return [{ kind: "out", about: "module" }];
  const own = MODULE_TABLES.get(symbol);
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (own === undefined || (own.file !== undefined && own.file !== name)) {
    return wiringRefused("it loads code that is not httpd's own");
  }
  const found = places.module(symbol);
  if (found === undefined) return wiringRefused(`the httpd of this machine has no ${name}`);
  if (found === BUILT_IN) return [{ kind: "out", about: "module" }];
  return found === path ? [] : [{ kind: "word", at: 1, to: found, about: "module" }];
}
