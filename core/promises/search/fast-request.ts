import { CONDITION, CONDITION_BITS, NOT_CANDIDATE, UNUSABLE } from "./condition.js";
import type { SearchLayout, SearchMember } from "./layout.js";

const { down, error } = CONDITION;
const CONDITIONS = (1 << CONDITION_BITS) - 1;

/** Answer of {@link FastRequest.serve} when httpd answers with an error of its own. */
export const OWN_ERROR = -1;

/**
 * A row holds two integers a member: first all conditions, each with the milliseconds until its retry time has passed
 * above {@link CONDITION_BITS}; then all `lbstatus`. Two more integers belong to the search: the epoch of the next error
 * and the clock of a member that returned, see `error-epochs.ts`.
 */
export type Row = Int32Array;

/** Integers of a row. */
export function rowWidth(members: number): number {
  return 2 * members + 2;
}

/** Members of a row. */
export function membersIn(row: Row): number {
  return (row.length - 2) >> 1;
}

/** Conditions of a member in a row. */
export function conditionIn(row: Row, member: number): number {
  return (row[member] as number) & CONDITIONS;
}

/** Milliseconds until the retry time of a member in error has passed. */
export function remainingIn(row: Row, member: number): number {
  return (row[member] as number) >> CONDITION_BITS;
}

/** A condition with its remaining retry time. */
export function cell(condition: number, remaining: number): number {
  return (remaining << CONDITION_BITS) | condition;
}

/**
 * One request exactly: `proxy_handler` (mod_proxy.c), `proxy_balancer_pre_request` (mod_proxy_balancer.c) and
 * `proxy_balancer_get_best_worker` (proxy_util.c) with the counters of byrequests or, among requests that do not
 * overlap, bybusyness. It is `core/model` cut down to what decides who is tried, and tested to be equal to it.
 */
export class FastRequest {
  readonly #layout: SearchLayout;
  readonly #members: readonly SearchMember[];
  readonly #n: number;
  readonly #lbfactors: Int32Array;
  readonly #busy: Int32Array;
  readonly #fresh: Uint8Array;
  readonly #byBusyness: boolean;
  readonly #retriedAtOnce: boolean;
  /** Answers to "has the retry time of 0 passed within this request?", in the order asked. */
  #guesses: readonly boolean[] = [];
  #stops: ((member: number) => boolean) | undefined;
  #log: number[] | undefined;
  #asked = 0;
  #tried = 0;
  #lastTried = OWN_ERROR;

  constructor(layout: SearchLayout) {
    this.#layout = layout;
    this.#members = layout.members;
    this.#n = layout.members.length;
    this.#lbfactors = Int32Array.from(layout.members, ({ lbfactor }) => lbfactor);
    this.#busy = new Int32Array(this.#n);
    this.#fresh = new Uint8Array(this.#n);
    this.#byBusyness = layout.lbmethod === "bybusyness";
    this.#retriedAtOnce = layout.members.some(({ retry }) => retry === 0);
  }

  /**
   * Serves one request, changing the row; returns the member that answers or {@link OWN_ERROR}.
   *
   * @param route - route the request's session carries, undefined for none
   * @param guesses - how races inside the request end; further ones end with the retry time not passed
   */
  serve(row: Row, route: string | undefined, guesses: readonly boolean[] = []): number {
    this.#guesses = guesses;
    this.#asked = 0;
    this.#busy.fill(0);
    this.#fresh.fill(0);
    const answer = this.#attempts(row, route);
    if (this.#retriedAtOnce) {
      for (let m = 0; m < this.#n; m++) {
        if (this.#fresh[m] === 1) row[m] = (row[m] as number) & ~error;
      }
    }
    return answer;
  }

  /**
   * Serves one request whose backends go down as they are tried, wherever `stops` says so: the same as stopping them
   * before, because nobody knows of a backend's state before a try.
   */
  serveAgainst(row: Row, route: string | undefined, stops: (member: number) => boolean): number {
    this.#stops = stops;
    const answer = this.serve(row, route);
    this.#stops = undefined;
    return answer;
  }

  /** Serves one request and says whom httpd tried, in order. */
  serveAloud(
    row: Row,
    route: string | undefined,
    guesses: readonly boolean[] = [],
  ): { readonly answer: number; readonly tried: readonly number[] } {
    const tried: number[] = [];
    this.#log = tried;
    const answer = this.serve(row, route, guesses);
    this.#log = undefined;
    return { answer, tried };
  }

  /** How many races the last request had. */
  get races(): number {
    return this.#asked;
  }

  /** How many tries the last request had. */
  get tries(): number {
    return this.#tried;
  }

  #attempts(row: Row, route: string | undefined): number {
    for (let attempt = 0; ; attempt++) {
      this.#tried = attempt + 1;
      if (attempt > 0 && this.#retriedAtOnce) this.#settleRaces(row);
      this.#forceRecovery(row);
      const chosen = this.#choose(row, route);
      if (chosen === OWN_ERROR) return OWN_ERROR;
      this.#lastTried = chosen;
      this.#log?.push(chosen);
      this.#busy[chosen] = (this.#busy[chosen] as number) + 1;
      if (((row[chosen] as number) & down) === 0) {
        if (this.#stops?.(chosen) !== true) return chosen;
        row[chosen] = (row[chosen] as number) | down;
      }
      const member = this.#members[chosen] as SearchMember;
      if (member.ignoresErrors) return OWN_ERROR;
      row[chosen] = cell(conditionIn(row, chosen) | error, member.retry);
      if (member.retry === 0) this.#fresh[chosen] = 1;
      if (attempt >= this.#layout.furtherTries) return OWN_ERROR;
    }
  }

  /** A retry time of 0 has passed for whoever failed before the last try; for the last one it is a race. */
  #settleRaces(row: Row): void {
    for (let m = 0; m < this.#n; m++) {
      if (this.#fresh[m] !== 1 || ((row[m] as number) & error) === 0) continue;
      if (m === this.#lastTried && this.#guesses[this.#asked++] !== true) continue;
      row[m] = (row[m] as number) & ~error;
    }
  }

  #forceRecovery(row: Row): void {
    if (!this.#layout.forceRecovery) return;
    for (let m = 0; m < this.#n; m++) if (((row[m] as number) & error) === 0) return;
    for (let m = 0; m < this.#n; m++) row[m] = conditionIn(row, m) & ~error;
  }

  #choose(row: Row, route: string | undefined): number {
    if (route !== undefined && this.#layout.sticky) {
      const owner = this.#lookup(row, route, 0);
      if (owner !== OWN_ERROR) {
        this.#countSticky(row, owner);
        return owner;
      }
      if (this.#layout.nofailover && this.#members.some((member) => member.route === route)) return OWN_ERROR;
    }
    return this.#walk(row);
  }

  #lookup(row: Row, route: string, depth: number): number {
    for (const last of [false, true]) {
      for (let m = 0; m < this.#n; m++) {
        const member = this.#members[m] as SearchMember;
        if (member.route !== route || member.lookedUpLast !== last) continue;
        if (((row[m] as number) & UNUSABLE) === 0) return m;
        if (member.redirect === "" || depth >= this.#n) continue;
        const other = this.#lookup(row, member.redirect, depth + 1);
        if (other !== OWN_ERROR) return other;
      }
    }
    return OWN_ERROR;
  }

  /** A session's own member is charged for all usable members of the balancer. */
  #countSticky(row: Row, owner: number): void {
    let total = 0;
    for (let m = 0; m < this.#n; m++) {
      if (((row[m] as number) & UNUSABLE) !== 0) continue;
      row[this.#n + m] = (row[this.#n + m] as number) + (this.#lbfactors[m] as number);
      total += this.#lbfactors[m] as number;
    }
    row[this.#n + owner] = (row[this.#n + owner] as number) - total;
  }

  #walk(row: Row): number {
    for (const lbset of this.#layout.lbsets) {
      const walk: Walk = { best: OWN_ERROR, total: 0 };
      let unusable = 0;
      for (let m = 0; m < this.#n; m++) {
        const member = this.#members[m] as SearchMember;
        if (member.lbset !== lbset || member.place !== "active") continue;
        if (((row[m] as number) & NOT_CANDIDATE) === 0) this.#compare(row, m, walk);
        else unusable++;
      }
      for (let m = 0; m < this.#n && unusable > 0; m++) {
        if (!this.#offers(row, m, lbset, "spare")) continue;
        this.#compare(row, m, walk);
        unusable--;
      }
      for (let m = 0; m < this.#n && (walk.best === OWN_ERROR || walk.standby === true); m++) {
        if (!this.#offers(row, m, lbset, "standby")) continue;
        walk.standby = true;
        this.#compare(row, m, walk);
      }
      if (walk.best === OWN_ERROR) continue;
      row[this.#n + walk.best] = (row[this.#n + walk.best] as number) - walk.total;
      return walk.best;
    }
    return OWN_ERROR;
  }

  #offers(row: Row, m: number, lbset: number, place: SearchMember["place"]): boolean {
    const member = this.#members[m] as SearchMember;
    return member.lbset === lbset && member.place === place && ((row[m] as number) & NOT_CANDIDATE) === 0;
  }

  /** `is_best_byrequests` and `is_best_bybusyness` (modules/proxy/balancers). */
  #compare(row: Row, m: number, walk: Walk): void {
    const lbstatus = (row[this.#n + m] as number) + (this.#lbfactors[m] as number);
    row[this.#n + m] = lbstatus;
    walk.total += this.#lbfactors[m] as number;
    const { best } = walk;
    if (best !== OWN_ERROR) {
      const busier = this.#byBusyness ? (this.#busy[m] as number) - (this.#busy[best] as number) : 0;
      if (busier > 0 || (busier === 0 && lbstatus <= (row[this.#n + best] as number))) return;
    }
    walk.best = m;
  }
}

interface Walk {
  best: number;
  total: number;
  standby?: boolean;
}
