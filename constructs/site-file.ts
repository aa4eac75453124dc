import { Fn, Lazy, TerraformStack } from "cdktf";
import type { Precondition } from "cdktf";
import type { IConstruct } from "constructs";
import { renderServer } from "../core/render/render.js";
import type { Deferred, Text, Topology } from "../core/topology/topology.js";
import { redact } from "./redact.js";
import { joinSynthesis } from "./synthesis.js";
import type { StackFile } from "./synthesis.js";
import { piecesOfText, terraformText, tokenOf } from "./text.js";

/**
 * Everything an address may consist of; a value with anything else could add a directive. Without a backslash, which
 * cdktf would hand to Terraform unescaped.
 */
const ADDRESS = "^[]A-Za-z0-9._:[-]+$";

/**
 * A file of a site: written beside `cdk.tf.json` at synth, shown in plans as text, put together at apply.
 *
 * Values known only at apply are holes. The literal pieces between them are written as files of their own, because
 * neither a command line nor an environment holds a large configuration; a file without holes is one piece.
 */
export class SiteFile {
  /** Name of the file where it is deployed. */
  readonly name: string;
  readonly #scope: IConstruct;
  readonly #describe: () => Topology;

  constructor(scope: IConstruct, name: string, describe: () => Topology) {
    this.name = name;
    this.#scope = scope;
    this.#describe = describe;
    joinSynthesis(scope, () => this.#files());
  }

  /**
   * The text as a plan shows it, with a fingerprint in the place of each secret and a name in the place of each hole:
   * one unknown value would hide the whole text.
   */
  get shown(): string {
    const named = (): Text =>
      this.#shownText().map((piece) => (typeof piece === "string" ? piece : `<${piece.deferred}>`));
    return Lazy.stringValue({ produce: () => terraformText(this.#scope, named()) });
  }

  /** The values of the holes, so that a changed address changes the resource; absent without holes. */
  get addresses(): string {
    const values = (): readonly string[] => this.#holes().map((hole) => tokenOf(this.#scope, hole));
    return Lazy.stringValue({ produce: () => (values().length === 0 ? undefined : values().join(" ")) });
  }

  /**
   * A shell command that prints the file; run in the stack's folder, with {@link SiteFile.environment}. Computed when
   * it is called: call it at synth.
   */
  printCommand(): string {
    const pieces = this.#pieces();
    if (pieces.length === 1) return `cat '${this.#path}'`;
    const words = pieces.map((piece, index) =>
      typeof piece === "string" ? `cat '${this.#path}.${index}'` : `printf %s "$${holeName(index)}"`,
    );
    return `{ ${words.join("; ")}; }`;
  }

  /** Path, below the stack's folder, of another file in the folder of this one. */
  beside(name: string): string {
    return `${this.#path.slice(0, -this.name.length)}${name}`;
  }

  /** Environment of a command that contains {@link SiteFile.printCommand}: `own`, a `UMASK` and the values of the holes. */
  environment(own: Readonly<Record<string, string>>): Record<string, string> {
    const produce = (): Record<string, string> => ({
      ...own,
      UMASK: this.#secret ? "077" : "022",
      ...Object.fromEntries(
        this.#pieces().flatMap((piece, index) =>
          typeof piece === "string" ? [] : [[holeName(index), tokenOf(this.#scope, piece)]],
        ),
      ),
    });
    return Lazy.anyValue({ produce }) as unknown as Record<string, string>;
  }

  /**
   * Refuses values of holes that are no address: a line break in one would be a directive of its own. In Terraform's
   * own words, as cdktf does not look into late values.
   */
  get preconditions(): Precondition[] {
    const produce = (): unknown => {
      const holes = this.#holes().map((hole) => ({
        condition: Fn.can(Fn.regex(ADDRESS, tokenOf(this.#scope, hole))),
        error_message: `The value of ${hole.deferred} is no address: letters, digits and . : - [ ] are allowed.`,
      }));
      return holes.length === 0 ? undefined : holes;
    };
    return Lazy.anyValue({ produce }) as unknown as Precondition[];
  }

  #shownText(): readonly (string | Deferred)[] {
    return rendered(redact(this.#describe()));
  }

  #pieces(): readonly (string | Deferred)[] {
    return rendered(this.#describe());
  }

  #holes(): readonly Deferred[] {
    return this.#pieces().filter((piece) => typeof piece !== "string");
  }

  #files(): readonly StackFile[] {
    const secret = this.#secret;
    const pieces = this.#pieces();
    return pieces.flatMap((piece, index) => {
      if (typeof piece !== "string") return [];
      return [{ path: pieces.length === 1 ? this.#path : `${this.#path}.${index}`, text: piece, secret }];
    });
  }

  get #secret(): boolean {
    const topology = this.#describe();
    return redact(topology) !== topology;
  }

  /** Below the stack's folder; construct ids become folder names. */
  get #path(): string {
    const stack = TerraformStack.of(this.#scope);
    const ids = this.#scope.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
    return [...ids.map((id) => id.replace(/[^A-Za-z0-9._-]/g, "-")), this.name].join("/");
  }
}

/** The httpd.conf of the one server a description of a construct has. */
function rendered(topology: Topology): readonly (string | Deferred)[] {
  return topology.servers.flatMap((server) => piecesOfText(renderServer(topology, server).text));
}

/** Environment variable of a hole, numbered like the pieces. */
function holeName(index: number): string {
  return `HOLE_${index}`;
}
