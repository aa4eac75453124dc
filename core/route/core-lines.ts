import type { ServerScope } from "../topology/topology.js";
import { commandsOf } from "../vocabulary/command-tables.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import type { Parameter } from "../vocabulary/parameter.js";
import { extraLines } from "./extra-lines.js";
import type { RouteLine } from "./line.js";

/** True for a directive or section of httpd's core. */
export function isOfCore({ name, children }: Pick<RouteLine, "name" | "children">): boolean {
  ofCore ??= new Set(commandsOf("core_module").map(({ key }) => key));
  return ofCore.has(children === undefined ? name : `<${name}`);
}

/** Put together when first asked for. */
let ofCore: ReadonlySet<string> | undefined;

/** True where a scope says something of httpd's core beside the lines that a request meets: a name, a timeout, a log. */
export function isNamedOrSet({ serverName, serverAliases, settings, extra = [] }: ServerScope): boolean {
  if (serverName !== undefined || serverAliases !== undefined) return true;
  const set = Object.keys(settings).map((key) => ({ name: directiveOf(key).toLowerCase() }));
  return [...set, ...extraLines(extra.filter(isUnconditional), "")].some(isOfCore);
}

/** What stands in a condition about the machine stands in the scope itself. */
function isUnconditional(text: string): boolean {
  return !/^\s*<\/?if(?:module|define|version|file|directive|section)\b/i.test(text);
}

function directiveOf(setting: string): string {
  const parameter = (SERVER_SETTINGS as Readonly<Record<string, Parameter>>)[setting];
  return parameter?.directive ?? setting;
}
