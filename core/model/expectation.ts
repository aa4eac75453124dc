import { nodesMeant } from "../scenario/nodes.js";
import type { Expectation } from "../scenario/steps.js";
import type { Topology } from "../topology/topology.js";
import type { Answer } from "./trace.js";

/** Watches the answers of one step and says which one breaks the expectation first. */
export interface Watch {
  /** The next answer, or every possible one where it is uncertain. Returns what is wrong with it. */
  next(answers: readonly Answer[]): string | undefined;
  /** The step is over; what is still missing. */
  end(): string | undefined;
}

/** A watch over the requests of one step. */
export function watch(topology: Topology, expected: Expectation): Watch {
  const never = (expected.never ?? []).map((word) => ({ word, urls: urlsOf(topology, word) }));
  const sequence = expected.sequence?.map((word) => ({ word, urls: urlsOf(topology, word) }));
  const counts = Object.entries(expected.by ?? {}).map(
    ([word, wanted]) => new Count(word, urlsOf(topology, word), wanted),
  );
  let place = 0;
  return {
    next(answers) {
      const place0 = place++;
      for (const answer of answers) {
        const found = `${answers.length > 1 ? "possibly " : ""}${answerText(answer)}`;
        if (expected.status !== undefined && answer.status !== expected.status)
          return `expected status ${expected.status}, got ${found}`;
        const hit = never.find(({ urls }) => urls.includes(answer.member ?? ""));
        if (hit !== undefined) return `expected ${hit.word} never to answer, got ${found}`;
        const turn = sequence?.[place0];
        if (turn !== undefined && !turn.urls.includes(answer.member ?? ""))
          return `expected ${turn.word}, got ${found}`;
      }
      if (sequence !== undefined && sequence.length === place0)
        return `expected ${sequence.length} requests, got one more`;
      return counts.map((count) => count.next(answers)).find((message) => message !== undefined);
    },
    end() {
      if (sequence !== undefined && place < sequence.length)
        return `expected ${sequence.length} requests, got ${place}`;
      return counts.map((count) => count.end()).find((message) => message !== undefined);
    },
  };
}

/** An answer in a sentence. */
export function answerText({ member, status }: Answer): string {
  return `${status} from ${member ?? "httpd itself"}`;
}

/** Counts what one member answers: at least, and at most where answers are uncertain. */
class Count {
  readonly #word: string;
  readonly #urls: readonly string[];
  readonly #wanted: number;
  #least = 0;
  #most = 0;

  constructor(word: string, urls: readonly string[], wanted: number) {
    this.#word = word;
    this.#urls = urls;
    this.#wanted = wanted;
  }

  next(answers: readonly Answer[]): string | undefined {
    const own = answers.filter(({ member }) => this.#urls.includes(member ?? "")).length;
    if (own > 0) this.#most++;
    if (own === answers.length) this.#least++;
    if (own === 0 || this.#most <= this.#wanted) return undefined;
    return `expected ${this.#wanted} answers of ${this.#word}, ${answers.length > 1 ? "possibly " : ""}got one more`;
  }

  end(): string | undefined {
    if (this.#least >= this.#wanted) return undefined;
    return `expected ${this.#wanted} answers of ${this.#word}, got ${this.#least}`;
  }
}

/** `""` stands for httpd itself, as no URL is empty. */
function urlsOf(topology: Topology, word: string): readonly string[] {
  return word === "httpd" ? [""] : nodesMeant(topology, word);
}
