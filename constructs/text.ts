import { Token, Tokenization } from "./cdktf.js";
import type { Construct, IConstruct } from "constructs";
import type { Deferred, Text } from "../core/topology/topology.js";
import { attachment } from "./attached.js";

/** Tokens behind the holes of one construct tree, by the name of the hole; kept with its root. */
const HOLES = attachment("holes", () => new Map<string, string>());

/**
 * A string of cdktf as text: literal pieces stay literal, tokens (values known only at apply) become holes.
 *
 * @param origin - where the value was given, for example `shop/mycluster/node1/url`; unique in the construct tree
 */
export function textOf(scope: Construct, value: string, origin: string): Text {
  if (!Token.isUnresolved(value)) return value;
  const holes = HOLES.of(scope.node.root);
  return piecesOf(value).map((piece, index) => {
    if (!Token.isUnresolved(piece)) return piece;
    const deferred = `${origin}/${index}`;
    holes.set(deferred, piece);
    return { deferred };
  });
}

/**
 * Text as Terraform reads it back byte for byte: `${` and `%{`, which httpd uses for variables and log formats, are
 * escaped in literal pieces; holes become the tokens they stand for. cdktf writes strings as they are, and its
 * `Fn.rawString` leaves `%{` alone.
 */
export function terraformText(scope: IConstruct, text: Text): string {
  const pieces = piecesOfText(text);
  return pieces
    .map((piece, index) => {
      if (typeof piece !== "string") return tokenOf(scope, piece);
      const literal = terraformLiteral(piece);
      return typeof pieces[index + 1] === "object" ? beforeValue(literal) : literal;
    })
    .join("");
}

/** The token a hole stands for. Throws when the hole was not made by {@link textOf} in the same construct tree. */
export function tokenOf(scope: IConstruct, hole: Deferred): string {
  const token = HOLES.of(scope.node.root).get(hole.deferred);
  if (token === undefined) throw new Error(`no value is known for the hole '${hole.deferred}'; make it with textOf()`);
  return token;
}

/** Pieces of a text; a plain string is one piece. */
export function piecesOfText(text: Text): readonly (string | Deferred)[] {
  return typeof text === "string" ? [text] : text;
}

/** A text that a value follows: a `$` at its end would escape the value. */
function beforeValue(literal: string): string {
  return literal.replace(/[$%]+$/, (last) => `\${"${last}"}`);
}

/** Escapes the two openings of Terraform's templates; a function as replacement, because `$$` is special in a text. */
export function terraformLiteral(literal: string): string {
  return literal.replace(/[$%]\{/g, (opening) => `${opening.slice(0, 1)}${opening}`);
}

/** Literal and token pieces in order, through the public half of cdktf's tokens. */
function piecesOf(value: string): readonly string[] {
  const joined: unknown = Tokenization.reverseString(value).join({
    join: (left: unknown, right: unknown) => [...(Array.isArray(left) ? (left as unknown[]) : [left]), right],
  });
  return (Array.isArray(joined) ? joined : [joined]).map(String);
}
