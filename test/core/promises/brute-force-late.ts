import {
  ANSWERS,
  cloneState,
  everyWay,
  initialState,
  modelBalancer,
  passTime,
  REFUSES,
  remainingRetry,
  serve,
  stateKey,
} from "../../../core/model/engine.js";
import type { BalancerState } from "../../../core/model/engine.js";
import { initialStatus } from "../../../core/topology/roles.js";
import type { Cluster, Topology } from "../../../core/topology/topology.js";

/** Longer than anything that is waited for, in microseconds. */
const LONG = 1e12;

/** Where a search stands: what backends do, since when they are up, and what httpd remembers. */
interface Place {
  readonly downs: readonly boolean[];
  /** Microseconds since each accepts connections; {@link LONG} from the start on. */
  readonly up: readonly number[];
  readonly state: BalancerState;
}

/** What a plain search looks for. */
export interface LateSearch {
  readonly promise: "failback" | "standby-idle";
  readonly failures: number;
  /** Events looked at. */
  readonly depth: number;
  /** Microseconds. */
  readonly within: number;
}

/**
 * Events of the shortest scenario, up to a depth and sessions included, in which an active that is back for the time is still in error after
 * a request without a session, or a standby answers though somebody else is back for longer; undefined when there is none.
 */
export function shortestLateness(
  topology: Topology,
  cluster: Cluster,
  { promise, failures, depth, within }: LateSearch,
): number | undefined {
  const balancer = modelBalancer(cluster, topology);
  const { sticky, routes: named } = balancer.settings;
  const routes = [undefined, ...(sticky === undefined ? [] : new Set(named.filter((route) => route !== "")))];
  const isOffending = offenceOf(cluster, promise, within);
  const seen = new Set<string>();
  const everybody = balancer.members;
  let level: Place[] = [
    { downs: everybody.map(() => false), up: everybody.map(() => LONG), state: initialState(balancer) },
  ];
  for (let events = 1; events <= depth; events++) {
    const next: Place[] = [];
    const visit = (place: Place): void => {
      const key = `${place.downs.join()}|${place.up.join()}|${stateKey(place.state)}`;
      if (seen.has(key)) return;
      seen.add(key);
      next.push(place);
    };
    for (const place of level) {
      const { downs, up, state } = place;
      const backends = downs.map((isDown) => (isDown ? REFUSES : ANSWERS));
      for (const route of routes) {
        const ways = everyWay((chance) => {
          const after = cloneState(state);
          return { after, answer: serve(after, { route, bytes: 200 }, { backends, chance }).member };
        });
        for (const { after, answer } of ways) {
          if (route === undefined && isOffending(place, after, answer)) return events;
          visit({ downs, up, state: after });
        }
      }
      downs.forEach((isDown, member) => {
        if (!isDown && downs.filter((other) => other).length >= failures) return;
        const now = <T>(values: readonly T[], value: T): readonly T[] =>
          values.map((other, index) => (index === member ? value : other));
        visit({ downs: now(downs, !isDown), up: now(up, 0), state });
      });
      for (const wait of waitsOf(state, within + 1_000)) {
        const after = cloneState(state);
        passTime(after, wait, backends, { choose: () => 0 });
        visit({
          downs,
          up: up.map((time, m) => (time === LONG || downs[m] === true ? time : time + wait)),
          state: after,
        });
      }
    }
    level = next;
  }
  return undefined;
}

function offenceOf(
  cluster: Cluster,
  promise: LateSearch["promise"],
  within: number,
): (place: Place, after: BalancerState, answer: number) => boolean {
  const letters = cluster.members.map((member) => new Set<string>(initialStatus(member)));
  const isOut = letters.map((own) => ["D", "S", "N", "U"].some((letter) => own.has(letter)));
  const isStandby = letters.map((own) => own.has("H") && !own.has("R"));
  const isActive = letters.map((own) => !own.has("H") && !own.has("R"));
  return ({ downs, up, state }, after, answer) => {
    const back = downs.map((isDown, m) => !isDown && isOut[m] === false && (up[m] ?? 0) > within);
    if (promise === "standby-idle") return isStandby[answer] === true && back.some((is, m) => is && !isStandby[m]);
    const late = (m: number): boolean => remainingRetry(state, m) > 0 && remainingRetry(after, m) > 0;
    return back.some((is, m) => is && isActive[m] === true && up[m] !== LONG && answer !== m && late(m));
  };
}

/** Past each retry time, and the time itself. */
function waitsOf(state: BalancerState, time: number): ReadonlySet<number> {
  const times = state.balancer.members.map((_, member) => remainingRetry(state, member));
  return new Set([time, ...times.filter((left) => left > 0).map((left) => left + 100_000)]);
}
