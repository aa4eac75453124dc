import { firstIndex } from "../../vocabulary/place.js";
import type { Executed, Source } from "./executed.js";
import { lex } from "../text/lex.js";
import { treeOf } from "../text/parse.js";
import type { Line, Node, Tree } from "../text/tree.js";

/** A source whose tree is put together when somebody asks for it: most readers only need the lines. */
export class LazySource implements Source {
  readonly name: string;
  readonly lines: readonly Line[];
  declare readonly use?: Executed;
  readonly #text: string;
  #tree: Tree | undefined;

  constructor(name: string, text: string, use?: Executed) {
    this.name = name;
    this.#text = text;
    this.lines = lex(text);
    if (use !== undefined) this.use = use;
  }

  get tree(): Tree {
    this.#tree ??= treeOf(this.#text, this.lines);
    return this.#tree;
  }

  /** The node a line of this source belongs to. */
  nodeAt(line: Line): Node {
    const at = firstIndex(this.lines.length - 1, (index) => (this.lines[index]?.start ?? 0) >= line.start);
    return this.tree.owners[at] ?? { kind: "blank", line };
  }
}
