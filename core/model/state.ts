import type { LiveSettings, ModelBalancer } from "./balancer.js";
import { BITS } from "./bits.js";

/**
 * What httpd keeps of a balancer in shared memory (`proxy_worker_shared`, `proxy_balancer_shared` of
 * modules/proxy/mod_proxy.h), one entry a member in the order of the configuration.
 *
 * A run owns its states; only the functions of this folder change them. `cloneState` gives an independent copy.
 */
export interface BalancerState {
  readonly balancer: ModelBalancer;
  /** What balancer-manager may have changed. */
  settings: LiveSettings;
  /** Microseconds since httpd first started. */
  now: number;
  readonly lbstatus: Int32Array;
  /** Hundredths. */
  readonly lbfactor: Int32Array;
  readonly lbset: Int32Array;
  /** Status bits, see `bits.ts`. */
  readonly status: Int32Array;
  /** Microseconds; -Infinity when never. */
  readonly errorTime: Float64Array;
  readonly busy: Int32Array;
  readonly elected: Float64Array;
  /** Bytes to the backend. */
  readonly transferred: Float64Array;
  /** Bytes from the backend. */
  readonly read: Float64Array;
  /** Health checks passed and failed, counted as httpd does. */
  readonly passes: Int32Array;
  readonly fails: Int32Array;
  /** Between which times the next health check of a member happens, microseconds. */
  readonly checkFrom: Float64Array;
  readonly checkUntil: Float64Array;
  /** The lbmethod was changed and httpd resets its counters before the next election. */
  needsReset: boolean;
  /**
   * balancer-manager has made an unusable member usable: httpd notes to reset its counters, but comes to it only with
   * another lbmethod, or after a restart that keeps what it knows (measured on httpd 2.4.71).
   */
  resetsLater: boolean;
  /** The member marked in error by the last attempt of the request under way; -1 for none. */
  justFailed: number;
  /** Scratch of the last election: its candidates, then room for spares and standbys. */
  readonly candidates: Int32Array;
  /** How many candidates the last election of the last request had; -1 when there was no election. */
  candidateCount: number;
}

/** Watchdog ticks every 100 ms, so a health check may come that much late, and a little more for the work between. */
export const CHECK_LATENESS = 110_000;

/** Bytes that bytraffic counts for the status line of an answer: `HTTP/1.1 200 OK` without its line end. */
export const STATUS_LINE_BYTES = 15;

/** A balancer right after a start of httpd at a time (microseconds). */
export function initialState(balancer: ModelBalancer, now = 0): BalancerState {
  const { members, settings } = balancer;
  const count = members.length;
  const interval = (index: number) => Number(members[index]?.healthCheck?.interval ?? Infinity);
  return {
    balancer,
    settings,
    now,
    lbstatus: new Int32Array(count),
    lbfactor: Int32Array.from(members, ({ lbfactor }) => lbfactor),
    lbset: Int32Array.from(members, ({ lbset }) => lbset),
    status: Int32Array.from(members, ({ status }) => status),
    errorTime: new Float64Array(count).fill(-Infinity),
    busy: new Int32Array(count),
    elected: new Float64Array(count),
    transferred: new Float64Array(count),
    read: new Float64Array(count),
    passes: new Int32Array(count),
    fails: new Int32Array(count),
    checkFrom: Float64Array.from(members, (_, index) => now + interval(index)),
    checkUntil: Float64Array.from(members, (_, index) => now + interval(index) + CHECK_LATENESS),
    needsReset: false,
    resetsLater: false,
    justFailed: -1,
    candidates: new Int32Array(3 * count),
    candidateCount: -1,
  };
}

/** An independent copy. */
export function cloneState(state: BalancerState): BalancerState {
  return {
    balancer: state.balancer,
    settings: state.settings,
    now: state.now,
    lbstatus: state.lbstatus.slice(),
    lbfactor: state.lbfactor.slice(),
    lbset: state.lbset.slice(),
    status: state.status.slice(),
    errorTime: state.errorTime.slice(),
    busy: state.busy.slice(),
    elected: state.elected.slice(),
    transferred: state.transferred.slice(),
    read: state.read.slice(),
    passes: state.passes.slice(),
    fails: state.fails.slice(),
    checkFrom: state.checkFrom.slice(),
    checkUntil: state.checkUntil.slice(),
    needsReset: state.needsReset,
    resetsLater: state.resetsLater,
    justFailed: state.justFailed,
    candidates: state.candidates.slice(),
    candidateCount: state.candidateCount,
  };
}

/**
 * Text that is equal for two states of one balancer exactly when httpd behaves alike from both on: times count from
 * `now` and only where they still matter, counters that only inform are left out.
 */
export function stateKey(state: BalancerState): string {
  const { balancer, now } = state;
  const parts: (string | number)[] = [
    state.lbstatus.join(),
    state.status.join(),
    state.lbfactor.join(),
    state.lbset.join(),
    state.needsReset ? 1 : 0,
    balancer.persist && state.resetsLater ? 1 : 0,
    balancer.members.map((_, member) => remainingRetry(state, member)).join(),
  ];
  if (state.settings !== balancer.settings) parts.push(JSON.stringify(state.settings));
  if (state.settings.lbmethod === "bytraffic") parts.push(state.transferred.join(), state.read.join());
  if (balancer.checked) {
    parts.push(state.passes.join(), state.fails.join());
    parts.push(state.checkFrom.map((time) => time - now).join(), state.checkUntil.map((time) => time - now).join());
  }
  return parts.join(";");
}

/** Microseconds until the retry timer of a member in error has run down; 0 when it has, or when it is not in error. */
export function remainingRetry(state: BalancerState, member: number): number {
  const status = state.status[member] ?? 0;
  if ((status & BITS.error) === 0 || (status & state.balancer.does.ignoreErrorsBit) !== 0) return 0;
  const retry = state.balancer.members[member]?.retry ?? 0;
  return Math.max(0, (state.errorTime[member] ?? 0) + retry - state.now);
}
