import { nodesMeant } from "../scenario/nodes.js";
import type { Expectation } from "../scenario/steps.js";
import type { Topology } from "../topology/topology.js";
import { SessionWatched } from "./expectation-session.js";
import type { Round } from "./tally.js";
import type { Answer, AnswerShare, SessionSeen } from "./trace.js";

/** A member as an expectation names it; no URL is empty, so that `""` stands for httpd itself. */
interface Named {
  readonly word: string;
  readonly urls: readonly string[];
}

/** Watches the answers of one step and says which one breaks the expectation first. */
export class Watch {
  readonly #status: number | undefined;
  readonly #never: readonly Named[];
  readonly #sequence: readonly Named[] | undefined;
  readonly #counts: readonly Count[];
  readonly #session: SessionWatched | undefined;
  #place = 0;

  constructor(topology: Topology, expected: Expectation) {
    const named = (word: string): Named => ({ word, urls: word === "httpd" ? [""] : nodesMeant(topology, word) });
    this.#status = expected.status;
    this.#session = expected.session === undefined ? undefined : new SessionWatched(expected.session);
    this.#never = (expected.never ?? []).map(named);
    this.#sequence = expected.sequence?.map(named);
    this.#counts = Object.entries(expected.by ?? {}).map(([word, wanted]) => new Count(named(word), wanted));
  }

  /** True when it matters who answers how often. */
  get counts(): boolean {
    return this.#counts.length > 0 || this.#sequence !== undefined;
  }

  /** The next answer, or every possible one where it is uncertain; returns what is wrong with it. */
  next(answers: readonly Answer[], session?: SessionSeen): string | undefined {
    const wrong = answers.map((answer) => this.#wrong(answer)).find((message) => message !== undefined);
    const place = this.#place++;
    if (wrong !== undefined) return `${wrong}${answers.length > 1 ? " (httpd is not deterministic here)" : ""}`;
    const [likeliest] = answers;
    const lost = likeliest && this.#session?.next(session, answerText(likeliest));
    if (lost !== undefined) return lost;
    const length = this.#sequence?.length;
    if (length !== undefined && place >= length) return `expected ${length} requests, got one more`;
    return this.#counts.map((count) => count.next(answers)).find((message) => message !== undefined);
  }

  /** What is wrong with the answers of several clients, which come in no order. */
  ofCrowd(shares: readonly AnswerShare[]): string | undefined {
    if (this.#sequence !== undefined) return "expected a sequence, but the requests of several clients have no order";
    const wrong = shares.map((share) => this.#wrong(share)).find((message) => message !== undefined);
    return wrong ?? this.#counts.map((count) => count.ofCrowd(shares)).find((message) => message !== undefined);
  }

  /** The step is over; what is still missing. */
  end(): string | undefined {
    const length = this.#sequence?.length;
    if (length !== undefined && this.#place < length) return `expected ${length} requests, got ${this.#place}`;
    return [this.#session?.missing(), ...this.#counts.map((count) => count.missing())].find(
      (message) => message !== undefined,
    );
  }

  /**
   * Takes as many equal rounds of certain answers as leave the expectation whole, up to a number of them, and says how
   * many. The round has been watched once, so only counts can break.
   *
   */
  skip(round: Round, rounds: number): number {
    if (this.#sequence !== undefined) return 0;
    const possible = Math.min(rounds, ...this.#counts.map((count) => count.room(round)));
    for (const count of this.#counts) count.add(round, possible);
    return possible;
  }

  #wrong(answer: Answer): string | undefined {
    const url = answer.member ?? "";
    const found = answerText(answer);
    if (this.#status !== undefined && answer.status !== this.#status)
      return `expected status ${this.#status}, got ${found}`;
    const hit = this.#never.find(({ urls }) => urls.includes(url));
    if (hit !== undefined) return `expected ${hit.word} never to answer, got ${found}`;
    const turn = this.#sequence?.[this.#place];
    return turn === undefined || turn.urls.includes(url) ? undefined : `expected ${turn.word}, got ${found}`;
  }
}

/** An answer in a sentence. */
export function answerText({ member, status }: Answer): string {
  return `${status} from ${member ?? "httpd itself"}`;
}

/** Counts what one member answers: at least, and at most where answers are uncertain. */
class Count {
  readonly #member: Named;
  readonly #wanted: number;
  #least = 0;
  #most = 0;

  constructor(member: Named, wanted: number) {
    this.#member = member;
    this.#wanted = wanted;
  }

  next(answers: readonly Answer[]): string | undefined {
    const own = answers.filter(({ member }) => this.#member.urls.includes(member ?? "")).length;
    if (own > 0) this.#most++;
    if (own === answers.length) this.#least++;
    if (own === 0 || this.#most <= this.#wanted) return undefined;
    const maybe = own < answers.length ? "possibly one more" : "one more";
    return `expected ${this.#wanted} answers of ${this.#member.word}, got ${maybe}`;
  }

  missing(): string | undefined {
    if (this.#least >= this.#wanted) return undefined;
    return `expected ${this.#wanted} answers of ${this.#member.word}, got ${this.#least}`;
  }

  /** Bounds of several answers of one member do not add up exactly, but never too narrow. */
  ofCrowd(shares: readonly AnswerShare[]): string | undefined {
    const own = shares.filter(({ member }) => this.#member.urls.includes(member ?? ""));
    const least = own.reduce((sum, share) => sum + share.least, 0);
    const most = own.reduce((sum, share) => sum + share.most, 0);
    if (least === this.#wanted && most === this.#wanted) return undefined;
    const got = least === most ? String(least) : `${least} to ${most}`;
    return `expected ${this.#wanted} answers of ${this.#member.word}, got ${got}`;
  }

  room(round: Round): number {
    const own = this.#own(round);
    return own === 0 ? Infinity : Math.floor((this.#wanted - this.#most) / own);
  }

  add(round: Round, rounds: number): void {
    const own = this.#own(round) * rounds;
    this.#least += own;
    this.#most += own;
  }

  #own(round: Round): number {
    const own = round.counted.filter(({ answer }) => this.#member.urls.includes(answer.member ?? ""));
    return own.reduce((sum, { count }) => sum + count, 0);
  }
}
