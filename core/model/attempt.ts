import type { Backend, FailureKind } from "./backend.js";
import type { ModelMember } from "./balancer.js";
import { isUsable } from "./bits.js";
import type { Chance } from "./chance.js";
import { failureHandled, isUnmeasured } from "./failures.js";
import { passTime } from "./health.js";
import type { Circumstances, ModelRequest } from "./model-request.js";
import type { Recorder } from "./record.js";
import { markError } from "./retry.js";
import type { BalancerState } from "./state.js";
import { bytesFrom, bytesTo } from "./traffic.js";

type Answers = Extract<Backend, { kind: "answers" }>;

/** How one try on a member ends. */
interface Tried {
  readonly answer: {
    /** -1 when httpd answers in the member's place. */
    readonly member: number;
    /** 0 when the client's connection is closed without an answer. */
    readonly status: number;
    readonly timedOut: boolean;
  };
  /** Another member is tried, where tries are left. */
  readonly again: boolean;
  /** False when nobody has measured how this failure ends in the member's protocol. */
  readonly isMeasured: boolean;
}

/** One try on a member: an answer that comes in time, or one of the failures. Changes the state; time may pass. */
export function attempt(
  state: BalancerState,
  member: number,
  request: ModelRequest,
  circumstances: Circumstances & { readonly chance: Chance },
): Tried {
  const { backends, chance, record, isUnderWay = false } = circumstances;
  const backend = backends[member];
  if (backend === undefined) throw new RangeError(`no backend is given for member ${member} of ${backends.length}`);
  const own = state.balancer.members[member] as ModelMember;
  if (backend.kind === "unhandled") {
    record?.tried(state, member, backend);
    const answer = { member: -1, status: backend.status, timedOut: false };
    return { answer, again: false, isMeasured: backend.isCertain };
  }
  if (backend.kind === "answers" && (backend.delay ?? 0) < own.answerTimeout) {
    if (!isUnderWay) {
      passTime(state, backend.delay ?? 0, backends, chance);
      countSent(state, member, request);
    }
    deliver(state, member, backend, request, record);
    return { answer: { member, status: backend.status, timedOut: false }, again: false, isMeasured: true };
  }
  const tried = fail(state, member, backend.kind === "answers" ? "hang" : backend.kind, { request, ...circumstances });
  record?.tried(state, member, backend);
  return tried;
}

/** A try that comes to nothing: time that passes, the mark httpd leaves, bytes that were sent. */
function fail(
  state: BalancerState,
  member: number,
  failure: FailureKind,
  circumstances: Circumstances & { readonly chance: Chance; readonly request: ModelRequest },
): Tried {
  const { request, backends, chance, isUnderWay = false } = circumstances;
  const own = state.balancer.members[member] as ModelMember;
  const { once = false, kept = false } = request;
  const ending = failureHandled(failure, own.protocol, { once, kept, pinged: own.ping });
  const { access, drops = false, waits, timesOut = false, sent = false, statusLine = false } = ending;
  if (waits !== undefined && !isUnderWay) passTime(state, own[waits], backends, chance);
  if (access === 500 || access === 503) markError(state, member);
  if (sent) countSent(state, member, request);
  if (statusLine) state.read[member] = (state.read[member] as number) + bytesFrom(own, request, 0);
  return {
    answer: { member: -1, status: drops ? 0 : access, timedOut: timesOut },
    again: access === 503 && !isUsable(state.status[member] as number),
    isMeasured: !isUnmeasured(failure, own.protocol),
  };
}

/** A request is sent to a member: its bytes are counted. */
export function countSent(state: BalancerState, member: number, request: ModelRequest): void {
  const own = state.balancer.members[member] as ModelMember;
  state.transferred[member] = (state.transferred[member] as number) + bytesTo(own, request);
}

/** The member's answer reaches the client: bytes are counted. */
export function deliver(
  state: BalancerState,
  member: number,
  backend: Answers,
  request: ModelRequest,
  record: Recorder | undefined,
): void {
  const { balancer, read } = state;
  const own = balancer.members[member] as ModelMember;
  read[member] = (read[member] as number) + bytesFrom(own, request, backend.body);
  record?.tried(state, member, backend);
}

/** `proxy_balancer_post_request`: failonstatus and failontimeout, after the client has its answer. */
export function afterwards(
  state: BalancerState,
  member: number,
  { status, timedOut }: Pick<Tried["answer"], "status" | "timedOut">,
): void {
  const { failOnStatus, failOnTimeout } = state.balancer;
  if (failOnStatus.size > 0 && failOnStatus.has(status)) markError(state, member);
  if (failOnTimeout && timedOut) markError(state, member);
}
