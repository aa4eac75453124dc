import { afterwards, attempt, countSent } from "./attempt.js";
import type { Backend } from "./backend.js";
import type { ModelMember } from "./balancer.js";
import type { Chance } from "./chance.js";
import { failureHandled } from "./failures.js";
import { passTime } from "./health.js";
import type { ModelRequest } from "./model-request.js";
import { exponential } from "./random.js";
import type { Random } from "./random.js";
import { chooseMember } from "./request.js";
import type { Outcome } from "./request.js";
import type { BalancerState } from "./state.js";

/** Clients that each send their next request when they have their answer. */
export interface Crowd {
  readonly clients: number;
  /** Requests of all together. */
  readonly requests: number;
  /** Microseconds between an answer and the client's next request. */
  readonly think: number;
  readonly backends: readonly Backend[];
  /** The next request of a client. */
  readonly requestOf: (client: number, now: number) => ModelRequest;
  /** Told what a client got. */
  readonly answered: (client: number, outcome: Outcome, now: number) => void;
}

/** How long things take that a scenario says nothing of; each time is drawn from an exponential distribution. */
export interface Pace {
  /** Microseconds of a request in httpd beside what the member takes. */
  readonly inside: number;
  /** Microseconds from an answer to the next election of that client: way back, client, way there. */
  readonly outside: number;
  /** True when the clock of the balancer moves with the requests. */
  readonly clockMoves: boolean;
}

/** A client on its way. */
interface Walker {
  at: number;
  phase: "arrives" | "sends" | "ends";
  place: number;
  member: number;
  request: ModelRequest | undefined;
  tried: readonly number[];
  unmeasured: number | undefined;
}

/** Part of the time inside httpd until a request is sent. */
const UNTIL_SENT = 0.2;

/** One play of a crowd; changes the state. Answers are in the order in which members were first chosen. */
export class CrowdPlay {
  readonly #state: BalancerState;
  readonly #crowd: Crowd;
  readonly #random: Random;
  readonly #pace: Pace;
  readonly #chance: Chance;
  readonly #walkers: readonly Walker[];
  readonly #outcomes: Outcome[] = [];
  readonly #began: number;
  #now = 0;

  constructor(state: BalancerState, crowd: Crowd, random: Random, pace: Pace) {
    this.#state = state;
    this.#crowd = crowd;
    this.#random = random;
    this.#pace = pace;
    this.#began = state.now;
    this.#chance = { choose: (options) => Math.floor(random() * options) };
    this.#walkers = Array.from({ length: Math.min(crowd.clients, crowd.requests) }, () => ({
      ...{ at: exponential(random, pace.inside + pace.outside), phase: "arrives", place: -1, member: -1 },
      ...{ request: undefined, tried: [], unmeasured: undefined },
    }));
  }

  /** Plays all requests. */
  play(): readonly Outcome[] {
    let started = 0;
    for (let under = this.#walkers.length; under > 0;) {
      const number = this.#next();
      const walker = this.#walkers[number] as Walker;
      this.#passUntil(walker.at);
      if (walker.phase === "arrives" && walker.place === -1) {
        if (started === this.#crowd.requests) {
          walker.at = Infinity;
          under--;
          continue;
        }
        walker.place = started++;
        walker.request = this.#crowd.requestOf(number, this.#state.now);
      }
      this.#step(walker, number);
    }
    return this.#outcomes;
  }

  #next(): number {
    let first = 0;
    for (let number = 1; number < this.#walkers.length; number++) {
      if ((this.#walkers[number] as Walker).at < (this.#walkers[first] as Walker).at) first = number;
    }
    return first;
  }

  #passUntil(at: number): void {
    const passed = at - this.#now;
    this.#now = at;
    if (this.#pace.clockMoves && passed > 0) passTime(this.#state, passed, this.#crowd.backends, this.#chance);
  }

  #step(walker: Walker, number: number): void {
    if (walker.phase === "arrives") this.#choose(walker, number);
    else if (walker.phase === "sends") this.#send(walker);
    else this.#end(walker, number);
  }

  #choose(walker: Walker, number: number): void {
    const request = walker.request as ModelRequest;
    const { backends } = this.#crowd;
    walker.member = chooseMember(this.#state, request, backends, this.#chance);
    if (walker.member === -1) {
      this.#finish(walker, number, { member: -1, status: 503, attempts: walker.tried.length });
      return;
    }
    walker.tried = [...walker.tried, walker.member];
    this.#state.busy[walker.member] = (this.#state.busy[walker.member] as number) + 1;
    walker.phase = "sends";
    walker.at = this.#now + exponential(this.#random, this.#pace.inside * UNTIL_SENT);
  }

  #send(walker: Walker): void {
    const { member, request } = walker;
    const backend = this.#crowd.backends[member] as Backend;
    const own = this.#state.balancer.members[member] as ModelMember;
    if (backend.kind === "answers") countSent(this.#state, member, request as ModelRequest);
    walker.phase = "ends";
    const rest = exponential(this.#random, this.#pace.inside * (1 - UNTIL_SENT));
    walker.at = this.#now + rest + timeOf(backend, own, request as ModelRequest);
  }

  #end(walker: Walker, number: number): void {
    const state = this.#state;
    const { member, tried } = walker;
    const { backends } = this.#crowd;
    const circumstances = { backends, chance: this.#chance, isUnderWay: true };
    const { answer, again, isMeasured } = attempt(state, member, walker.request as ModelRequest, circumstances);
    if (!isMeasured) walker.unmeasured = member;
    if (again && state.settings.maxAttempts >= tried.length) {
      walker.phase = "arrives";
      state.justFailed = -1;
      return;
    }
    afterwards(state, member, answer);
    this.#finish(walker, number, { ...answer, attempts: tried.length });
  }

  #finish(walker: Walker, number: number, outcome: Outcome): void {
    const { unmeasured, tried, place } = walker;
    for (const member of tried) this.#state.busy[member] = Math.max(0, (this.#state.busy[member] as number) - 1);
    this.#state.justFailed = -1;
    const told = unmeasured === undefined ? outcome : { ...outcome, unmeasured };
    this.#outcomes[place] = told;
    this.#crowd.answered(number, told, this.#state.now);
    Object.assign(walker, { phase: "arrives", place: -1, member: -1, tried: [], unmeasured: undefined });
    walker.at = this.#now + this.#crowd.think + exponential(this.#random, this.#pace.outside);
  }

  /** Microseconds the balancer's clock has moved. */
  get elapsed(): number {
    return this.#state.now - this.#began;
  }
}

/** How long a member keeps a request: its delay, or the timeout that has to run out. */
function timeOf(backend: Backend, own: ModelMember, request: ModelRequest): number {
  if (backend.kind === "answers") return Math.min(backend.delay ?? 0, own.answerTimeout);
  if (backend.kind === "unhandled") return 0;
  const { once = false, kept = false } = request;
  const { waits } = failureHandled(backend.kind, own.protocol, { once, kept, pinged: own.ping });
  return waits === undefined ? 0 : own[waits];
}
