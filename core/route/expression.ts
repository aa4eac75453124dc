import { cidrContains } from "../httpd/network.js";
import { valueOfVariable, valueOrOfProcess } from "./env-variable.js";
import { regexOf } from "./regex.js";
import type { Match } from "./regex.js";
import type { Going } from "./request.js";
import { variable } from "./variable.js";

/**
 * Whether an expression holds, as far as it is made of comparisons of what a request says (`ap_expr_exec` of
 * server/util_expr_eval.c): `==`, `!=`, `=~`, `!~`, `in`, `-n`, `-z`, `-T`, `-R`, numbers, `!`, `&&`, `||`, brackets.
 *
 * @returns undefined where it holds something else, or a value that is not known
 */
export function expressionHolds(text: string, going: Going): boolean | undefined {
  return evaluated(text, going).holds;
}

/** What became of an expression. */
export interface Evaluated {
  /** Undefined where it holds something that is not read here, or a value that is not known. */
  readonly holds: boolean | undefined;
  /** What the last comparison with groups took: `$0` to `$9` behind it; empty where none of them did. */
  readonly match: Match;
}

/** The same, with what its groups took (`ap_expr_exec_re`). */
export function evaluated(text: string, going: Going): Evaluated {
  const reader = new Reader(text, going);
  const value = reader.or();
  return { holds: reader.whole ? value : undefined, match: reader.match };
}

class Reader {
  readonly #text: string;
  readonly #going: Going;
  #at = 0;
  #lost = false;
  #match: Match = [];
  /** In how many parts one stands that httpd does not come to, as what is before it decides. */
  #skipped = 0;

  constructor(text: string, going: Going) {
    this.#text = text;
    this.#going = going;
  }

  get match(): Match {
    return this.#match;
  }

  /** Everything was read, and all of it has a meaning here. */
  get whole(): boolean {
    return !this.#lost && this.#rest === "";
  }

  or(): boolean | undefined {
    let value = this.#and();
    while (this.#take(/^\|\|/) !== undefined) {
      const other = this.#unless(value === true, () => this.#and());
      value = value === true || other === true ? true : value === undefined || other === undefined ? undefined : false;
    }
    return value;
  }

  #and(): boolean | undefined {
    let value = this.#not();
    while (this.#take(/^&&/) !== undefined) {
      const other = this.#unless(value === false, () => this.#not());
      value =
        value === false || other === false ? false : value === undefined || other === undefined ? undefined : true;
    }
    return value;
  }

  #unless(isDecided: boolean, read: () => boolean | undefined): boolean | undefined {
    if (isDecided) this.#skipped += 1;
    const value = read();
    if (isDecided) this.#skipped -= 1;
    return value;
  }

  #not(): boolean | undefined {
    if (this.#take(/^!(?![=~])/) !== undefined) {
      const value = this.#not();
      return value === undefined ? undefined : !value;
    }
    if (this.#take(/^\(/) !== undefined) {
      const value = this.or();
      if (this.#take(/^\)/) === undefined) this.#lost = true;
      return value;
    }
    if (this.#take(/^true\b/) !== undefined) return true;
    if (this.#take(/^false\b/) !== undefined) return false;
    const unary = this.#take(/^-[A-Za-z](?![A-Za-z])/);
    return unary === undefined ? this.#comparison() : this.#unary(unary);
  }

  #unary(operator: string): boolean | undefined {
    const value = this.#word();
    if (value === undefined) return undefined;
    if (operator === "-n") return value !== "";
    if (operator === "-z") return value === "";
    if (operator === "-T") return !["", "0", "off", "false", "no"].includes(value.toLowerCase());
    if (operator === "-R" && this.#going.client !== undefined) return cidrContains(value, this.#going.client);
    return undefined;
  }

  #comparison(): boolean | undefined {
    const left = this.#word();
    const operator = this.#take(/^(?:==|!=|=~|!~|<=|>=|<|>|=|-?(?:eq|ne|lt|le|gt|ge)\b|-?in\b)/);
    if (operator === undefined) {
      this.#lost = true;
      return undefined;
    }
    if (operator === "=~" || operator === "!~") return this.#matches(left, operator === "!~");
    if (operator.endsWith("in")) return this.#listed(left);
    const right = this.#word();
    return left === undefined || right === undefined ? undefined : compared(left, operator, right);
  }

  #matches(left: string | undefined, negated: boolean): boolean | undefined {
    const regex = this.#regex();
    if (regex === undefined) {
      this.#lost = true;
      return undefined;
    }
    const { pattern, flags } = regex;
    const expression = /^[is]*$/.test(flags) ? regexOf(pattern, flags.includes("i")) : undefined;
    if (left === undefined || expression === undefined) return undefined;
    const match = expression.exec(left);
    if (expression.names.length > 0 && this.#skipped === 0) this.#match = match ?? [];
    return (match !== undefined) !== negated;
  }

  /** `/.../flags` and `m#...#flags`. */
  #regex(): { readonly pattern: string; readonly flags: string } | undefined {
    const opening = this.#take(/^m?[^\w\s]/);
    if (opening === undefined) return undefined;
    const body = this.#text.slice(this.#at);
    const end = body.indexOf(opening.slice(-1));
    if (end === -1) return undefined;
    const flags = /^[a-z]*/.exec(body.slice(end + 1))?.[0] ?? "";
    this.#at += end + 1 + flags.length;
    return { pattern: body.slice(0, end), flags };
  }

  #listed(left: string | undefined): boolean | undefined {
    if (this.#take(/^\{/) === undefined) {
      this.#lost = true;
      return undefined;
    }
    const words: (string | undefined)[] = [];
    do words.push(this.#word());
    while (this.#take(/^,/) !== undefined);
    if (this.#take(/^\}/) === undefined) this.#lost = true;
    return left === undefined || words.includes(undefined) ? undefined : words.includes(left);
  }

  /** A text in quotes, a variable, a number, a function of the request. */
  #word(): string | undefined {
    const quoted = this.#take(/^'(?:[^'\\]|\\.)*'/) ?? this.#take(/^"(?:[^"\\]|\\.)*"/);
    if (quoted !== undefined) return this.#filled(quoted.slice(1, -1));
    const named = this.#take(/^%\{[^}]*\}/);
    if (named !== undefined) return this.#variable(named.slice(2, -1));
    const called = this.#take(/^(?:req|http|req_novary|reqenv|env)\(\s*(?:'[^']*'|"[^"]*")\s*\)/);
    if (called !== undefined) return this.#called(called);
    const number = this.#take(/^[0-9]+/);
    if (number === undefined) this.#lost = true;
    return number;
  }

  #called(call: string): string | undefined {
    const [, name = "", argument = ""] = /^(\w+)\(\s*['"]([^'"]*)['"]/.exec(call) ?? [];
    if (name === "reqenv") return valueOfVariable(argument, this.#going);
    if (name === "env") return valueOrOfProcess(argument, this.#going);
    return this.#going.headers.get(argument.toLowerCase()) ?? "";
  }

  #filled(text: string): string | undefined {
    const unknown: string[] = [];
    const filled = text.replace(
      /\\(.)|%\{([^}]*)\}|\$([0-9])/g,
      (piece, escaped?: string, name?: string, group?: string) => {
        if (escaped !== undefined) return escaped;
        const value = name === undefined ? (this.#match[Number(group)] ?? "") : this.#variable(name);
        if (value === undefined) unknown.push(piece);
        return value ?? "";
      },
    );
    return unknown.length === 0 ? filled : undefined;
  }

  #variable(name: string): string | undefined {
    if (name.includes(":") && !/^(?:HTTP|ENV|REQENV):/i.test(name)) return undefined;
    if (/^REQENV:/i.test(name)) return valueOfVariable(name.slice("REQENV:".length), this.#going);
    const value = variable(name.includes(":") ? name : name.toUpperCase(), this.#going);
    return value === "" && !KNOWN_EMPTY.test(name) ? undefined : value;
  }

  get #rest(): string {
    return this.#text.slice(this.#at).trimStart();
  }

  #take(pattern: RegExp): string | undefined {
    const { length } = this.#text;
    this.#at = length - this.#rest.length;
    const found = pattern.exec(this.#rest)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}

/** Variables that may be empty without being unknown to httpd. */
const KNOWN_EMPTY = /^(?:HTTP_|HTTP:|ENV:|QUERY_STRING$|PATH_INFO$|REMOTE_USER$)/i;

function compared(left: string, operator: string, right: string): boolean {
  const number = /^-?(eq|ne|lt|le|gt|ge)$/.exec(operator)?.[1];
  const order =
    number === undefined
      ? left < right
        ? -1
        : left > right
          ? 1
          : 0
      : Number.parseInt(left, 10) - Number.parseInt(right, 10);
  switch (number ?? operator) {
    case "==":
    case "=":
    case "eq":
      return order === 0;
    case "!=":
    case "ne":
      return order !== 0;
    case "<":
    case "lt":
      return order < 0;
    case "<=":
    case "le":
      return order <= 0;
    case ">":
    case "gt":
      return order > 0;
    default:
      return order >= 0;
  }
}
