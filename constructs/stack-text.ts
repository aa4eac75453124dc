import { Fn } from "./cdktf.js";
import type { Precondition } from "./cdktf.js";
import type { IConstruct } from "constructs";
import type { Deferred, Text } from "../core/topology/topology.js";
import { late } from "./late.js";
import { folderOf } from "./stack-path.js";
import { joinSynthesis } from "./synthesis.js";
import type { StackFile } from "./synthesis.js";
import { piecesOfText, terraformLiteral, terraformText, tokenOf } from "./text.js";

/**
 * Everything an address may consist of; a value with anything else could add a directive. Without a backslash, which
 * cdktf would hand to Terraform unescaped.
 */
const ADDRESS = "^[]A-Za-z0-9._:[-]+$";

/** Literal text, and values that are known only at apply. */
type Pieces = readonly (string | Deferred)[];

/**
 * A text that a target makes of a plan, such as user data: written beside `cdk.tf.json` at synth, and read by Terraform
 * as one value, so that nothing in it has to be escaped. It holds no secret.
 */
export class StackText {
  readonly #scope: IConstruct;
  readonly #path: string;
  readonly #text: () => Text | undefined;

  /**
   * @param name - of the file, in the folder of the scope
   * @param text - asked for at synth; undefined while the description has problems
   */
  constructor(scope: IConstruct, name: string, text: () => Text | undefined) {
    this.#scope = scope;
    this.#path = `${folderOf(scope)}/${name}`;
    this.#text = text;
    joinSynthesis(scope, () => pieceFiles(scope, this.#path, this.#pieces(), false));
  }

  /** The whole text as one Terraform value. */
  get value(): string {
    return late(() => wholeText(this.#scope, this.#path, this.#pieces(), false)).toString();
  }

  /** The same in base64, as some resources take it. */
  get base64(): string {
    return late(() => `\${base64encode("${wholeText(this.#scope, this.#path, this.#pieces(), false)}")}`).toString();
  }

  /** Refuses values of holes that are no address; give them to the resource that takes the text. */
  get preconditions(): Precondition[] {
    return latePreconditions(() => {
      const holes = this.#pieces().filter((piece) => typeof piece !== "string");
      return holes.length === 0 ? undefined : holes.map((hole) => addressPrecondition(this.#scope, hole));
    });
  }

  /** The text as a plan shows it, with a name in the place of each hole: one unknown value would hide the whole text. */
  get shown(): string {
    return late(() =>
      terraformText(
        this.#scope,
        this.#pieces().map((piece) => (typeof piece === "string" ? piece : `<${piece.deferred}>`)),
      ),
    ).toString();
  }

  #pieces(): Pieces {
    const text = this.#text();
    return text === undefined ? [] : piecesOfText(text);
  }
}

/** The files that Terraform puts a text together from: one, where it has no holes. */
export function pieceFiles(scope: IConstruct, path: string, pieces: Pieces, secret: boolean): readonly StackFile[] {
  const owner = scope.node.path;
  return pieces.flatMap((piece, index) =>
    typeof piece === "string" ? [{ path: piecePath(path, pieces, index), text: piece, secret, owner }] : [],
  );
}

/** Where a piece is written: a text without holes is one file, with the name of the whole. */
export function piecePath(path: string, pieces: Pieces, index: number): string {
  return pieces.length === 1 ? path : `${path}.${index}`;
}

/** In Terraform's own words: cdktf would resolve a function call piece by piece. */
export function wholeText(scope: IConstruct, path: string, pieces: Pieces, secret: boolean): string {
  const words = pieces.map((piece, index) =>
    typeof piece === "string" ? `\${file("\${path.module}/${piecePath(path, pieces, index)}")}` : tokenOf(scope, piece),
  );
  return secret ? `\${sensitive("${words.join("")}")}` : words.join("");
}

/** Refuses a value that is no address: a line break in one would be a directive of its own. */
export function addressPrecondition(scope: IConstruct, hole: Deferred): Precondition {
  return {
    condition: Fn.can(Fn.regex(ADDRESS, tokenOf(scope, hole))),
    errorMessage: `The value of ${terraformLiteral(hole.deferred)} is no address: letters, digits and . : - [ ] are allowed.`,
  };
}

/** Preconditions that are asked for at synth, in Terraform's own words, as cdktf does not look into late values. */
export function latePreconditions(preconditions: () => readonly Precondition[] | undefined): Precondition[] {
  const words = (): unknown =>
    preconditions()?.map(({ condition, errorMessage }) => ({
      condition: condition as unknown,
      error_message: errorMessage,
    }));
  return late(words) as unknown as Precondition[];
}
