import { BROUGHT_NAMES } from "../../../vocabulary/brought-names.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import type { Call, CallWorld, Check } from "./call.js";

/** Directives of modules/filters/mod_filter.c that name filters of other modules. */
export const FILTERS: Readonly<Record<string, Check>> = {
  AddOutputFilterByType: byType,
  FilterProvider: ({ words, world }) => unknownFilter(words[1] ?? "", world),
};

/** `filter_bytype`: names between semicolons, then types. */
function byType({ words, world }: Call): Objection {
  const [names = "", type] = words;
  if (type === undefined) {
    const mend = "write the types of content behind the filter: AddOutputFilterByType DEFLATE text/html";
    return refused("AddOutputFilterByType requires at least two arguments", mend);
  }
  for (const name of names.split(";")) {
    const objection = unknownFilter(name, world);
    if (objection !== undefined) return objection;
  }
  return undefined;
}

/**
 * `filter_provider`: a filter has to be there when it is named, its module on whatever line (measured on httpd 2.4.71).
 * Other modules, and ExtFilterDefine, may bring a filter of any name.
 */
function unknownFilter(name: string, { modules }: CallWorld): Objection {
  const { names }: { readonly names: Readonly<Record<string, readonly string[]>> } = BROUGHT_NAMES.filter;
  const lower = name.toLowerCase();
  const [module] = Object.hasOwn(names, lower) ? (names[lower] ?? []) : [];
  if (module === undefined || modules.has(`${module}_module`)) return undefined;
  if (modules.has("ext_filter_module") || modules.unknown) return undefined;
  return refused(`Unknown filter provider ${name}`, `add LoadModule ${module}_module modules/mod_${module}.so`);
}
