import { wordsOf } from "../../httpd/word.js";
import type { OnReadLine, Source } from "./executed.js";
import type { LazySource } from "./source.js";
import type { Line, Node } from "../text/tree.js";

/** A line executed while it is read, that cuts its words and finds its node when somebody asks. */
export class ReadAhead implements OnReadLine {
  readonly key: string;
  readonly source: LazySource;
  readonly line: Line;
  readonly opened: Source[] = [];
  readonly #args: string;

  constructor(key: string, args: string, { source, line }: { readonly source: LazySource; readonly line: Line }) {
    this.key = key;
    this.source = source;
    this.line = line;
    this.#args = args;
  }

  get words(): readonly string[] {
    return wordsOf(this.#args);
  }

  get node(): Node {
    return this.source.nodeAt(this.line);
  }
}
