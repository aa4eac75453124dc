import { HANDLED } from "./backend.js";
import type { Backend, Handled } from "./backend.js";
import { isUsable } from "./bits.js";
import { LIKELIEST } from "./chance.js";
import type { Chance } from "./chance.js";
import { passTime } from "./health.js";
import { LB_METHOD_MODELS } from "./lbmethods/lbmethods.js";
import type { Recorder } from "./record.js";
import { forceRecovery, markError } from "./retry.js";
import { chargeRoute, isRouteOfMember, memberOfRoute } from "./route.js";
import { STATUS_LINE_BYTES } from "./state.js";
import type { BalancerState } from "./state.js";
import { synchronise } from "./synchronise.js";

/** A request as a balancer sees it. */
export interface ModelRequest {
  /** The route it carries, see `routeOf`; undefined for a request without a session. */
  readonly route: string | undefined;
  /** Bytes httpd sends to the backend; bytraffic counts them. */
  readonly bytes: number;
}

/** A request without a session. */
export const NO_SESSION: ModelRequest = { route: undefined, bytes: 200 };

/** How a request ends. */
export interface Outcome {
  /** Index of the member whose answer the client got; -1 when httpd answered itself. */
  readonly member: number;
  readonly status: number;
  /** Members httpd tried, the last one included. */
  readonly attempts: number;
}

/** What a balancer stands in during a request. */
export interface Circumstances {
  /** One a member, in the order of the configuration. */
  readonly backends: readonly Backend[];
  /** @default - the likeliest where httpd races with itself */
  readonly chance?: Chance;
  /** Told what happens, attempt by attempt. */
  readonly record?: Recorder;
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
  if (backend?.kind !== "answers") return serveBeyond(state, member, request, circumstances);
  return delivered(state, member, backend, request.bytes, 1, record);
}

/** The way of a request whose first member fails. Members that were tried stay busy until the end. */
function serveBeyond(
  state: BalancerState,
  first: number,
  request: ModelRequest,
  { backends, chance = LIKELIEST, record }: Circumstances,
): Outcome {
  const limit = state.settings.maxAttempts;
  const tried: number[] = [];
  let member = first;
  let outcome: Outcome = { member: -1, status: 503, attempts: 0 };
  while (member !== -1) {
    tried.push(member);
    state.busy[member] = (state.busy[member] as number) + 1;
    const backend = backends[member];
    if (backend === undefined) throw new RangeError(`no backend is given for member ${member} of ${backends.length}`);
    if (backend.kind === "answers") {
      outcome = delivered(state, member, backend, request.bytes, tried.length, record);
      break;
    }
    const access = fail(state, member, backend, backends, chance);
    if (HANDLED[backend.kind].sent) state.transferred[member] = (state.transferred[member] as number) + request.bytes;
    record?.tried(state, member, backend);
    outcome = { member: -1, status: access, attempts: tried.length };
    if (access !== 503 || isUsable(state.status[member] as number) || limit < tried.length) {
      postRequest(state, member, access, HANDLED[backend.kind].waits === "answerTimeout");
      break;
    }
    member = chooseMember(state, request, backends, chance, record);
    if (member === -1) outcome = { member: -1, status: 503, attempts: tried.length };
  }
  for (const busy of tried) state.busy[busy] = (state.busy[busy] as number) - 1;
  state.justFailed = -1;
  return outcome;
}

/** The member's answer reaches the client: bytes are counted, failonstatus looks at it. */
function delivered(
  state: BalancerState,
  member: number,
  backend: Extract<Backend, { kind: "answers" }>,
  bytes: number,
  attempts: number,
  record: Recorder | undefined,
): Outcome {
  state.transferred[member] = (state.transferred[member] as number) + bytes;
  state.read[member] = (state.read[member] as number) + STATUS_LINE_BYTES + backend.body;
  record?.tried(state, member, backend);
  postRequest(state, member, backend.status, false);
  state.justFailed = -1;
  return { member, status: backend.status, attempts };
}

/** `proxy_balancer_pre_request`: recovery, session, election. -1 when httpd answers 503 itself. */
function chooseMember(
  state: BalancerState,
  request: ModelRequest,
  backends: readonly Backend[],
  chance: Chance,
  record: Recorder | undefined,
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

/** A try that comes to nothing: time that passes, the mark httpd leaves. */
function fail(
  state: BalancerState,
  member: number,
  backend: Backend,
  backends: readonly Backend[],
  chance: Chance,
): Handled["access"] {
  const { access, waits } = HANDLED[backend.kind];
  if (waits !== undefined) passTime(state, state.balancer.members[member]?.[waits] ?? 0, backends, chance);
  if (access === 500 || access === 503) markError(state, member);
  return access;
}

/** `proxy_balancer_post_request`: failonstatus and failontimeout, after the client has its answer. */
function postRequest(state: BalancerState, member: number, status: number, timedOut: boolean): void {
  const { failOnStatus, failOnTimeout } = state.balancer;
  if (failOnStatus.size > 0 && failOnStatus.has(status)) markError(state, member);
  if (failOnTimeout && timedOut) markError(state, member);
}
