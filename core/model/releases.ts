import type { Backend } from "./backend.js";
import { BITS, isUsable } from "./bits.js";
import { LIKELIEST } from "./chance.js";
import { candidatesOf } from "./elect.js";
import { failureHandled } from "./failures.js";
import type { Outcome } from "./request.js";
import { cloneState } from "./state.js";
import type { BalancerState } from "./state.js";

/** Around a request: when it began, and what it met. */
interface Around {
  /** Microseconds, before the request. */
  readonly now: number;
  readonly backends: readonly Backend[];
  /** Sent on the connection of the request before: httpd reads it only after that one is over. */
  readonly kept: boolean;
}

/**
 * bybusyness and a client that does not wait: httpd counts a request as under way until its answer is written and a
 * little longer, so that the next one may find the last member still busy and another one take its turn (measured on
 * httpd 2.4.71: 6 of 3,000 requests of one client). From the first request on where that may have happened, whose turn it
 * is cannot be told.
 */
export class Releases {
  readonly #isPatient: boolean;
  #isLoose = false;
  #last: { readonly member: number; readonly attempts: number; readonly now: number } | undefined;

  /** @param isPatient - clients wait until their connection is closed: by then nothing is under way */
  constructor(isPatient: boolean) {
    this.#isPatient = isPatient;
  }

  /** Whose turn it is cannot be told from now on. */
  get isLoose(): boolean {
    return this.#isLoose;
  }

  /** Everybody starts from the same counters again. */
  forget(): void {
    this.#isLoose = false;
    this.#last = undefined;
  }

  /** True where a late release matters to these balancer's settings. */
  concerns({ settings }: BalancerState): boolean {
    return !this.#isPatient && settings.lbmethod === "bybusyness";
  }

  /** What else may have come of a request that was just served. */
  othersAfter(state: BalancerState, outcomes: readonly Outcome[], around: Around): readonly Outcome[] {
    const [likeliest] = outcomes;
    if (likeliest === undefined || !this.concerns(state)) return [];
    const last = around.kept ? undefined : this.#last;
    const { member, attempts } = likeliest;
    this.#last = { member, attempts, now: state.now };
    if (state.candidateCount < 2) return [];
    const isMet = last?.now === around.now && (last.member === member || last.attempts > 1 || attempts > 1);
    this.#isLoose ||= isMet;
    if (!this.#isLoose) return [];
    const known = new Set(outcomes.map(keyOf));
    return possibleAnswers(state, around.backends, attempts).filter((outcome) => !known.has(keyOf(outcome)));
  }
}

/** True when an election now would be one among several. */
export function hasSeveral(state: BalancerState): boolean {
  return candidatesOf(cloneState(state), LIKELIEST) > 1;
}

/** What a request may get that any member may be asked for: with failures about, also those that may or may not have been found out. */
function possibleAnswers(state: BalancerState, backends: readonly Backend[], attempts: number): readonly Outcome[] {
  const members = state.balancer.members.map((_, member) => member);
  const statusOf = (member: number) => state.status[member] as number;
  const fails = members.some((member) => backends[member]?.kind !== "answers" || (statusOf(member) & BITS.error) !== 0);
  const asked = fails
    ? members.filter((member) => isUsable(statusOf(member) & ~BITS.error))
    : [...state.candidates.subarray(0, state.candidateCount)];
  return asked.map((member): Outcome => {
    const backend = backends[member] as Backend;
    if (backend.kind === "answers") return { member, status: backend.status, attempts };
    if (backend.kind === "unhandled") return { member: -1, status: backend.status, attempts };
    const { protocol, ping } = state.balancer.members[member] ?? { protocol: undefined, ping: false };
    const { access } = failureHandled(backend.kind, protocol, { once: false, kept: false, pinged: ping });
    return { member: -1, status: access, attempts };
  });
}

function keyOf({ member, status }: Outcome): string {
  return `${member} ${status}`;
}
