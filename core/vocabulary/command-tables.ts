import { HTTPD_MODULES } from "./httpd-modules.generated.js";

/** How httpd cuts the text behind a directive's name: `cmd_how` of include/http_config.h. */
export type ArgumentForm =
  | "RAW_ARGS"
  | "TAKE1"
  | "TAKE2"
  | "ITERATE"
  | "ITERATE2"
  | "FLAG"
  | "NO_ARGS"
  | "TAKE12"
  | "TAKE3"
  | "TAKE23"
  | "TAKE123"
  | "TAKE13"
  | "TAKE_ARGV";

/** One entry of a module's command table. */
export interface CommandRule {
  /** As httpd spells it; sections start with `<`. */
  readonly name: string;
  /** Its name in lower case. */
  readonly key: string;
  /** Symbol of the module, for example `proxy_module`. */
  readonly module: string;
  /** Bits of the places it may stand in; see {@link PLACE}. */
  readonly places: number;
  readonly form: ArgumentForm;
  /** The help text httpd appends to complaints about the number of arguments. */
  readonly help: string;
}

/** Bits of `req_override` (include/http_config.h). */
export const PLACE = {
  limit: 1,
  options: 2,
  fileinfo: 4,
  authcfg: 8,
  indexes: 16,
  /** `<Directory>`, `<Location>`, `<Proxy>` and the like. */
  access: 64,
  /** Main server and virtual hosts. */
  server: 128,
  /** Not a place: executed while the file is read. */
  onRead: 256,
  /** All that `AllowOverride All` allows. */
  all: 31,
} as const;

/** A module as far as configuration goes. */
export interface ModuleTable {
  /** The name in `LoadModule`. */
  readonly symbol: string;
  /** The name in `<IfModule>`. */
  readonly source: string;
  /** Its shared object; undefined for modules built into the program. */
  readonly file: string | undefined;
}

/** Modules of httpd 2.4.71 by symbol. */
export const MODULE_TABLES: ReadonlyMap<string, ModuleTable> = new Map(
  HTTPD_MODULES.map((module) => [module.symbol, module]),
);

/** The directives of a module of {@link MODULE_TABLES}; none for others. */
export function commandsOf(symbol: string): readonly CommandRule[] {
  const known = COMMANDS.get(symbol);
  if (known !== undefined) return known;
  const text = HTTPD_MODULES.find((module) => module.symbol === symbol)?.directives ?? "";
  const commands = text === "" ? [] : text.split("\n").map((line) => command(symbol, line));
  COMMANDS.set(symbol, commands);
  return commands;
}

const COMMANDS = new Map<string, readonly CommandRule[]>();

function command(module: string, line: string): CommandRule {
  const [name = "", places = "", form = ""] = line.split(" ", 3);
  const help = line.slice(name.length + places.length + form.length + 3).replaceAll("\\n", "\n");
  return { name, key: name.toLowerCase(), module, places: Number(places), form: form as ArgumentForm, help };
}
