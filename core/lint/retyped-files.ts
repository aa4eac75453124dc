import { testConf } from "../conf/run/configtest.js";
import { parse } from "../conf/text/parse.js";
import type { ConfError } from "../conf/run/executed.js";
import type { ExpandOptions } from "../conf/run/expand.js";
import type { Tree } from "../conf/text/tree.js";
import type { Diagnostic } from "./diagnostic.js";
import { pastedFile } from "./pasted-text.js";
import type { PastedFile } from "./pasted-text.js";

/** The files of a configuration as they were meant where something was pasted into them. */
export class RetypedFiles {
  /** As they are written. */
  readonly originals = new Map<string, Tree>();
  readonly #options: ExpandOptions;
  readonly #pasted = new Map<string, PastedFile | undefined>();
  #refusedIn: string | undefined;
  #asked = false;

  constructor(options: ExpandOptions) {
    this.#options = options;
  }

  /** The options with other texts for some files, and retyped ones for the rest. */
  withTexts(texts: ReadonlyMap<string, string>): ExpandOptions {
    const { path, text, reader } = this.#options;
    const readText = (file: string): string | undefined => {
      const known = texts.get(file);
      if (known !== undefined) return known;
      const written = reader.readText(file);
      return written === undefined ? undefined : this.#retyped(file, written);
    };
    return { ...this.#options, text: texts.get(path) ?? this.#retyped(path, text), reader: { ...reader, readText } };
  }

  /**
   * Look-alikes by file. Where httpd does not start with the text as it is written, that is what is said of it.
   *
   * @param left - what httpd refuses in the text as it was meant
   */
  findings(left: ConfError | undefined): ReadonlyMap<string, Omit<Diagnostic, "fingerprint">> {
    const found = [...this.#pasted].flatMap(([file, pasted]) =>
      pasted === undefined ? [] : [[file, pasted] as const],
    );
    if (found.length > 0 && !this.#asked) this.#ask(left);
    return new Map(
      found.map(([file, { diagnostic }]) => [
        file,
        file === this.#refusedIn ? { ...diagnostic, rule: "configtest", subject: "httpd does not start" } : diagnostic,
      ]),
    );
  }

  #ask(left: ConfError | undefined): void {
    this.#asked = true;
    const { error } = testConf({ ...this.#options, elsewhere: true });
    const same = error?.line === left?.line && error?.source === left?.source && error?.message === left?.message;
    this.#refusedIn = same ? undefined : error?.at?.source.name;
  }

  #retyped(file: string, text: string): string {
    if (!this.#pasted.has(file)) {
      const pasted = pastedFile(file, text);
      this.#pasted.set(file, pasted);
      if (pasted !== undefined) this.originals.set(file, parse(text));
    }
    return this.#pasted.get(file)?.text ?? text;
  }
}
