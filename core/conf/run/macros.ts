import { wordsOf } from "./arity.js";

/** A `<Macro name arguments>`. */
export interface Macro {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Its lines, trimmed and joined, without comments and empty lines; variables are still in them. */
  readonly lines: readonly string[];
  /** `defined on line N of "FILE"`: where httpd says it is. */
  readonly where: string;
}

/** Macros defined so far, as mod_macro keeps them: names in any case. */
export class Macros {
  readonly #macros = new Map<string, Macro>();
  #everDefined = false;

  /** Reads the words of `<Macro name arguments>`; a string is httpd's complaint. */
  header(args: string, line: number, file: string): Omit<Macro, "lines"> | string {
    const end = args.lastIndexOf(">");
    if (end < 0) return "<Macro> directive missing closing '>'";
    const [name = "", ...parameters] = wordsOf(args.slice(0, end));
    if (name === "") return "<Macro macro definition: empty name";
    const where = `defined on line ${line} of "${file}"`;
    const complaint = parametersComplaint(`macro '${name.toLowerCase()}' (${where})`, parameters);
    return complaint ?? { name: name.toLowerCase(), parameters, where };
  }

  define(macro: Macro): void {
    this.#everDefined = true;
    this.#macros.set(macro.name, macro);
  }

  /** `UndefMacro`; a string is httpd's complaint. */
  undefine(name: string): string | undefined {
    if (this.#macros.delete(name.toLowerCase())) return undefined;
    return this.#everDefined ? `cannot remove undefined macro '${name}'` : "no macro defined before UndefMacro";
  }

  /** Writes out `Use name values`: the macro and its text; a string is httpd's complaint. */
  use(args: string): { readonly macro: Macro; readonly text: string } | string {
    const [name = "", ...values] = wordsOf(args);
    if (!this.#everDefined) return "no macro defined before Use";
    if (name === "") return "no macro name specified with Use";
    const macro = this.#macros.get(name.toLowerCase());
    if (macro === undefined) return `macro '${name}' undefined`;
    if (values.length !== macro.parameters.length) {
      const counts = `${values.length} arguments instead of ${macro.parameters.length}`;
      return `macro '${macro.name}' (${macro.where}) used with ${counts}`;
    }
    const text = macro.lines.map((line) => `${substitute(line, macro.parameters, values)}\n`).join("");
    return { macro, text };
  }
}

function parametersComplaint(macro: string, parameters: readonly string[]): string | undefined {
  for (const [index, parameter] of parameters.entries()) {
    if (parameter === "") return `${macro}: empty argument #${index + 1} name`;
    const same = parameters.findIndex((other, at) => at > index && other.toLowerCase() === parameter.toLowerCase());
    if (same >= 0) {
      const numbers = `#${index + 1} and #${same + 1}`;
      return `argument name conflict in ${macro}: argument '${parameter}': ${numbers}, change argument names!`;
    }
  }
  return undefined;
}

/** Puts values in the place of parameters, at each place the longest parameter that fits; nothing is replaced twice. */
function substitute(line: string, parameters: readonly string[], values: readonly string[]): string {
  if (parameters.length === 0) return line;
  const longestFirst = [...parameters].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(longestFirst.map((word) => word.replace(/[^\w]/g, "\\$&")).join("|"), "g");
  return line.replace(pattern, (word) => values[parameters.indexOf(word)] ?? word);
}
