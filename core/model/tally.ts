import type { Answer, Pick } from "./trace.js";

/** How many requests each answer was given to. */
export type Counts = ReadonlyMap<string, { readonly answer: Answer; readonly count: number }>;

/** Counts answers. */
export class Tally {
  readonly #counts = new Map<string, { readonly answer: Answer; count: number }>();
  #uncertain = 0;

  add({ member, status, either }: Pick): void {
    this.#entry({ member, status }).count++;
    if (either !== undefined) this.#uncertain++;
  }

  /** Adds so many equal rounds. */
  addRounds(round: Counts, rounds: number): void {
    for (const { answer, count } of round.values()) this.#entry(answer).count += count * rounds;
  }

  /** A copy of the counts. */
  counts(): Counts {
    return new Map([...this.#counts].map(([key, entry]) => [key, { ...entry }]));
  }

  /** What was added since. */
  since(before: Counts): Counts {
    const added = [...this.#counts].map(
      ([key, { answer, count }]) => [key, { answer, count: count - (before.get(key)?.count ?? 0) }] as const,
    );
    return new Map(added.filter(([, { count }]) => count > 0));
  }

  /** Requests by `URL status`, `httpd` standing for httpd itself. */
  answers(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].map(([key, { count }]) => [key, count]));
  }

  /** Requests whose answer was not certain. */
  get uncertain(): number {
    return this.#uncertain;
  }

  #entry(answer: Answer): { count: number } {
    const key = `${answer.member ?? "httpd"} ${answer.status}`;
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const entry = { answer, count: 0 };
    this.#counts.set(key, entry);
    return entry;
  }
}
