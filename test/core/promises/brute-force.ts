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

/** Where a plain breadth-first search stands. */
interface Place {
  readonly downs: readonly boolean[];
  readonly state: BalancerState;
}

/**
 * Events of the shortest scenario, up to a depth, in which httpd may refuse a request although a member that is not
 * administratively out accepts connections; undefined when there is none. Nothing clever: every event from every
 * state, on the model.
 */
export function shortestRefusal(
  topology: Topology,
  cluster: Cluster,
  failures: number,
  depth: number,
): number | undefined {
  const balancer = modelBalancer(cluster, topology);
  const sticky = balancer.settings.sticky !== undefined;
  const routes = [undefined, ...(sticky ? new Set(balancer.settings.routes.filter((route) => route !== "")) : [])];
  const out = cluster.members.map((member) => [...initialStatus(member)].some((letter) => "DSNU".includes(letter)));
  const seen = new Set<string>();
  let level: Place[] = [{ downs: balancer.members.map(() => false), state: initialState(balancer) }];
  for (let events = 1; events <= depth; events++) {
    const next: Place[] = [];
    const visit = (place: Place): void => {
      const key = `${place.downs.join()}|${stateKey(place.state)}`;
      if (seen.has(key)) return;
      seen.add(key);
      next.push(place);
    };
    for (const { downs, state } of level) {
      const backends = downs.map((isDown) => (isDown ? REFUSES : ANSWERS));
      const servable = downs.some((isDown, member) => !isDown && out[member] === false);
      for (const route of routes) {
        const ways = everyWay((chance) => {
          const after = cloneState(state);
          return { after, answer: serve(after, { route, bytes: 200 }, { backends, chance }).member };
        });
        if (servable && ways.some(({ answer }) => answer === -1)) return events;
        for (const { after } of ways) visit({ downs, state: after });
      }
      downs.forEach((isDown, member) => {
        if (!isDown && downs.filter((other) => other).length >= failures) return;
        visit({ downs: downs.map((other, index) => (index === member ? !other : other)), state });
      });
      for (const wait of waitsOf(state)) {
        const after = cloneState(state);
        passTime(after, wait, backends, { choose: () => 0 });
        visit({ downs, state: after });
      }
    }
    level = next;
  }
  return undefined;
}

/** Past each retry time. */
function waitsOf(state: BalancerState): readonly number[] {
  const times = [...new Set(state.balancer.members.map((_, member) => remainingRetry(state, member)))];
  const pending = times.filter((time) => time > 0);

  return pending.map((time) => time + 100_000);
}
