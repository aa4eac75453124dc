import { CONDITION } from "./condition.js";
import { refusedThoughServable } from "./fast-machine.js";
import { startRow } from "./row-change.js";
import { FastRequest } from "./fast-request.js";
import type { Row } from "./fast-request.js";
import type { SearchLimits } from "./classes.js";
import { routesOf } from "./layout.js";
import type { SearchLayout } from "./layout.js";
import type { SearchEvent } from "./machine.js";

const { down } = CONDITION;

/** Most plain requests tried in front of a plan, so that the counters stand in another way. */
const MOST_WARM_UP = 60;

/** Members times requests a plan may cost before the rest of the plans is left out. */
const MOST_WORK = 60_000_000;

/** The same once something is found. */
const ENOUGH_WORK = 3_000_000;

/**
 * Looks for a violation of `always-served` the way an outage comes about, for layouts too large to search: stop
 * whoever would answer, again and again; between, put members in error by stopping them, letting a request fail at
 * them and starting them. Every event is carried out on exact states, so what it finds is a violation; that it is a
 * shortest one, or that there is none, it cannot say.
 */
export function guidedSearch(layout: SearchLayout, limits: SearchLimits): readonly SearchEvent[] | undefined {
  const most = Math.min(limits.failures, layout.members.length - 1);
  let best: readonly SearchEvent[] | undefined;
  let work = 0;
  const sessions = [undefined, ...routesOf(layout).slice(0, 8)];
  const batches = [...new Set([0, 1, most])].filter((batch) => batch <= most);
  for (let warmUp = 0; warmUp <= MOST_WARM_UP && work < MOST_WORK; warmUp++) {
    for (const batch of batches) {
      for (const route of sessions) {
        const plan = new Plan(layout, most, best?.length ?? Infinity);
        if (plan.run(warmUp, batch, route) && plan.events.length < (best?.length ?? Infinity)) best = plan.events;
        work += plan.work;
      }
    }
    if (best !== undefined && (best.length <= warmUp + 2 || work > ENOUGH_WORK)) break;
  }
  return best;
}

/** One outage in the making. */
class Plan {
  readonly events: SearchEvent[] = [];
  /** Members looked at so far. */
  work = 0;
  readonly #layout: SearchLayout;
  readonly #request: FastRequest;
  readonly #most: number;
  readonly #longest: number;
  readonly #row: Row;
  readonly #trial: Row;

  constructor(layout: SearchLayout, most: number, longest: number) {
    this.#layout = layout;
    this.#request = new FastRequest(layout);
    this.#most = most;
    this.#longest = longest;
    this.#row = startRow(layout);
    this.#trial = this.#row.slice();
  }

  /** @param batch - members put in error together before everything is tried; 0 for none */
  run(warmUp: number, batch: number, route: string | undefined): boolean {
    for (let k = 0; k < warmUp; k++) this.#serve(undefined);
    const rounds = batch === 0 ? 0 : Math.ceil(this.#layout.members.length / batch) + 1;
    for (let round = 0; round <= rounds && this.events.length < this.#longest; round++) {
      if (this.#stopAllTried(route)) return true;
      if (batch === 0) return false;
      this.#putInError(batch);
    }
    return false;
  }

  /** Stops whoever would answer until nobody may be stopped any more; true when httpd then refuses the request. */
  #stopAllTried(route: string | undefined): boolean {
    const { stopped, answer } = this.#tryOut(route, this.#most);
    if (!refusedThoughServable({ before: this.#row, after: this.#trial, route, answer })) return false;
    for (const member of stopped) this.#toggle(member);
    this.events.push(route === undefined ? { kind: "request" } : { kind: "request", route });
    return true;
  }

  #putInError(batch: number): void {
    const { stopped } = this.#tryOut(undefined, batch);
    for (const member of stopped) this.#toggle(member);
    this.#serve(undefined);
    for (const member of stopped) this.#toggle(member);
  }

  #toggle(member: number): void {
    const kind = ((this.#row[member] as number) & down) === 0 ? "stop" : "start";
    this.#row[member] = (this.#row[member] as number) ^ down;
    this.events.push({ kind, member });
  }

  #serve(route: string | undefined): void {
    this.#request.serve(this.#row, route);
    this.work += this.#layout.members.length;
    this.events.push({ kind: "request" });
  }

  /** A request on a copy, whose backends go down as they are tried, as many as may. */
  #tryOut(route: string | undefined, most: number): { readonly stopped: readonly number[]; readonly answer: number } {
    const stopped: number[] = [];
    this.#trial.set(this.#row);
    const answer = this.#request.serveAgainst(this.#trial, route, (member) => {
      if (stopped.length >= most) return false;
      stopped.push(member);
      return true;
    });
    this.work += this.#layout.members.length * this.#request.tries;
    return { stopped, answer };
  }
}
