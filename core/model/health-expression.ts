import { fromUnicode } from "../httpd/bytes.js";
import { matcherOf } from "../httpd/regex.js";
import type { Matcher } from "../httpd/regex.js";

/** The answer to a health check, as an expression of ProxyHCExpr sees it. */
export interface CheckedAnswer {
  readonly status: number;
  readonly body: string;
}

/** An expression, ready to be asked. */
export type CheckExpression = (answer: CheckedAnswer) => boolean;

type Word = (answer: CheckedAnswer) => string;

/**
 * The expression of a ProxyHCExpr as far as it speaks of the answer: `%{REQUEST_STATUS}`, `hc('body')` and constants,
 * joined by the operators of httpd's expressions (server/util_expr_parse.y).
 *
 * @returns undefined for an expression that asks for anything else
 */
export function checkExpression(text: string): CheckExpression | undefined {
  const reader = new ExpressionReader(text.replace(/^\{([\s\S]*)\}$/, "$1"));
  try {
    return reader.whole();
  } catch (error) {
    if (error instanceof UnknownPiece) return undefined;
    throw error;
  }
}

class UnknownPiece extends Error {}

/** By the word of httpd without its dash, which may be left out. */
const COMPARISONS: Readonly<Record<string, (left: string, right: string) => boolean>> = {
  "==": (left, right) => left === right,
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<=": (left, right) => left <= right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  ">": (left, right) => left > right,
  eq: (left, right) => numberOf(left) === numberOf(right),
  ne: (left, right) => numberOf(left) !== numberOf(right),
  le: (left, right) => numberOf(left) <= numberOf(right),
  ge: (left, right) => numberOf(left) >= numberOf(right),
  lt: (left, right) => numberOf(left) < numberOf(right),
  gt: (left, right) => numberOf(left) > numberOf(right),
};

/** Recursive descent over the text: or, and, not, comparison, word. */
class ExpressionReader {
  #rest: string;

  constructor(text: string) {
    this.#rest = text.trim();
  }

  whole(): CheckExpression {
    const expression = this.#or();
    if (this.#rest !== "") throw new UnknownPiece();
    return expression;
  }

  #or(): CheckExpression {
    const left = this.#and();
    if (this.#take(/^\|\|/) === undefined) return left;
    const right = this.#or();
    return (answer) => left(answer) || right(answer);
  }

  #and(): CheckExpression {
    const left = this.#not();
    if (this.#take(/^&&/) === undefined) return left;
    const right = this.#and();
    return (answer) => left(answer) && right(answer);
  }

  #not(): CheckExpression {
    if (this.#take(/^!/) !== undefined) {
      const inner = this.#not();
      return (answer) => !inner(answer);
    }
    if (this.#take(/^\(/) !== undefined) {
      const inner = this.#or();
      if (this.#take(/^\)/) === undefined) throw new UnknownPiece();
      return inner;
    }
    const constant = this.#take(/^(true|false)\b/i);
    if (constant !== undefined) return () => constant[1]?.toLowerCase() === "true";
    return this.#comparison();
  }

  #comparison(): CheckExpression {
    const left = this.#word();
    const match = this.#take(/^([=!])~/);
    if (match !== undefined) return this.#matching(left, match[1] === "!");
    if (this.#take(/^-?in\b/) !== undefined) return this.#listed(left);
    const operator = this.#take(/^(?:([=!<>]=|[=<>])|-?(eq|ne|le|ge|lt|gt)\b)/);
    const compare = COMPARISONS[operator?.[1] ?? operator?.[2] ?? ""];
    if (compare === undefined) throw new UnknownPiece();
    const right = this.#word();
    return (answer) => compare(left(answer), right(answer));
  }

  #matching(left: Word, negated: boolean): CheckExpression {
    const written = this.#take(/^(?:\/((?:\\.|[^\\/])*)\/|m([#|/,;!])(.*?)\2)([a-z]*)/);
    if (written === undefined) throw new UnknownPiece();
    const pattern = compiled(written[1] ?? written[3] ?? "", written[4] ?? "");
    return (answer) => pattern.test(left(answer)) !== negated;
  }

  #listed(left: Word): CheckExpression {
    if (this.#take(/^\{/) === undefined) throw new UnknownPiece();
    const words = [this.#word()];
    while (this.#take(/^,/) !== undefined) words.push(this.#word());
    if (this.#take(/^\}/) === undefined) throw new UnknownPiece();
    return (answer) => words.some((word) => word(answer) === left(answer));
  }

  #word(): Word {
    const written = this.#take(
      /^(?:%\{REQUEST_STATUS\}|hc\(\s*(['"])body\1\s*\)|([0-9]+)|'([^'%\\$]*)'|"([^"%\\$]*)")/,
    );
    if (written === undefined) throw new UnknownPiece();
    if (written[0].startsWith("%")) return ({ status }) => String(status);
    if (written[0].startsWith("hc")) return ({ body }) => body;
    const text = written[2] ?? written[3] ?? written[4] ?? "";
    return () => text;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#rest);
    if (found === null) return undefined;
    this.#rest = this.#rest.slice(found[0].length).trimStart();
    return found;
  }
}

/** Flags of `/.../` other than these are not known here; a dot matches line ends with `s` and without. */
function compiled(pattern: string, flags: string): Matcher {
  const caseless = flags.includes("i");
  const matcher = matcherOf(fromUnicode(pattern), { caseless, multiline: flags.includes("m") });
  if (/[^ims]/.test(flags) || matcher === undefined) throw new UnknownPiece();
  return matcher;
}

function numberOf(text: string): number {
  return Number.parseInt(text, 10) || 0;
}
