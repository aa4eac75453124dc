/**
 * The model for those who drive it step by step, such as a search:
 *
 * `modelBalancer` makes a balancer of a cluster, `initialState` starts it, `serve` takes it through one request,
 * `passTime` lets its timers run, `setMember` and `setBalancer` are balancer-manager, `restarted` is a restart.
 * All but `restarted` change the state they are given: `cloneState` first where the old one is still needed.
 * Two states with the same `stateKey` behave alike from there on. Where httpd races with itself, `everyWay` runs
 * something once for each way it can go.
 */
export { modelBalancer } from "./balancer.js";
export type { LiveSettings, ModelBalancer, ModelMember, Surroundings } from "./balancer.js";
export { ANSWERS, REFUSES } from "./backend.js";
export type { Backend } from "./backend.js";
export { BITS, isUsable, statusText } from "./bits.js";
export { everyWay, LIKELIEST } from "./chance.js";
export type { Chance } from "./chance.js";
export { passTime } from "./health.js";
export { checkedWhole, settledState } from "./settled.js";
export { restarted, setBalancer, setMember } from "./manage.js";
export { NO_SESSION, serve } from "./request.js";
export type { Circumstances, ModelRequest } from "./model-request.js";
export type { Outcome } from "./request.js";
export { countsAfter } from "./share.js";
export { routeOf } from "./sticky.js";
export { CHECK_LATENESS, cloneState, initialState, remainingRetry, stateKey } from "./state.js";
export type { BalancerState } from "./state.js";
