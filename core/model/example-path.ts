/**
 * A text that a regular expression of a mount is likely to match: the first alternative, the fewest repetitions. Made
 * for paths, and only likely: look-arounds and back-references are passed over, so whoever uses it tries it out.
 */
export function exampleOf(expression: string): string {
  return new Example(expression.replace(/^\(\?i\)/, "")).alternatives();
}

/** Shorthand classes, each by a character that is in it. */
const CLASSES: Readonly<Record<string, string>> = { d: "1", w: "a", s: "", D: "a", W: "-", S: "a", b: "", B: "" };

class Example {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to the end of the group. */
  alternatives(): string {
    const first = this.#sequence();
    while (this.#text[this.#at] === "|") {
      this.#at++;
      this.#sequence();
    }
    return first;
  }

  #sequence(): string {
    let example = "";
    while (this.#at < this.#text.length && !"|)".includes(this.#text[this.#at] ?? "")) {
      const piece = this.#piece();
      example += piece.repeat(this.#fewest());
    }
    return example;
  }

  #piece(): string {
    const character = this.#text[this.#at++] ?? "";
    if (character === "(") return this.#group();
    if (character === "[") return this.#set();
    if (character === "\\") {
      const escaped = this.#text[this.#at++] ?? "";
      return CLASSES[escaped] ?? escaped;
    }
    if (character === ".") return "a";
    return "^$".includes(character) ? "" : character;
  }

  #group(): string {
    const kind = /^\?(?:[:!=]|<[!=]|<\w+>)/.exec(this.#text.slice(this.#at))?.[0] ?? "";
    this.#at += kind.length;
    const example = this.alternatives();
    this.#at++;
    return /[!=]/.test(kind) ? "" : example;
  }

  /** A set is met by its first character; one that excludes, by the first letter or digit it leaves. */
  #set(): string {
    const written = /^\^?\]?(?:\\.|[^\]\\])*\]/.exec(this.#text.slice(this.#at))?.[0] ?? "";
    this.#at += written.length;
    if (!written.startsWith("^"))
      return written.startsWith("\\") ? (CLASSES[written[1] ?? ""] ?? "a") : (written[0] ?? "");
    return ["a", "1", "-"].find((character) => !written.includes(character)) ?? "a";
  }

  #fewest(): number {
    const written = /^(?:[*+?]|\{([0-9]+)(?:,[0-9]*)?\})[?+]?/.exec(this.#text.slice(this.#at));
    if (written === null) return 1;
    this.#at += written[0].length;
    if (written[1] !== undefined) return Number(written[1]);
    return written[0].startsWith("+") ? 1 : 0;
  }
}
