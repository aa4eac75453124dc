import { EVENT_ID, SCALAR_STYLE, parseEvents } from "js-yaml";
import type { Event } from "js-yaml";
import { isRecord } from "../vocabulary/json.js";
import type { JsonValue } from "../vocabulary/json.js";
import { PARSING } from "./parsing.js";
import type { KeysOf } from "./parsing.js";

/**
 * Makes a function that finds the offset of the value at a path of a text, or of the nearest value around it. Scalars
 * are found at their value, everything else and what is empty at its key.
 *
 * @param value - what the text was read as
 */
export function offsetFinder(text: string, value: JsonValue, keys: KeysOf): (path: readonly string[]) => number {
  let whole: Spot | undefined;
  return (path) => {
    whole ??= new SpotReader(parseEvents(text, PARSING), keys).whole(value);
    let spot = whole;
    for (const step of path) {
      const part = spot.parts.get(step);
      if (part === undefined) break;
      spot = part;
    }
    return Math.max(spot.offset, 0);
  };
}

/** Where an event begins, quotes included; -1 for one that says nothing of its place. */
export function startOf(event: Event): number {
  if ("start" in event) return event.start;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type !== EVENT_ID.SCALAR) return -1;
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return quoted ? event.valueStart - 1 : event.valueStart;
}

/** A value of a text: where it is found, and its parts by key or index. */
interface Spot {
  readonly offset: number;
  readonly parts: ReadonlyMap<string, Spot>;
}

const NOTHING: ReadonlyMap<string, Spot> = new Map();

/** Walks the events of a text beside its value: what the value says needs not be found out a second time. */
class SpotReader {
  readonly #events: readonly Event[];
  readonly #keys: KeysOf;
  /** Spots of values with an anchor, which aliases show again. */
  readonly #anchored = new Map<JsonValue, Spot>();
  /** The event to be read next; the first one opens the document. */
  #next = 1;

  constructor(events: readonly Event[], keys: KeysOf) {
    this.#events = events;
    this.#keys = keys;
  }

  whole(value: JsonValue): Spot {
    return this.#spot(value, undefined);
  }

  /** The spot of a value, and all events that belong to it. `key` is where its key begins. */
  #spot(value: JsonValue, key: number | undefined): Spot {
    const event = this.#events[this.#next++];
    const start = event === undefined ? -1 : startOf(event);
    if (event === undefined || event.type === EVENT_ID.ALIAS) {
      return { offset: key ?? start, parts: this.#anchored.get(value)?.parts ?? NOTHING };
    }
    if (event.type === EVENT_ID.SCALAR) return { offset: scalarOffset(event, value, key), parts: NOTHING };
    const parts = isRecord(value) ? this.#pairs(value) : this.#items(value as readonly JsonValue[]);
    this.#next++;
    const spot = { offset: key ?? start, parts };
    if ("anchorStart" in event && event.anchorStart >= 0) this.#anchored.set(value, spot);
    return spot;
  }

  #pairs(mapping: { readonly [key: string]: JsonValue }): ReadonlyMap<string, Spot> {
    return new Map(
      this.#keys(mapping).map((name) => {
        const key = this.#events[this.#next++];
        return [name, this.#spot(mapping[name] ?? null, key === undefined ? undefined : startOf(key))];
      }),
    );
  }

  #items(list: readonly JsonValue[]): ReadonlyMap<string, Spot> {
    return new Map(list.map((item, index) => [String(index), this.#spot(item, undefined)]));
  }
}

/** Block scalars begin on a line below, so that their key says more. */
function scalarOffset(
  event: Extract<Event, { readonly style: number }>,
  value: JsonValue,
  key: number | undefined,
): number {
  const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
  return key !== undefined && (value === null || block) ? key : startOf(event);
}
