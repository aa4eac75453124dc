import { describe, expect, test } from "vitest";
import {
  ANSWERS,
  BITS,
  initialState,
  modelBalancer,
  passTime,
  REFUSES,
  remainingRetry,
  restarted,
  serve,
  setMember,
} from "../../../../core/model/engine.js";
import type { BalancerState } from "../../../../core/model/engine.js";
import { CONDITION } from "../../../../core/promises/search/condition.js";
import { counterlessMachine } from "../../../../core/promises/search/counterless-machine.js";
import { conditionIn } from "../../../../core/promises/search/fast-request.js";
import type { Row } from "../../../../core/promises/search/fast-request.js";
import { routesOf, searchLayout } from "../../../../core/promises/search/layout.js";
import { searchShortest } from "../../../../core/promises/search/shortest.js";
import { STATUS_FLAGS } from "../../../../core/vocabulary/status.js";
import { randomOf } from "../../../differential/random.js";
import type { Random } from "../../../differential/random.js";
import { randomQuestion } from "../random-layout.js";
import type { Question } from "../random-layout.js";

const LAYOUTS = Number(process.env["LAYOUTS"] ?? 15);
const SEED = Number(process.env["SEED"] ?? 3);
const OUT = STATUS_FLAGS.D.bit | STATUS_FLAGS.S.bit | STATUS_FLAGS.U.bit;

/** Conditions of all members after each request that the machine can reach; undefined where it has too many states. */
function reachable(question: Question): ReadonlySet<string> | undefined {
  const { topology, cluster, limits } = question;
  const able = touchable(question);
  const seen = new Set<string>();
  const layout = searchLayout(topology, cluster);
  // No proof is made of such a layout: errors here are those that time ends.
  if (layout.members.some(({ staysInError }) => staysInError)) return undefined;
  const machine = counterlessMachine(layout, {
    limits,
    breaks: ({ after }) => {
      seen.add(conditionsOf(after, able));
      return false;
    },
    distance: () => 1,
    races: true,
    mostStates: 20_000,
  });
  if (machine === undefined || searchShortest(machine).kind !== "closed") return undefined;
  return seen;
}

function conditionsOf(row: Row, members: readonly number[]): string {
  return members.map((m) => conditionIn(row, m)).join();
}

/** The same of a state of the model: an error whose retry time has passed is none. */
function conditionsIn(state: BalancerState, downs: readonly boolean[], members: readonly number[]): string {
  return members
    .map((m) => {
      const status = state.status[m] ?? 0;
      return (
        (downs[m] === true ? CONDITION.down : 0) |
        (remainingRetry(state, m) > 0 ? CONDITION.error : 0) |
        ((status & BITS.healthCheckFailed) === 0 ? 0 : CONDITION.failed) |
        ((status & OUT) === 0 ? 0 : CONDITION.out) |
        ((status & BITS.drain) === 0 ? 0 : CONDITION.draining)
      );
    })
    .join();
}

/** Members of which it matters whether they run: nobody ever tries the others, so that the machine leaves them up. */
function touchable({ topology, cluster, limits }: Question): readonly number[] {
  const layout = searchLayout(topology, cluster);
  const { actions = [] } = limits;
  const { out, draining } = CONDITION;
  const changes = (actions.includes("disable") ? out : 0) | (actions.includes("drain") ? draining : 0);
  const tried = (settled: number, route: string): boolean =>
    (settled & out) === 0 && ((settled & draining) === 0 || (layout.sticky && route !== ""));
  return layout.members.flatMap(({ condition, route }, m) => (tried(condition & ~changes, route) ? [m] : []));
}

/** Walks through the model and tells the conditions after each request. */
function walk(random: Random, question: Question, events: number): readonly string[] {
  const { topology, cluster, limits } = question;
  const balancer = modelBalancer(cluster, topology);
  const routes = [undefined, ...routesOf(searchLayout(topology, cluster))];
  const chance = { choose: (ways: number) => random.below(ways) };
  const downs = balancer.members.map(() => false);
  const { actions = [] } = limits;
  const able = touchable(question);
  let state = initialState(balancer);
  const seen: string[] = [];
  for (let event = 0; event < events; event++) {
    const backends = downs.map((isDown) => (isDown ? REFUSES : ANSWERS));
    const dice = random.below(100);
    if (dice < 40) {
      serve(state, { route: random.pick(routes), bytes: 200 }, { backends, chance });
      seen.push(conditionsIn(state, downs, able));
    } else if (dice < 65 && able.length > 0) {
      const member = random.pick(able);
      if (downs[member] === true || downs.filter(Boolean).length < limits.failures)
        downs[member] = downs[member] !== true;
    } else if (dice < 72 && actions.length > 0) {
      const action = random.pick(actions);
      const letter = action === "drain" ? "N" : "D";
      const bit = action === "drain" ? STATUS_FLAGS.N.bit : STATUS_FLAGS.D.bit;
      const member = random.below(downs.length);
      const on = ((state.status[member] ?? 0) & bit) === 0;
      if (action === "restart") state = restarted(state);
      else setMember(state, member, { status: `${on ? "+" : "-"}${letter}` });
    } else {
      passTime(state, 1_000 * random.pick([100, 500, 1_050, 1_200, 2_200, 3_000, 5_000]), backends, chance);
    }
  }
  return seen;
}

describe("the search without counters", () => {
  test("reaches everything that the model does, with health checks, sessions, operators and old versions", () => {
    let closed = 0;
    for (let place = 0; place < LAYOUTS; place++) {
      const random = randomOf(SEED, place);
      const question = randomQuestion(random, { ids: ["always-served"] });
      const known = reachable(question);
      if (known === undefined) continue;
      closed++;
      for (let nth = 0; nth < 30; nth++) {
        for (const conditions of walk(random, question, 40)) {
          const { cluster, limits } = question;
          expect(known.has(conditions), JSON.stringify({ place, conditions, limits, cluster })).toBe(true);
        }
      }
    }
    expect(closed).toBeGreaterThan(LAYOUTS / 2);
  });
});
