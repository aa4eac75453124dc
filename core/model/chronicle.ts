import type { Backend } from "./backend.js";
import type { ModelBalancer } from "./balancer.js";
import { BITS, statusText } from "./bits.js";
import { FAILURE_WORDS } from "./failures.js";
import { shortName } from "../topology/short-name.js";
import type { Recorder } from "./record.js";
import type { BalancerState } from "./state.js";

/** Writes down in words what happens inside one request. */
export class Chronicle implements Recorder {
  readonly #balancer: ModelBalancer;
  readonly #sentences: string[] = [];
  #lbstatus = new Int32Array();
  #status = new Int32Array();

  constructor(balancer: ModelBalancer) {
    this.#balancer = balancer;
  }

  /** One sentence an event, in order. */
  sentences(): readonly string[] {
    return [...this.#sentences];
  }

  begins(state: BalancerState): void {
    this.#lbstatus = state.lbstatus.slice();
    this.#status = state.status.slice();
  }

  forced(state: BalancerState): void {
    this.#say("all members are in error: httpd forgets their errors and tries them again (forcerecovery)");
    this.#status = state.status.slice();
  }

  stuck(state: BalancerState, member: number, route: string): void {
    this.#sayRecovered(state);
    const own = state.settings.routes[member] === route;
    const how = own ? `the request carries its route '${route}'` : `route '${route}' is redirected to it`;
    this.#say(`${this.#name(member)} is taken: ${how}; every usable member is charged: ${this.#charges(state)}`);
  }

  refusedFailover(state: BalancerState, route: string): void {
    this.#sayRecovered(state);
    this.#say(`the member of route '${route}' is not usable and nofailover is on: httpd answers 503`);
  }

  elected(state: BalancerState, member: number): void {
    this.#sayRecovered(state);
    if (member === -1) {
      const states = this.#balancer.members.map((_, index) => `${this.#name(index)} is ${this.#state(state, index)}`);
      this.#say(
        `${states.length === 0 ? "the balancer has no members" : `no member can serve: ${states.join(", ")}`}; httpd answers 503`,
      );
      return;
    }
    const candidates = [...state.candidates.subarray(0, Math.max(0, state.candidateCount))];
    const listed = candidates.map((candidate) => this.#standing(state, candidate)).join(", ");
    this.#say(`${this.#name(member)} is elected of ${listed}: ${this.#reason(state, member, candidates)}`);
  }

  tried(state: BalancerState, member: number, backend: Backend): void {
    const marked = ((state.status[member] ?? 0) & BITS.error) === 0 ? "" : "; it is now in error";
    this.#say(`${this.#name(member)}: ${wordsOf(backend)}${marked}`);
  }

  #reason(state: BalancerState, member: number, candidates: readonly number[]): string {
    const { lbmethod } = state.settings;
    const set = state.lbset[member] ?? 0;
    const kind = (state.status[member] ?? 0) & (BITS.spare | BITS.standby);
    const among = kind === BITS.standby ? "standbys, as nothing else can serve, " : "";
    if (candidates.length === 1)
      return `the only ${kind === BITS.standby ? "one left, a standby," : "candidate"} in set ${set}`;
    if (lbmethod === "bytraffic") return `least traffic for its load factor among ${among}set ${set}`;
    if (lbmethod === "heartbeat") return "drawn at random, here the likeliest";
    const credit = (index: number) => (this.#lbstatus[index] ?? 0) + (state.lbfactor[index] ?? 0);
    const ties = candidates.filter((other) => other !== member && credit(other) === credit(member));
    const tie = ties.length === 0 ? "" : ", listed before its equals";
    return `the highest lbstatus after all are credited among ${among}set ${set}${tie}`;
  }

  #standing(state: BalancerState, member: number): string {
    if (state.settings.lbmethod === "bytraffic") {
      const bytes = (state.transferred[member] ?? 0) + (state.read[member] ?? 0);
      return `${this.#name(member)} (${bytes} bytes)`;
    }
    return `${this.#name(member)} (lbstatus ${this.#lbstatus[member] ?? 0} -> ${state.lbstatus[member] ?? 0})`;
  }

  #sayRecovered(state: BalancerState): void {
    for (const [member, before] of this.#status.entries()) {
      const cleared = before & ~(state.status[member] ?? 0) & BITS.error;
      if (cleared !== 0) this.#say(`${this.#name(member)}: its retry time has passed, it may be tried again`);
    }
  }

  #charges(state: BalancerState): string {
    const changed = this.#balancer.members.flatMap((_, member) => {
      const before = this.#lbstatus[member] ?? 0;
      const after = state.lbstatus[member] ?? 0;
      return before === after ? [] : [`${this.#name(member)} lbstatus ${before} -> ${after}`];
    });
    return changed.length === 0 ? "no lbstatus changes" : changed.join(", ");
  }

  #state(state: BalancerState, member: number): string {
    return statusText((state.status[member] ?? 0) & ~BITS.init);
  }

  #name(member: number): string {
    return shortName(this.#balancer.members[member]?.name ?? `member ${member}`);
  }

  #say(sentence: string): void {
    this.#sentences.push(sentence);
  }
}

function wordsOf(backend: Backend): string {
  if (backend.kind === "answers") return `answers ${backend.status}`;
  if (backend.kind !== "unhandled") return FAILURE_WORDS[backend.kind];
  return `no module handles its scheme: httpd answers ${backend.status} in its place`;
}
