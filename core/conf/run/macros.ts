import { wordsOf } from "../../httpd/word.js";
import { nearestName } from "../../vocabulary/suggest.js";
import { refused } from "./refusal.js";
import type { Objection, Refusal } from "./refusal.js";

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

  /** Reads the words of `<Macro name arguments>`; or httpd's complaint. */
  header(args: string, line: number, file: string): Omit<Macro, "lines"> | Refusal {
    const end = args.lastIndexOf(">");
    if (end < 0) return refused("<Macro> directive missing closing '>'", "end the line in >");
    const [name = "", ...parameters] = wordsOf(args.slice(0, end));
    if (name === "") return refused("<Macro macro definition: empty name", "name the macro: <Macro Name $argument>");
    const where = `defined on line ${line} of "${file}"`;
    const complaint = parametersComplaint(`macro '${name.toLowerCase()}' (${where})`, parameters);
    return complaint ?? { name: name.toLowerCase(), parameters, where };
  }

  define(macro: Macro): void {
    this.#everDefined = true;
    this.#macros.set(macro.name, macro);
  }

  /** `UndefMacro`. */
  undefine(name: string): Objection {
    if (this.#macros.delete(name.toLowerCase())) return undefined;
    const mend = `remove the line, or put it behind the <Macro ${name}> it takes back`;
    return refused(
      this.#everDefined ? `cannot remove undefined macro '${name}'` : "no macro defined before UndefMacro",
      mend,
    );
  }

  /** Writes out `Use name values`: the macro and its text; or httpd's complaint. */
  use(args: string): { readonly macro: Macro; readonly text: string } | Refusal {
    const [name = "", ...values] = wordsOf(args);
    if (!this.#everDefined)
      return refused(
        "no macro defined before Use",
        `define it above this line: <Macro ${name === "" ? "Name" : name}> ... </Macro>`,
      );
    if (name === "") return refused("no macro name specified with Use", "write the macro's name behind Use");
    const macro = this.#macros.get(name.toLowerCase());
    if (macro === undefined) {
      const near = nearestName(name, this.#macros.keys());
      const mend =
        near === undefined ? `define it above this line: <Macro ${name}> ... </Macro>` : `did you mean ${near}?`;
      return refused(`macro '${name}' undefined`, mend, name);
    }
    if (values.length !== macro.parameters.length) {
      const counts = `${values.length} arguments instead of ${macro.parameters.length}`;
      const wanted = macro.parameters.length === 0 ? "nothing" : macro.parameters.join(" ");
      const mend = `write ${wanted} behind Use ${name}, values with blanks in quotes`;
      return refused(`macro '${macro.name}' (${macro.where}) used with ${counts}`, mend);
    }
    const text = macro.lines.map((line) => `${substitute(line, macro.parameters, values)}\n`).join("");
    return { macro, text };
  }
}

function parametersComplaint(macro: string, parameters: readonly string[]): Objection {
  for (const [index, parameter] of parameters.entries()) {
    if (parameter === "")
      return refused(`${macro}: empty argument #${index + 1} name`, "name each argument, beginning with $: $host");
    const same = parameters.findIndex((other, at) => at > index && other.toLowerCase() === parameter.toLowerCase());
    if (same >= 0) {
      const numbers = `#${index + 1} and #${same + 1}`;
      const sentence = `argument name conflict in ${macro}: argument '${parameter}': ${numbers}, change argument names!`;
      return refused(sentence, `give argument #${same + 1} another name than ${parameter}`, parameter);
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
