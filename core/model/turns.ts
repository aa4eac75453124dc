import { LIKELIEST } from "./chance.js";
import { candidatesOf } from "./elect.js";
import { cloneState } from "./state.js";
import type { BalancerState } from "./state.js";

/** Longest round that is remembered pick by pick. */
const LONGEST_ROUND = 1 << 23;

/**
 * The turns members take while nothing happens: requests without a session, one fixed set of candidates, every one of
 * which answers (byrequests, and bybusyness with one request at a time).
 *
 * The turns repeat sooner or later, from any lbstatus. Once they have, any number of requests costs at most one round.
 */
export class Turns {
  /** Indices of the candidates, in the order httpd compares them. */
  readonly candidates: readonly number[];
  readonly #factors: Int32Array;
  readonly #lbstatus: Int32Array;
  readonly #total: number;
  readonly #anchor: Int32Array;
  #picks = new Int32Array(64);
  #picked = 0;
  #patience = 1;
  /** Place in the round; undefined until it is known. */
  #place: number | undefined;

  /** From a state in which the next request is elected; the state is only read. */
  constructor(state: BalancerState) {
    const copy = cloneState(state);
    const count = candidatesOf(copy, LIKELIEST);
    this.candidates = [...copy.candidates.subarray(0, count)];
    this.#factors = Int32Array.from(this.candidates, (member) => copy.lbfactor[member] as number);
    this.#lbstatus = Int32Array.from(this.candidates, (member) => copy.lbstatus[member] as number);
    this.#total = this.#factors.reduce((sum, factor) => sum + factor, 0);
    this.#anchor = this.#lbstatus.slice();
  }

  /** Length of the round, when it is known. */
  get period(): number | undefined {
    return this.#place === undefined ? undefined : this.#picked;
  }

  /** lbstatus of the candidates, in their order. */
  get lbstatus(): Int32Array {
    return this.#lbstatus;
  }

  /**
   * The next requests.
   *
   * @param requests - 0 to 10^15
   * @returns how many of them each candidate serves, in their order
   */
  advance(requests: number): Float64Array {
    const counts = new Float64Array(this.candidates.length);
    if (this.candidates.length === 0) return counts;
    let left = requests;
    while (left > 0 && this.#place === undefined) {
      const place = this.#next();
      counts[place] = (counts[place] as number) + 1;
      left--;
    }
    if (left > 0) this.#replay(left, counts);
    return counts;
  }

  /** The next request: the place of the candidate that serves it. */
  next(): number {
    if (this.#place === undefined) return this.#next();
    const place = this.#picks[this.#place] as number;
    this.advance(1);
    return place;
  }

  /** The picks of one round, as places among the candidates; from where it was first closed. */
  round(): Int32Array {
    while (this.#place === undefined) this.#next();
    return this.#picks.slice(0, this.#picked);
  }

  /** One election, remembered; closes the round when the lbstatus is what it was at the anchor. */
  #next(): number {
    const best = this.#elect();
    if (this.#picked >= LONGEST_ROUND) throw new RangeError(`the turns do not repeat within ${LONGEST_ROUND} requests`);
    if (this.#picked === this.#picks.length) this.#grow();
    this.#picks[this.#picked++] = best;
    if (equal(this.#lbstatus, this.#anchor)) this.#place = 0;
    else if (this.#picked === this.#patience) {
      this.#patience *= 2;
      this.#anchor.set(this.#lbstatus);
      this.#picked = 0;
    }
    return best;
  }

  #elect(): number {
    const lbstatus = this.#lbstatus;
    const factors = this.#factors;
    let best = 0;
    let bestStatus = 0;
    for (let place = 0; place < factors.length; place++) {
      const status = ((lbstatus[place] as number) + (factors[place] as number)) | 0;
      lbstatus[place] = status;
      if (place === 0 || status > bestStatus) {
        best = place;
        bestStatus = status;
      }
    }
    lbstatus[best] = bestStatus - this.#total;
    return best;
  }

  /** Whole rounds change nothing but counts; of the rest, only how often each one serves matters. */
  #replay(requests: number, counts: Float64Array): void {
    const rest = requests % this.#picked;
    const rounds = (requests - rest) / this.#picked;
    if (rounds > 0) {
      for (let at = 0; at < this.#picked; at++) {
        const place = this.#picks[at] as number;
        counts[place] = (counts[place] as number) + rounds;
      }
    }
    const served = new Int32Array(counts.length);
    let at = this.#place ?? 0;
    for (let index = 0; index < rest; index++) {
      const place = this.#picks[at] as number;
      served[place] = (served[place] as number) + 1;
      at = at + 1 === this.#picked ? 0 : at + 1;
    }
    this.#place = at;
    for (let place = 0; place < served.length; place++) {
      const own = served[place] as number;
      counts[place] = (counts[place] as number) + own;
      const change = rest * (this.#factors[place] as number) - own * this.#total;
      this.#lbstatus[place] = (this.#lbstatus[place] as number) + change;
    }
  }

  #grow(): void {
    const wider = new Int32Array(this.#picks.length * 2);
    wider.set(this.#picks);
    this.#picks = wider;
  }
}

function equal(left: Int32Array, right: Int32Array): boolean {
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
