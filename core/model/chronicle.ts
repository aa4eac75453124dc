import { HANDLED } from "./backend.js";
import type { Backend } from "./backend.js";
import type { ModelBalancer } from "./balancer.js";
import { statusText } from "./bits.js";
import type { Recorder } from "./record.js";
import type { BalancerState } from "./state.js";

/** Writes down in words what happens inside one request. */
export class Chronicle implements Recorder {
  readonly #balancer: ModelBalancer;
  readonly #sentences: string[] = [];
  #before = new Int32Array();

  constructor(balancer: ModelBalancer) {
    this.#balancer = balancer;
  }

  /** One sentence an event, in order. */
  sentences(): readonly string[] {
    return [...this.#sentences];
  }

  begins(state: BalancerState): void {
    this.#before = state.lbstatus.slice();
  }

  forced(): void {
    this.#say("all members were in error, so httpd forgets all errors and tries again (forcerecovery)");
  }

  stuck(state: BalancerState, member: number, route: string): void {
    const own = state.settings.routes[member] === route;
    const how = own ? `carries its route '${route}'` : `carries the route '${route}', which is redirected to it`;
    this.#say(`${this.#name(member)} is taken because the request ${how}; ${this.#changes(state)}`);
  }

  refusedFailover(route: string): void {
    this.#say(`the member of route '${route}' is not usable and nofailover is on: 503`);
  }

  elected(state: BalancerState, member: number): void {
    if (member !== -1) {
      this.#say(`${this.#name(member)} is elected by ${state.settings.lbmethod}; ${this.#changes(state)}`);
      return;
    }
    const states = this.#balancer.members.map(
      ({ name }, index) => `${name} is ${statusText(state.status[index] ?? 0)}`,
    );
    this.#say(
      states.length === 0 ? "the balancer has no members: 503" : `no member can serve (${states.join(", ")}): 503`,
    );
  }

  tried(state: BalancerState, member: number, backend: Backend): void {
    const marked = statusText(state.status[member] ?? 0).includes("Err") ? ", and is now in error" : "";
    const words = backend.kind === "answers" ? `answered ${backend.status}` : HANDLED[backend.kind].words;
    this.#say(`${this.#name(member)}: ${words}${marked}`);
  }

  /** Members whose lbstatus the choice changed: those that were compared. */
  #changes(state: BalancerState): string {
    const changed = this.#balancer.members.flatMap(({ name }, member) => {
      const before = this.#before[member] ?? 0;
      const after = state.lbstatus[member] ?? 0;
      return before === after ? [] : [`${name} ${before} -> ${after}`];
    });
    return changed.length === 0 ? "no lbstatus changes" : `lbstatus ${changed.join(", ")}`;
  }

  #name(member: number): string {
    return this.#balancer.members[member]?.name ?? `member ${member}`;
  }

  #say(sentence: string): void {
    this.#sentences.push(sentence);
  }
}
