import { argumentsOf } from "../text/arguments.js";
import { toUnicode } from "../text/bytes.js";
import { originOf } from "./executed.js";
import type { Executed, Source } from "./executed.js";
import { locator } from "../../vocabulary/place.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import { cutWord } from "../text/words.js";

/** A word and where it is written. */
export interface StatementWord {
  readonly text: string;
  readonly place: SourcePlace;
}

/** A directive or section as httpd executes it: includes resolved, variables replaced, words cut. */
export interface Statement {
  /** Its name as written. */
  readonly name: string;
  readonly words: readonly StatementWord[];
  /** The logical line; of a section the opening one. */
  readonly text: string;
  readonly place: SourcePlace;
  /** What stands in a section; absent for a directive. */
  readonly children?: readonly Statement[];
}

/** What an expansion came to, with words cut and places counted. */
export function statementsOf(directives: readonly Executed[]): readonly Statement[] {
  const locators = new Map<Source, ReturnType<typeof locator>>();
  const placeIn = (source: Source): ReturnType<typeof locator> => {
    const known = locators.get(source) ?? locator(source.tree.text);
    locators.set(source, known);
    return known;
  };
  const statement = (executed: Executed): Statement => {
    const place = originOf(executed);
    const words = wordsOf(executed, place, placeIn);
    const { name, args, section } = executed;
    const text = toUnicode(section ? `<${name}${args === ">" ? "" : " "}${args}` : `${name} ${args}`.trimEnd());
    const own = { name, words, text, place };
    return section ? { ...own, children: executed.children.map(statement) } : own;
  };
  return directives.map(statement);
}

/** Words with their own places, as long as macros and variables left them where they were written. */
function wordsOf(
  executed: Executed,
  place: SourcePlace,
  placeIn: (source: Source) => ReturnType<typeof locator>,
): readonly StatementWord[] {
  const { source, node, args, section } = executed;
  const cut = section ? args.slice(0, Math.max(0, args.lastIndexOf(">"))) : args;
  const texts: string[] = [];
  for (let word = cutWord(cut, 0); word !== undefined; word = cutWord(cut, word.next)) texts.push(toUnicode(word.text));
  const written = source.use === undefined ? argumentsOf(source.tree.text, node) : [];
  if (written.length !== texts.length) return texts.map((text) => ({ text, place }));
  const locate = placeIn(source);
  return texts.map((text, index) => new WrittenWord(text, written[index]?.start ?? 0, { file: source.name, locate }));
}

/** Where the offsets of a file are counted. */
interface Counted {
  readonly file: string;
  readonly locate: ReturnType<typeof locator>;
}

/** A word whose place is counted when somebody asks for it: of most words nobody does. */
class WrittenWord implements StatementWord {
  readonly text: string;
  readonly #start: number;
  readonly #counted: Counted;

  constructor(text: string, start: number, counted: Counted) {
    this.text = text;
    this.#start = start;
    this.#counted = counted;
  }

  get place(): SourcePlace {
    const { file, locate } = this.#counted;
    return { file, ...locate(this.#start) };
  }
}
