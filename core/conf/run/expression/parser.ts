import { compiles } from "../../../httpd/regex.js";
import type { LoadedModules } from "../modules/loaded.js";
import {
  binaryComplaint,
  functionComplaint,
  listFunctionComplaint,
  unaryComplaint,
  variableComplaint,
} from "./lookup.js";
import type { ExpressionScanner, Token } from "./scanner.js";

/** More names than this are not written out: httpd's parser has sentences for four. */
const MOST_EXPECTED = 4;
/** Variables inside of variables: httpd gives up at ten thousand pending tokens, three or four of them a variable. */
const DEEPEST = 1_000;

const COMPARISONS: ReadonlySet<string> = new Set(
  ["EQ", "NE", "LT", "LE", "GT", "GE"].flatMap((name) => [`T_OP_${name}`, `T_OP_STR_${name}`]),
);

/** What ends a string, and the complaint where something else stands. */
type StringEnd = "T_STR_END" | "T_VAR_END" | "$end";

/** The parsing of one expression ends here, with this sentence or, for undefined, with what was remarked last. */
class Refusal extends Error {
  readonly sentence: string | undefined;

  constructor(sentence: string | undefined) {
    super(sentence);
    this.sentence = sentence;
  }
}

/**
 * Parses an expression by the grammar of server/util_expr_parse.y and complains as the parser made of it does. Names
 * that nobody knows are remarked on the way; they fail the expression at its end, unless something else fails before.
 */
export class ExpressionParser {
  readonly #scanner: ExpressionScanner;
  readonly #modules: LoadedModules;
  #ahead: Token | undefined;
  /** The last remark: of the scanner, or about a name. */
  #remark: string | undefined;

  constructor(scanner: ExpressionScanner, modules: LoadedModules) {
    this.#scanner = scanner;
    this.#modules = modules;
  }

  /** The complaint about an expression that is true or false; undefined when it parses. */
  condition(): string | undefined {
    return this.#complaint(() => {
      this.#condition();
    });
  }

  /** The complaint about text put together from literals and variables. */
  text(): string | undefined {
    return this.#complaint(() => {
      this.#string("$end", 0);
    });
  }

  #complaint(parse: () => void): string | undefined {
    try {
      parse();
      return this.#remark;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.sentence === undefined) return this.#remark ?? "syntax error";
      return this.#remark === undefined ? refusal.sentence : `${refusal.sentence}: ${this.#remark}`;
    }
  }

  #condition(): void {
    let open = 0;
    for (;;) {
      const token = this.#next();
      if (token.kind === "'('") open += 1;
      if (token.kind === "'('" || token.kind === "T_OP_NOT") continue;
      this.#term(token);
      while (open > 0 && this.#peek().kind === "')'") {
        this.#next();
        open -= 1;
      }
      const { kind } = this.#peek();
      if (kind === "$end" && open === 0) return;
      if (kind !== "T_OP_OR" && kind !== "T_OP_AND") {
        this.#refuse(this.#next(), open > 0 ? ["T_OP_OR", "T_OP_AND", "')'"] : ["$end"]);
      }
      this.#next();
    }
  }

  #term(token: Token): void {
    if (token.kind === "T_TRUE" || token.kind === "T_FALSE") return;
    if (token.kind === "T_ERROR") throw new Refusal(undefined);
    if (token.kind === "T_OP_UNARY") {
      this.#note(unaryComplaint(token.text, this.#word(this.#next(), 0)));
      return;
    }
    this.#word(token, 0);
    this.#comparison(this.#next());
  }

  #comparison(operator: Token): void {
    if (COMPARISONS.has(operator.kind)) this.#word(this.#next(), 0);
    else if (operator.kind === "T_OP_BINARY") {
      this.#note(binaryComplaint(operator.text, this.#word(this.#next(), 0)));
    } else if (operator.kind === "T_OP_IN") this.#list();
    else if (operator.kind === "T_OP_REG" || operator.kind === "T_OP_NRE") {
      const pattern = this.#expect("T_REGEX", "T_REGEX_I");
      if (!compiles(pattern.text)) throw new Refusal("Failed to compile regular expression");
    } else this.#refuse(operator);
  }

  #list(): void {
    const first = this.#expect("T_ID", "'{'");
    if (first.kind === "T_ID") {
      this.#expect("'('");
      this.#word(this.#next(), 0);
      this.#expect("T_OP_CONCAT", "')'");
      this.#note(listFunctionComplaint(first.text, this.#modules));
      return;
    }
    do this.#word(this.#next(), 0);
    while (this.#expect("'}'", "','").kind === "','");
  }

  /** A word; gives its text where it is nothing but text in quotes. */
  #word(start: Token, depth: number): string | undefined {
    const functions: string[] = [];
    let constant: string | undefined;
    let token = start;
    for (let parts = 1; ; parts += 1) {
      if (token.kind === "T_ID") {
        functions.push(token.text);
        this.#expect("'('");
        token = this.#next();
        continue;
      }
      constant = this.#operand(token, depth);
      while (functions.length > 0 && this.#peek().kind === "')'") {
        this.#next();
        this.#note(functionComplaint(functions.pop() ?? "", this.#modules));
        constant = undefined;
      }
      if (this.#peek().kind !== "T_OP_CONCAT") {
        if (functions.length > 0) this.#refuse(this.#next(), ["T_OP_CONCAT", "')'"]);
        return parts === 1 ? constant : undefined;
      }
      this.#next();
      token = this.#next();
    }
  }

  #operand(token: Token, depth: number): string | undefined {
    if (token.kind === "T_STR_BEGIN") return this.#string("T_STR_END", depth);
    if (token.kind === "T_VAR_BEGIN") this.#variable(depth);
    else if (token.kind !== "T_DIGIT" && token.kind !== "T_REGEX_BACKREF") this.#refuse(token);
    return undefined;
  }

  #variable(depth: number): void {
    const { text } = this.#expect("T_ID");
    if (this.#expect("T_VAR_END", "':'").kind === "T_VAR_END") {
      this.#note(variableComplaint(text, this.#modules));
      return;
    }
    if (depth >= DEEPEST) throw new Refusal("memory exhausted");
    this.#string("T_VAR_END", depth + 1);
    this.#note(functionComplaint(text, this.#modules));
  }

  /** Text up to its end; gives it where it has no variables. */
  #string(end: StringEnd, depth: number): string | undefined {
    const parts = ["T_STRING", "T_REGEX_BACKREF", "T_VAR_BEGIN"];
    let constant: string | undefined = "";
    for (let count = 0; ; count += 1) {
      const token = this.#next();
      if (token.kind === end && (count > 0 || end === "T_STR_END")) return constant;
      if (token.kind === "T_ERROR" && count === 0) throw new Refusal(undefined);
      if (token.kind === "T_VAR_BEGIN") this.#variable(depth);
      else if (!parts.includes(token.kind)) this.#refuse(token, expectedIn(end, count === 0));
      constant = token.kind === "T_STRING" && count === 0 ? token.text : undefined;
    }
  }

  #expect(...kinds: readonly string[]): Token {
    const token = this.#next();
    return kinds.includes(token.kind) ? token : this.#refuse(token, kinds);
  }

  #refuse(token: Token, expected: readonly string[] = []): never {
    const list = expected.length > MOST_EXPECTED ? [] : expected;
    const expecting = list.length === 0 ? "" : `, expecting ${list.join(" or ")}`;
    throw new Refusal(`syntax error, unexpected ${token.kind}${expecting}`);
  }

  #note(complaint: string | undefined): void {
    this.#remark = complaint ?? this.#remark;
  }

  #peek(): Token {
    if (this.#ahead === undefined) {
      this.#ahead = this.#scanner.next();
      if (this.#ahead.kind === "T_ERROR") this.#remark = this.#scanner.remark;
    }
    return this.#ahead;
  }

  #next(): Token {
    const token = this.#peek();
    this.#ahead = undefined;
    return token;
  }
}

/** What may stand in a string, in the order of httpd's list of tokens. */
function expectedIn(end: StringEnd, first: boolean): readonly string[] {
  if (end === "$end") return first ? ["T_ERROR", "T_STRING", "T_REGEX_BACKREF", "T_VAR_BEGIN"] : ["$end"];
  if (end === "T_VAR_END") {
    return first
      ? ["T_ERROR", "T_STRING", "T_REGEX_BACKREF", "T_VAR_BEGIN"]
      : ["T_STRING", "T_REGEX_BACKREF", "T_VAR_BEGIN", "T_VAR_END"];
  }
  const later = ["T_STRING", "T_REGEX_BACKREF", "T_STR_END", "T_VAR_BEGIN"];
  return first ? ["T_ERROR", ...later] : later;
}
