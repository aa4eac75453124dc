/** A token, by the name httpd's parser gives it in complaints: `T_DIGIT`, `'('`, `$end`. */
export interface Token {
  readonly kind: string;
  /** What stands there: the name of an operator, a function or a variable, a pattern, a piece of text. */
  readonly text: string;
}

/** What the scanner is in: the start conditions of server/util_expr_scan.l. */
type State = "code" | "string" | "variable" | "argument";

/** A piece of text may have this many bytes, its NUL included (MAX_STRING_LEN). */
const LONGEST_TEXT = 8191;

const SPACE = /[ \t\n]+/y;
const BACKREF = /\$[0-9]/y;
const OPERATOR = /==|=~|=|!=|!~|!|<=|<|>=|>|&&|\|\||\./y;
const DASHED = /-[a-zA-Z_][a-zA-Z_0-9]*/y;
const DIGITS = /-?[0-9]+/y;
const IDENTIFIER = /[a-zA-Z][a-zA-Z0-9_]*/y;
const SPECIAL = /[(){},:]/y;
/** `m` and a delimiter; `m_` only where no longer word begins with it, as the longest match wins. */
const PATTERN_START = /\/|m(?:[/#$%^,;:?|!.'"-]|_(?![a-zA-Z0-9_]))/y;
const PLAIN = /[^\\\n"'%}$]+/y;
const OCTAL = /\\[0-7]{1,3}/y;
const DECIMAL = /\\[0-9]+/y;

const OPERATORS: Readonly<Record<string, string>> = {
  "=": "T_OP_STR_EQ",
  "==": "T_OP_STR_EQ",
  "!=": "T_OP_STR_NE",
  "<": "T_OP_STR_LT",
  "<=": "T_OP_STR_LE",
  ">": "T_OP_STR_GT",
  ">=": "T_OP_STR_GE",
  "=~": "T_OP_REG",
  "!~": "T_OP_NRE",
  "&&": "T_OP_AND",
  "||": "T_OP_OR",
  "!": "T_OP_NOT",
  ".": "T_OP_CONCAT",
};

/** Letters that mean a control character behind a backslash. */
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Words that compare, with or without a dash in front. */
const COMPARING = new Set(["eq", "ne", "lt", "le", "gt", "ge", "in"]);
const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ["and", "T_OP_AND"],
  ["or", "T_OP_OR"],
  ["not", "T_OP_NOT"],
  ["true", "T_TRUE"],
  ["false", "T_FALSE"],
]);

/** Cuts an expression into tokens. After a token `T_ERROR` nothing more is read. */
export class ExpressionScanner {
  readonly #source: string;
  readonly #states: State[];
  readonly #isText: boolean;
  #at = 0;
  /** The quote that ends the string being read; undefined in an expression that is text as a whole. */
  #quote: string | undefined;
  /** What the last `T_ERROR` is about: httpd's remark behind the complaint. */
  remark: string | undefined;

  constructor(source: string, isText: boolean) {
    this.#source = source;
    this.#isText = isText;
    this.#states = [isText ? "string" : "code"];
  }

  next(): Token {
    switch (this.#states.at(-1)) {
      case "variable":
        return this.#variable();
      case "string":
      case "argument":
        return this.#text();
      default:
        return this.#code();
    }
  }

  #code(): Token {
    this.#take(SPACE);
    const character = this.#source[this.#at];
    if (character === undefined) return token("$end");
    if (character === '"' || character === "'") {
      this.#at += 1;
      this.#quote = character;
      this.#enter("string");
      return token("T_STR_BEGIN");
    }
    if (this.#source.startsWith("%{", this.#at)) return this.#beginVariable();
    return this.#pattern() ?? this.#symbol() ?? this.#word() ?? this.#error(`Parse error near '${character}'`);
  }

  /** `/pattern/` and `m#pattern#`, each with an `i` behind it or not. An end that is missing ends the expression. */
  #pattern(): Token | undefined {
    const start = this.#take(PATTERN_START);
    if (start === undefined) return undefined;
    const end = this.#source.indexOf(start.slice(-1), this.#at);
    const pattern = this.#source.slice(this.#at, end < 0 ? undefined : end);
    if (pattern.length > LONGEST_TEXT) return this.#error("Regexp too long");
    if (end < 0) {
      this.#at = this.#source.length;
      return token("$end");
    }
    this.#at = end + 1;
    if (this.#source[this.#at] !== "i") return { kind: "T_REGEX", text: pattern };
    this.#at += 1;
    return { kind: "T_REGEX_I", text: pattern };
  }

  #symbol(): Token | undefined {
    if (this.#take(BACKREF) !== undefined) return token("T_REGEX_BACKREF");
    const operator = this.#take(OPERATOR);
    if (operator !== undefined) return token(OPERATORS[operator] ?? operator);
    const special = this.#take(SPECIAL);
    return special === undefined ? undefined : token(`'${special}'`);
  }

  #word(): Token | undefined {
    if (this.#take(DIGITS) !== undefined) return token("T_DIGIT");
    const dashed = this.#take(DASHED)?.slice(1);
    if (dashed !== undefined) {
      if (COMPARING.has(dashed)) return token(`T_OP_${dashed.toUpperCase()}`);
      return { kind: dashed.length === 1 ? "T_OP_UNARY" : "T_OP_BINARY", text: dashed };
    }
    const name = this.#take(IDENTIFIER);
    if (name === undefined) return undefined;
    if (COMPARING.has(name)) return token(`T_OP_${name.toUpperCase()}`);
    return { kind: KEYWORDS.get(name) ?? "T_ID", text: name };
  }

  /** Between `%{` and `:` or `}`. */
  #variable(): Token {
    const name = this.#take(IDENTIFIER);
    if (name !== undefined) return { kind: "T_ID", text: name };
    const character = this.#source[this.#at];
    if (character === undefined || character === "\n") return this.#error("Unterminated string or variable");
    this.#at += 1;
    if (character === "}") {
      this.#states.pop();
      return token("T_VAR_END");
    }
    if (character !== ":") return this.#error(`Invalid character in variable name '${character}'`);
    this.#enter("argument");
    return token("':'");
  }

  /** In a string, or between `:` and `}` of a variable. */
  #text(): Token {
    const pieces: string[] = [];
    let length = 0;
    for (;;) {
      if (length > LONGEST_TEXT) return this.#error("String too long");
      if (length === 0) {
        const special = this.#ending();
        if (special !== undefined) return special;
      } else if (this.#endsHere()) {
        return length === LONGEST_TEXT ? this.#error("String too long") : { kind: "T_STRING", text: pieces.join("") };
      }
      const piece = this.#piece();
      if (typeof piece !== "string") return piece;
      pieces.push(piece);
      length += piece.length;
    }
  }

  get #inArgument(): boolean {
    return this.#states.at(-1) === "argument";
  }

  /** True where a piece of text ends, and what ends it is a token of its own. */
  #endsHere(): boolean {
    const character = this.#source[this.#at];
    if (character === undefined) return this.#isText && !this.#inArgument;
    if (this.#inArgument ? character === "}" : character === this.#quote) return true;
    return this.#source.startsWith("%{", this.#at) || matchAt(BACKREF, this.#source, this.#at) !== undefined;
  }

  #ending(): Token | undefined {
    if (!this.#endsHere()) return undefined;
    if (this.#at >= this.#source.length) return token("$end");
    if (this.#source.startsWith("%{", this.#at)) return this.#beginVariable();
    if (this.#take(BACKREF) !== undefined) return token("T_REGEX_BACKREF");
    this.#at += 1;
    if (!this.#inArgument) {
      this.#enter("code");
      return token("T_STR_END");
    }
    this.#states.pop();
    return token("T_VAR_END");
  }

  /** Reads on in a piece of text. */
  #piece(): string | Token {
    const plain = this.#take(PLAIN);
    if (plain !== undefined) return plain;
    const character = this.#source[this.#at];
    if (character === undefined || character === "\n") return this.#error("Unterminated string or variable");
    if (character === "\\") return this.#escape();
    const quote = character === '"' || character === "'";
    if (quote && this.#inArgument) return this.#error("flex scanner jammed");
    this.#at += 1;
    return character;
  }

  #escape(): string | Token {
    const octal = matchAt(OCTAL, this.#source, this.#at) ?? "";
    const decimal = matchAt(DECIMAL, this.#source, this.#at) ?? "";
    if (decimal.length > octal.length) return this.#error("Bad escape sequence");
    this.#at += Math.max(octal.length, 2);
    if (octal !== "") {
      const code = Number.parseInt(octal.slice(1), 8);
      return code > 0xff ? this.#error("Escape sequence out of bound") : String.fromCharCode(code);
    }
    if (this.#at > this.#source.length) return this.#error("flex scanner jammed");
    const escaped = this.#source[this.#at - 1] ?? "";
    return ESCAPES[escaped] ?? escaped;
  }

  #beginVariable(): Token {
    this.#at += 2;
    this.#states.push("variable");
    return token("T_VAR_BEGIN");
  }

  #enter(state: State): void {
    this.#states[this.#states.length - 1] = state;
  }

  #take(pattern: RegExp): string | undefined {
    const found = matchAt(pattern, this.#source, this.#at);
    this.#at += found?.length ?? 0;
    return found;
  }

  #error(remark: string): Token {
    this.remark = remark;
    return token("T_ERROR");
  }
}

function token(kind: string): Token {
  return { kind, text: "" };
}

function matchAt(sticky: RegExp, text: string, at: number): string | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0];
}
