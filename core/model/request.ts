import type { Backend } from "./backend.js";
import { afterwards, attempt, countSent, deliver } from "./attempt.js";
import { LIKELIEST } from "./chance.js";
import type { Chance } from "./chance.js";
import { passTime } from "./health.js";
import { LB_METHOD_MODELS } from "./lbmethods/lbmethods.js";
import type { Circumstances, ModelRequest } from "./model-request.js";
import type { Recorder } from "./record.js";
import { forceRecovery } from "./retry.js";
import { chargeRoute, isRouteOfMember, memberOfRoute } from "./route.js";
import type { BalancerState } from "./state.js";
import { synchronise } from "./synchronise.js";

/** A request without a session. */
export const NO_SESSION: ModelRequest = { route: undefined, bytes: 200 };

/** How a request ends. */
export interface Outcome {
  /** Index of the member whose answer the client got; -1 when httpd answered itself. */
  readonly member: number;
  /** 0 when the client's connection was closed without an answer. */
  readonly status: number;
  /** Members httpd tried, the last one included. */
  readonly attempts: number;
  /** Index of a member that failed in a way nobody has measured in its protocol; absent for none. */
  readonly unmeasured?: number;
}

/**
 * One request through `proxy_handler` (modules/proxy/mod_proxy.c): chooses a member, tries it, and again while the
 * failed one is unusable and tries are left. Every try starts from the beginning; nobody remembers who has failed.
 *
 * Changes the state. Time passes only where httpd waits for a timeout.
 */
export function serve(state: BalancerState, request: ModelRequest, circumstances: Circumstances): Outcome {
  const { backends, chance = LIKELIEST, record } = circumstances;
  state.candidateCount = -1;
  const member = chooseMember(state, request, backends, chance, record);
  if (member === -1) return { member: -1, status: 503, attempts: 0 };
  const backend = backends[member];
  if (backend?.kind !== "answers" || backend.delay !== undefined) {
    return serveBeyond(state, member, request, { ...circumstances, chance });
  }
  countSent(state, member, request);
  deliver(state, member, backend, request, record);
  afterwards(state, member, { status: backend.status, timedOut: false });
  state.justFailed = -1;
  return { member, status: backend.status, attempts: 1 };
}

/** The way of a request whose first member fails or takes its time. Members that were tried stay busy until the end. */
function serveBeyond(
  state: BalancerState,
  first: number,
  request: ModelRequest,
  circumstances: Circumstances & { readonly chance: Chance },
): Outcome {
  const { backends, chance, record } = circumstances;
  const tried: number[] = [];
  let member = first;
  let outcome: Outcome = { member: -1, status: 503, attempts: 0 };
  let unmeasured: number | undefined;
  while (member !== -1) {
    tried.push(member);
    state.busy[member] = (state.busy[member] as number) + 1;
    const { answer, again, isMeasured } = attempt(state, member, request, circumstances);
    if (!isMeasured) unmeasured = member;
    outcome = { ...answer, attempts: tried.length };
    if (!again || state.settings.maxAttempts < tried.length) {
      afterwards(state, member, answer);
      break;
    }
    member = chooseMember(state, request, backends, chance, record);
    if (member === -1) outcome = { member: -1, status: 503, attempts: tried.length };
  }
  for (const busy of tried) state.busy[busy] = (state.busy[busy] as number) - 1;
  state.justFailed = -1;
  return unmeasured === undefined ? outcome : { ...outcome, unmeasured };
}

/** `proxy_balancer_pre_request`: recovery, session, election. -1 when httpd answers 503 itself. */
export function chooseMember(
  state: BalancerState,
  request: ModelRequest,
  backends: readonly Backend[],
  chance: Chance,
  record?: Recorder,
): number {
  record?.begins(state);
  if (forceRecovery(state, chance)) record?.forced(state);
  synchronise(state);
  const { route } = request;
  if (route !== undefined) {
    const member = memberOfRoute(state, route, chance);
    if (member !== -1) {
      chargeRoute(state, member);
      record?.stuck(state, member, route);
      return member;
    }
    if (state.settings.nofailover && isRouteOfMember(state, route)) {
      record?.refusedFailover(state, route);
      return -1;
    }
  }
  const member = findBest(state, backends, chance);
  record?.elected(state, member);
  state.justFailed = -1;
  return member;
}

/** `find_best_worker`: with a balancer `timeout`, a hundred more tries in that time. */
function findBest(state: BalancerState, backends: readonly Backend[], chance: Chance): number {
  const { lbmethod, timeout } = state.settings;
  const method = LB_METHOD_MODELS[lbmethod];
  let member = method.find(state, chance);
  const step = Math.trunc(timeout / 100);
  for (let waited = 0; member === -1 && waited < timeout; waited += step) {
    state.justFailed = -1;
    passTime(state, step, backends, chance);
    member = method.find(state, chance);
  }
  if (member !== -1) state.elected[member] = (state.elected[member] as number) + 1;
  return member;
}
