import { HANDLED, REFUSES } from "./backend.js";
import type { Backend, Handled } from "./backend.js";
import { isUsable } from "./bits.js";
import { LIKELIEST } from "./chance.js";
import type { Chance } from "./chance.js";
import { passTime } from "./health.js";
import { LB_METHOD_MODELS } from "./lbmethods/lbmethods.js";
import type { Recorder } from "./record.js";
import { forceRecovery, markError } from "./retry.js";
import { chargeRoute, isRouteOfMember, memberOfRoute } from "./route.js";
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

/** Bytes that bytraffic counts for the status line of an answer: `HTTP/1.1 200 OK` without its line end. */
const STATUS_LINE_BYTES = 15;

/**
 * One request through `proxy_handler` (modules/proxy/mod_proxy.c): chooses a member, tries it, and again while the
 * failed one is unusable and tries are left. Every try starts from the beginning; nobody remembers who has failed.
 *
 * Changes the state. Time passes only where httpd waits for a timeout.
 */
export function serve(state: BalancerState, request: ModelRequest, circumstances: Circumstances): Outcome {
  const limit = state.settings.maxAttempts;
  const tried: number[] = [];
  state.candidateCount = -1;
  let outcome: Outcome | undefined;
  while (outcome === undefined) {
    const member = chooseMember(state, request, circumstances);
    if (member === -1) {
      outcome = { member: -1, status: 503, attempts: tried.length };
      break;
    }
    state.busy[member] = (state.busy[member] as number) + 1;
    tried.push(member);
    const access = attempt(state, member, request, circumstances);
    const backend = circumstances.backends[member] ?? REFUSES;
    circumstances.record?.tried(state, member, backend);
    if (access === 503 && !isUsable(state.status[member] as number) && limit >= tried.length) continue;
    const answered = backend.kind === "answers";
    outcome = { member: answered ? member : -1, status: answered ? backend.status : access, attempts: tried.length };
    postRequest(state, member, outcome.status, HANDLED[backend.kind].waits === "answerTimeout");
  }
  for (const member of tried) state.busy[member] = (state.busy[member] as number) - 1;
  state.justFailed = -1;
  return outcome;
}

/** `proxy_balancer_pre_request`: recovery, session, election. -1 when httpd answers 503 itself. */
function chooseMember(state: BalancerState, request: ModelRequest, circumstances: Circumstances): number {
  const { chance = LIKELIEST, record } = circumstances;
  record?.begins(state);
  const forced = forceRecovery(state, chance);
  if (forced) record?.forced(state);
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
  const member = findBest(state, circumstances.backends, chance);
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

/** One try: time that passes, bytes that are counted, the mark httpd leaves. */
function attempt(
  state: BalancerState,
  member: number,
  { bytes }: ModelRequest,
  { backends, chance = LIKELIEST }: Circumstances,
): Handled["access"] {
  const backend = backends[member];
  if (backend === undefined) throw new RangeError(`no backend is given for member ${member} of ${backends.length}`);
  const { access, waits } = HANDLED[backend.kind];
  if (waits !== undefined) passTime(state, state.balancer.members[member]?.[waits] ?? 0, backends, chance);
  if (access === 500 || access === 503) markError(state, member);
  if (backend.kind === "answers") {
    state.transferred[member] = (state.transferred[member] as number) + bytes;
    state.read[member] = (state.read[member] as number) + STATUS_LINE_BYTES + backend.body;
  }
  return access;
}

/** `proxy_balancer_post_request`: failonstatus and failontimeout, after the client has its answer. */
function postRequest(state: BalancerState, member: number, status: number, timedOut: boolean): void {
  const { failOnStatus, failOnTimeout } = state.balancer;
  if (failOnStatus.size > 0 && failOnStatus.has(status)) markError(state, member);
  if (failOnTimeout && timedOut) markError(state, member);
}
