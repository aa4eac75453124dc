import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readElf } from "./elf.js";
import type { ElfFile } from "./elf.js";

/** Where the table is kept. */
export const TABLE = join(__dirname, "../core/vocabulary/httpd-modules.generated.ts");

interface Module {
  readonly symbol: string;
  readonly source: string;
  readonly file: string | undefined;
  readonly directives: readonly string[];
}

/** `enum cmd_how` of include/http_config.h, in its order. */
const FORMS = "RAW_ARGS TAKE1 TAKE2 ITERATE ITERATE2 FLAG NO_ARGS TAKE12 TAKE3 TAKE23 TAKE123 TAKE13 TAKE_ARGV".split(
  " ",
);

/** Offsets in `struct module_struct` and `struct command_struct` of include/http_config.h, and the size of the latter. */
const MODULE = { name: 16, commands: 88 } as const;
const COMMAND = { places: 24, form: 28, help: 32, size: 40 } as const;

/**
 * The table of modules and directives of an httpd, read from its program and its shared objects: nothing is run but
 * `program -v`, and nothing has to be loaded.
 *
 * @param program - for example /usr/sbin/apache2
 * @param folder - where its modules are, for example /usr/lib/apache2/modules
 */
export function modulesTable(program: string, folder: string): string {
  const objects = readdirSync(folder).filter((name) => name.endsWith(".so"));
  const loadable = objects.flatMap((name) => modulesIn(join(folder, name), name));
  const modules = [...bySymbol(modulesIn(program, undefined)), ...bySymbol(loadable)];
  return `${head(versionOf(program))}${modules.map(entry).join("")}${TAIL}`;
}

function versionOf(program: string): string {
  const [, version = "", vendor = ""] =
    /Apache\/(\S+) \((\w+)\)/.exec(execFileSync(program, ["-v"], { encoding: "utf8" })) ?? [];
  return `${version} (${vendor})`;
}

function modulesIn(path: string, file: string | undefined): readonly Module[] {
  const elf = readElf(readFileSync(path));
  return [...elf.symbols]
    .filter(([name]) => name.endsWith("_module") && !name.startsWith("ap_"))
    .map(([symbol, address]) => {
      const source = elf.text(elf.pointer(address + MODULE.name));
      return { symbol, source, file, directives: directivesAt(elf, elf.pointer(address + MODULE.commands)) };
    });
}

function bySymbol(modules: readonly Module[]): readonly Module[] {
  return [...modules].sort((one, other) => (one.symbol < other.symbol ? -1 : 1));
}

function directivesAt(elf: ElfFile, table: number): readonly string[] {
  const found: string[] = [];
  if (table === 0) return found;
  for (let at = table; elf.pointer(at) !== 0; at += COMMAND.size) {
    const help = elf.pointer(at + COMMAND.help);
    const words = [elf.text(elf.pointer(at)), elf.int(at + COMMAND.places), FORMS[elf.int(at + COMMAND.form)] ?? ""];
    found.push([...words, ...(help === 0 || elf.text(help) === "" ? [] : [elf.text(help)])].join(" "));
  }
  return found;
}

function entry({ symbol, source, file, directives }: Module): string {
  const lines = directives.map((line) => line.replaceAll("\n", "\\n"));
  const text = lines.join("\n").replace(/[\\`]|\$\{/g, "\\$&");
  const named = file === undefined ? "undefined" : JSON.stringify(file);
  return `  {
    symbol: ${JSON.stringify(symbol)},
    source: ${JSON.stringify(source)},
    file: ${named},
    directives: \`${text}\`,
  },
`;
}

const head = (version: string): string => `/**
 * Modules and directives of httpd ${version}, read from the command tables of its own binaries.
 *
 * One line a directive: name, bits of the places it may stand in, how its arguments are cut, help text. Made by
 * \`npm run gen:modules\`, with the paths of the program and of the folder of modules where they are not Debian's.
 */
export const HTTPD_MODULES = [
`;

const TAIL = `] as const satisfies readonly {
  readonly symbol: string;
  readonly source: string;
  /** The shared object; absent for modules built into the program. */
  readonly file: string | undefined;
  readonly directives: string;
}[];
`;

if (require.main === module) {
  const [program = "/usr/sbin/apache2", folder = "/usr/lib/apache2/modules"] = process.argv.slice(2);
  writeFileSync(TABLE, modulesTable(program, folder));
}
