import type { Answer, Pick } from "./trace.js";

/** How many requests got an answer. */
export interface Counted {
  readonly answer: Answer;
  count: number;
}

/** How many requests got which answer, and how many of them were uncertain. */
export interface Round {
  readonly counted: readonly Readonly<Counted>[];
  readonly uncertain: number;
}

/** Counts answers. */
export class Tally {
  readonly #counted = new Map<string, Counted>();
  #uncertain = 0;

  add({ member, status, either }: Pick): void {
    this.entry({ member, status }).count++;
    if (either !== undefined) this.#uncertain++;
  }

  /** Adds so many equal rounds. */
  addRounds(round: Round, rounds: number): void {
    for (const { answer, count } of round.counted) this.entry(answer).count += count * rounds;
    this.#uncertain += round.uncertain * rounds;
  }

  /** So many of the requests counted were uncertain. */
  doubt(requests: number): void {
    this.#uncertain += requests;
  }

  /** What was counted so far. */
  total(): Round {
    return { counted: [...this.#counted.values()].map((entry) => ({ ...entry })), uncertain: this.#uncertain };
  }

  /** What was added to an earlier total. */
  since(before: Round): Round {
    const added = [...this.#counted.values()].map(({ answer, count }) => {
      const earlier = before.counted.find((known) => keyOf(known.answer) === keyOf(answer));
      return { answer, count: count - (earlier?.count ?? 0) };
    });
    return { counted: added.filter(({ count }) => count > 0), uncertain: this.#uncertain - before.uncertain };
  }

  /** Requests by `URL status`, `httpd` standing for httpd itself. */
  answers(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counted].map(([key, { count }]) => [key, count]));
  }

  /** Requests whose answer was not certain. */
  get uncertain(): number {
    return this.#uncertain;
  }

  /** The counter of an answer, for those who count by themselves. */
  entry(answer: Answer): Counted {
    const key = keyOf(answer);
    const known = this.#counted.get(key);
    if (known !== undefined) return known;
    const entry = { answer, count: 0 };
    this.#counted.set(key, entry);
    return entry;
  }
}

function keyOf({ member, status }: Answer): string {
  return `${member ?? "httpd"} ${status}`;
}
