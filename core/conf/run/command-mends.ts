import { nearestName } from "../../vocabulary/suggest.js";
import { MODULE_TABLES, PLACE, commandsOf } from "../../vocabulary/command-tables.js";
import type { CommandRule } from "../../vocabulary/command-tables.js";

/**
 * What to do about a directive that no loaded module brings: load the module that has it, or write what was meant.
 *
 * @param name - as it is written, a section with its `<`
 * @param args - what follows it
 */
export function unknownCommand(name: string, args: string): string {
  const homes = homesOf(name.toLowerCase());
  if (homes.length > 0) {
    const lines = homes.map((symbol) => loadLine(symbol)).join(", or ");
    return `add ${lines} above it`;
  }
  const pasted = /[^\u0021-\u007e]/.test(name);
  if (/^[/;-]/.test(name)) return "begin a comment with #, or remove the line";
  if (name.endsWith(":")) return "begin a comment with #; httpd's directives have no colon behind the name";
  const near = nearestName(name, allNames());
  if (near !== undefined) return `did you mean ${near}${homeOf(near)}?`;
  if (pasted) return "type the word again: it holds characters that are no plain letters";
  if (/^[a-z]+=/i.test(name)) return "put it at the end of the line above, or end that line in a backslash";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return `write the directive in front of it: BalancerMember ${name}`;
  return args === ""
    ? `remove ${name}: no module of httpd has it`
    : `remove the line, or begin it with #: no module of httpd has ${name}`;
}

/**
 * What to do about a directive in a place its table does not allow.
 *
 * @param inside - the section it stands in
 */
export function misplaced({ name, places }: CommandRule, inside: string | undefined): string {
  const bare = name.startsWith("<") ? `${name}>` : name;
  if ((places & PLACE.server) !== 0) {
    return inside === undefined
      ? `move ${bare} into a section`
      : `move ${bare} out of <${inside}>, to the server or virtual host around it`;
  }
  if ((places & (PLACE.access | PLACE.all)) !== 0) {
    return inside === undefined
      ? `move ${bare} into a section, for example <Location /> or <Proxy balancer://mycluster>`
      : `move ${bare} out of <${inside}>, into a <Location>, <Directory> or <Proxy> of its own`;
  }
  return `move ${bare} into <Proxy>, the only section that takes it`;
}

/**
 * Symbols of the modules that bring a directive; at most two.
 *
 * @param key - its name in lower case, a section with its `<`
 */
export function homesOf(key: string): readonly string[] {
  return [...MODULE_TABLES.keys()].filter((symbol) => commandsOf(symbol).some((rule) => rule.key === key)).slice(0, 2);
}

/** The module of a name that is not certain to be loaded. */
function homeOf(name: string): string {
  const [symbol] = homesOf(name.toLowerCase());
  const file = symbol === undefined ? undefined : MODULE_TABLES.get(symbol)?.file;
  return file === undefined ? "" : ` (of ${file.replace(/[.]so$/, "")})`;
}

function loadLine(symbol: string): string {
  const file = MODULE_TABLES.get(symbol)?.file ?? `mod_${symbol.replace(/_module$/, "")}.so`;
  return `LoadModule ${symbol} modules/${file}`;
}

function allNames(): readonly string[] {
  return [...MODULE_TABLES.keys()].flatMap((symbol) => commandsOf(symbol).map(({ name }) => name));
}
