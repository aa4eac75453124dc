import type { Backend } from "./backend.js";
import type { ModelMember } from "./balancer.js";
import { BITS, isUsable } from "./bits.js";
import { LIKELIEST } from "./chance.js";
import { candidatesOf } from "./elect.js";
import type { ModelRequest } from "./model-request.js";
import { remainingRetry } from "./state.js";
import type { BalancerState } from "./state.js";
import { bytesFrom, bytesTo } from "./traffic.js";
import { Turns } from "./turns.js";

/** The turns of a balancer in which nothing happens, kept from step to step as long as that is so. */
export class Calm {
  readonly #turns: Turns;
  readonly #backends: readonly Backend[];
  readonly #status: Int32Array;
  readonly #lbset: Int32Array;
  readonly #lbfactor: Int32Array;

  /** The state must be calm, see {@link isCalm}. */
  constructor(state: BalancerState, backends: readonly Backend[]) {
    this.#turns = new Turns(state);
    this.#backends = backends;
    this.#status = state.status.slice();
    this.#lbset = state.lbset.slice();
    this.#lbfactor = state.lbfactor.slice();
  }

  /** True when the state is one these turns have led to, and nothing else has changed. */
  continues(state: BalancerState, backends: readonly Backend[]): boolean {
    const { candidates, lbstatus } = this.#turns;
    return (
      backends === this.#backends &&
      equal(state.status, this.#status) &&
      equal(state.lbset, this.#lbset) &&
      equal(state.lbfactor, this.#lbfactor) &&
      candidates.every((member, place) => state.lbstatus[member] === lbstatus[place])
    );
  }

  /** Serves requests without a session; says how many each member answers, by index. */
  serve(state: BalancerState, requests: number, request: ModelRequest): readonly (readonly [number, number])[] {
    const counts = this.#turns.advance(requests);
    const { candidates, lbstatus } = this.#turns;
    for (const [place, member] of candidates.entries()) {
      const count = counts[place] as number;
      const backend = this.#backends[member];
      const body = backend?.kind === "answers" ? backend.body : 0;
      state.lbstatus[member] = lbstatus[place] as number;
      state.elected[member] = (state.elected[member] as number) + count;
      const own = state.balancer.members[member] as ModelMember;
      state.transferred[member] = (state.transferred[member] as number) + bytesTo(own, request) * count;
      state.read[member] = (state.read[member] as number) + bytesFrom(own, request, body) * count;
    }
    return candidates.map((member, place) => [member, counts[place] as number]);
  }
}

/**
 * True when equal requests lead to elections among the same members only, and every one of them answers: members in
 * error are left alone until their time comes, which it does not while no time passes.
 */
export function isCalm(
  state: BalancerState,
  request: ModelRequest,
  backends: readonly Backend[],
  timePasses: boolean,
): boolean {
  const { lbmethod } = state.settings;
  if (request.route !== undefined || state.needsReset) return false;
  if (lbmethod !== "byrequests" && lbmethod !== "bybusyness") return false;
  const { failOnStatus } = state.balancer;
  for (let member = 0; member < state.status.length; member++) {
    const status = state.status[member] as number;
    if ((status & BITS.error) !== 0 && (timePasses || remainingRetry(state, member) === 0)) return false;
    if (!isUsable(status)) continue;
    const backend = backends[member];
    if (backend?.kind !== "answers" || backend.delay !== undefined || failOnStatus.has(backend.status)) return false;
  }
  return candidatesOf(state, LIKELIEST) > 0;
}

function equal(left: Int32Array, right: Int32Array): boolean {
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
