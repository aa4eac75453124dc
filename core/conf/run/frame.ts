import { wordsOf } from "../../httpd/word.js";
import { refused } from "./refusal.js";
import type { Objection, Refusal } from "./refusal.js";
import type { Executed, Source } from "./executed.js";
import type { ReadAhead } from "./read-ahead.js";
import type { LazySource } from "./source.js";
import type { Line, Node } from "../text/tree.js";

/** Characters of arguments from which on their words are kept. */
const KEPT_FROM = 1_000;

/** A directive of a source that finds its node when somebody asks for it. */
class ExecutedLine implements Executed {
  readonly name: string;
  readonly section: boolean;
  readonly args: string;
  readonly source: LazySource;
  readonly line: Line;
  readonly children: Executed[];
  declare readonly parent?: Executed;
  #words: readonly string[] | undefined;

  constructor(read: FrameLine, name: string, args: string, children: Executed[], parent: Executed | undefined) {
    this.name = name;
    this.args = args;
    this.source = read.source;
    this.line = read.line;
    this.children = children;
    this.section = children !== NO_CHILDREN;
    if (parent !== undefined) this.parent = parent;
  }

  get node(): Node {
    return this.source.nodeAt(this.line);
  }

  /**
   * Cut when somebody asks: who only tests a file asks once, and would keep the words of all its lines to the end. Those of a
   * long line are kept, as rules that look at each of its words ask once a word.
   */
  get words(): readonly string[] {
    if (this.#words !== undefined) return this.#words;
    const { args } = this;
    const words = wordsOf(this.section ? args.slice(0, Math.max(0, args.lastIndexOf(">"))) : args);
    if (args.length > KEPT_FROM) this.#words = words;
    return words;
  }
}

/** A section whose children are still being read. */
interface OpenSection extends Executed {
  readonly children: Executed[];
}

/** Shared by all directives, to which nothing is ever added. */
const NO_CHILDREN: Executed[] = [];

/** A stretch that has to end before what is around it goes on: a file, or a condition that holds. */
interface Block {
  /** The line that ends it, in lower case; undefined for a file, which ends with its last line. */
  readonly end: string | undefined;
  /** Sections open in it. */
  readonly open: OpenSection[];
  readonly parent: OpenSection | undefined;
}

interface Cursor {
  readonly source: LazySource;
  at: number;
}

/** What httpd says of a file that ends too early. */
export interface Unfinished extends Refusal {
  /** Of sections left open: the line of the innermost, and the sentence without its place. */
  readonly unclosed?: { readonly line: number; readonly message: string };
}

/** A line to execute. */
export interface FrameLine {
  readonly source: LazySource;
  readonly line: Line;
}

/** The reading of one file: where it stands, which sections and conditions are open, what is being skipped. */
export class FileFrame {
  /** Files of an `Include` that are still to be read before the next line. */
  readonly pendingIncludes: string[] = [];
  /** The `Include` that they come from. */
  including: ReadAhead | undefined;
  readonly #cursors: Cursor[];
  readonly #blocks: Block[];
  readonly #into: Executed[];
  /** Names of the sections being skipped, `<` included; the outermost is the condition that does not hold. */
  readonly #skipped: string[] = [];
  #blamed: { readonly source: Source; readonly line: Line } | undefined;

  constructor(source: LazySource, into: Executed[], parent: Executed | undefined) {
    this.#cursors = [{ source, at: 0 }];
    this.#into = into;
    this.#blocks = [{ end: undefined, open: [], parent: parent as OpenSection | undefined }];
  }

  /** The line a complaint is about: that of the last directive executed while reading, or of the fault itself. */
  get blamed(): { readonly source: Source; readonly line: Line } | undefined {
    return this.#blamed;
  }

  blame(source: Source, line: Line): void {
    this.#blamed = { source, line };
  }

  get skipping(): boolean {
    return this.#skipped.length > 0;
  }

  /** The section that the next directive stands in. */
  get parent(): Executed | undefined {
    return this.#parent;
  }

  /** The list that the next directive goes to. */
  get siblings(): Executed[] {
    return this.#parent?.children ?? this.#into;
  }

  /** True while the text of a macro of this name is being read. */
  inMacro(name: string): boolean {
    return this.#cursors.some((cursor) => cursor.source.name.startsWith(`macro '${name}' (`));
  }

  /** The macro's text that is read next, where one was put in. */
  get inserted(): readonly Source[] {
    return this.#cursors.slice(-1).map(({ source }) => source);
  }

  /** Reads a macro's text before the next line. */
  insert(source: LazySource): void {
    this.#cursors.push({ source, at: 0 });
  }

  nextLine(): FrameLine | undefined {
    for (let cursor = this.#cursors.at(-1); cursor !== undefined; cursor = this.#cursors.at(-1)) {
      const line = cursor.source.lines[cursor.at];
      cursor.at += 1;
      if (line !== undefined) return { source: cursor.source, line };
      if (this.#cursors.length === 1) return undefined;
      this.#cursors.pop();
    }
    return undefined;
  }

  /** The end of the file: a complaint when something has to be closed. A condition that holds need not be. */
  finish(): Unfinished | undefined {
    const skipped = this.#skipped.at(-1);
    if (skipped !== undefined) {
      const end = `</${skipped.slice(1)}>`;
      return misnested(`Expected ${end} before end of configuration`, `end the section with ${end}`);
    }
    const open = this.#blocks[0]?.open ?? [];
    const outermost = open[0];
    if (outermost === undefined) return undefined;
    this.blame(outermost.source, outermost.line);
    const places = [...open].reverse().map(({ source, line }) => `${source.name}:${line.lastLine}: `);
    const sentences = [...open].reverse().map(({ name }) => `<${name}> was not closed.`);
    const sentence = sentences.map((text, index) => `${places[index] ?? ""}${text}`).join("\n");
    const line = open.at(-1)?.line.lastLine ?? 0;
    const {
      name,
      line: { lastLine },
    } = open.at(-1) ?? outermost;
    const mend = `write </${name}> where the <${name}> of line ${lastLine} ends`;
    return { ...misnested(sentence, mend), unclosed: { line, message: sentence.slice(places[0]?.length) } };
  }

  /** Starts a condition: its lines are read on, or skipped up to its end. */
  enterCondition(name: string, holds: boolean): void {
    if (!holds) this.#skipped.push(name);
    else this.#blocks.push({ end: `</${name.slice(1)}>`.toLowerCase(), open: [], parent: this.#parent });
  }

  /** True when the line ends the innermost condition, which is left then. */
  endsCondition(text: string): boolean {
    const block = this.#blocks.at(-1);
    if (block?.end === undefined || this.skipping || block.open.length > 0) return false;
    if (text.length !== block.end.length || text.toLowerCase() !== block.end) return false;
    this.#blocks.pop();
    return true;
  }

  /** A line of what is skipped: `ap_soak_end_container` of server/config.c. */
  skip(word: string, rest: string): Objection {
    if (!word.startsWith("<")) return undefined;
    if (!word.startsWith("</")) {
      this.#skipped.push(rest === "" && word.endsWith(">") ? word.slice(0, -1) : word);
      return undefined;
    }
    const expected = this.#skipped.at(-1) ?? "";
    const closing = word.slice(0, -1);
    if (closing.slice(2).toLowerCase() !== expected.slice(1).toLowerCase()) {
      const end = `</${expected.slice(1)}>`;
      return misnested(
        `Expected ${end} but saw ${closing}>`,
        `write ${end} here, or close ${expected}> above this line`,
      );
    }
    this.#skipped.pop();
    return undefined;
  }

  /** A closing line. */
  close(word: string, source: Source, line: Line): Objection {
    const block = this.#blocks.at(-1);
    const section = block?.open.at(-1);
    if (section === undefined) {
      this.blame(source, line);
      const mend = `remove the line, or open <${word.slice(2)} above it; look for a section that is closed twice`;
      return misnested(`${word} without matching <${word.slice(2)} section`, mend);
    }
    if (!word.endsWith(">")) {
      this.blame(source, line);
      return misnested(`${word}> directive missing closing '>'`, `write ${word}>, with nothing between`);
    }
    if (word.slice(2, -1).toLowerCase() !== section.name.toLowerCase()) {
      this.blame(source, line);
      const { lastLine } = section.line;
      const mend = `close the <${section.name}> of line ${lastLine} first: write </${section.name}> above this line`;
      return misnested(`Expected </${section.name}> but saw ${word}`, mend);
    }
    block?.open.pop();
    return undefined;
  }

  /** A directive or an opening line. */
  add(section: boolean, name: string, args: string, read: FrameLine): void {
    const parent = this.#parent;
    const executed: OpenSection = new ExecutedLine(read, name, args, section ? [] : NO_CHILDREN, parent);
    (parent?.children ?? this.#into).push(executed);
    if (section) this.#blocks.at(-1)?.open.push(executed);
  }

  get #parent(): OpenSection | undefined {
    const block = this.#blocks.at(-1);
    return block?.open.at(-1) ?? block?.parent;
  }
}

function misnested(sentence: string, mend: string): Refusal {
  return { ...refused(sentence, mend), sections: true };
}
