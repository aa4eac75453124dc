import { argumentsOf } from "../text/arguments.js";
import { toUnicode } from "../../httpd/bytes.js";
import { rewriteLine } from "../../httpd/rewrite-line.js";
import type { RewriteLine } from "../../httpd/rewrite-line.js";
import { originOf } from "./executed.js";
import type { Effect } from "./effects.js";
import type { Executed, Source } from "./executed.js";
import { locator } from "../../vocabulary/place.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import type { Word } from "../text/tree.js";

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
  /** What it does, where httpd accepts it and others ask: see `Effect`. Absent for nothing. */
  readonly effects?: readonly Effect[];
}

/** The effect of one kind that a statement has, if any. */
export function effectOf<K extends Effect["kind"]>(
  { effects }: Statement,
  kind: K,
): Extract<Effect, { readonly kind: K }> | undefined {
  return effects?.find((effect): effect is Extract<Effect, { readonly kind: K }> => effect.kind === kind);
}

/** What an expansion came to, with places counted. */
export function statementsOf(
  directives: readonly Executed[],
  effects: ReadonlyMap<Executed, readonly Effect[]>,
): readonly Statement[] {
  const locators = new Map<Source, ReturnType<typeof locator>>();
  const placeIn = (source: Source): ReturnType<typeof locator> => {
    const known = locators.get(source) ?? locator(source.tree.text);
    locators.set(source, known);
    return known;
  };
  const statement = (executed: Executed): Statement => {
    const place = originOf(executed);
    const places = new WordPlaces(executed, place, placeIn);
    const words = executed.words.map((word, index) => new ExecutedWord(toUnicode(word), index, places));
    const { name, args, section } = executed;
    const text = toUnicode(section ? `<${name}${args === ">" ? "" : " "}${args}` : `${name} ${args}`.trimEnd());
    const done = effects.get(executed);
    const own = { name, words, text, place, ...(done === undefined ? {} : { effects: done }) };
    return section ? { ...own, children: executed.children.map(statement) } : own;
  };
  return directives.map(statement);
}

/** The arguments of a RewriteRule or RewriteCond, which mod_rewrite cuts in a way of its own. */
export function rewriteLineOf({ name, text }: Statement): RewriteLine | undefined {
  return rewriteLine(text.slice(name.length));
}

/**
 * Where the words of a directive are written: each at its own place, as long as macros and variables left them where
 * they stood, else where the directive is. Counted when somebody asks: of most words nobody does.
 */
class WordPlaces {
  readonly #executed: Executed;
  readonly #place: SourcePlace;
  readonly #placeIn: (source: Source) => ReturnType<typeof locator>;
  #written: readonly Word[] | undefined;

  constructor(executed: Executed, place: SourcePlace, placeIn: (source: Source) => ReturnType<typeof locator>) {
    this.#executed = executed;
    this.#place = place;
    this.#placeIn = placeIn;
  }

  of(index: number): SourcePlace {
    const { source, node, words } = this.#executed;
    this.#written ??= source.use === undefined ? argumentsOf(source.tree.text, node) : [];
    const word = this.#written.length === words.length ? this.#written[index] : undefined;
    return word === undefined ? this.#place : { file: source.name, ...this.#placeIn(source)(word.start) };
  }
}

class ExecutedWord implements StatementWord {
  readonly text: string;
  readonly #index: number;
  readonly #places: WordPlaces;

  constructor(text: string, index: number, places: WordPlaces) {
    this.text = text;
    this.#index = index;
    this.#places = places;
  }

  get place(): SourcePlace {
    return this.#places.of(this.#index);
  }
}
