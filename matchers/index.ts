/** Matchers for users' own tests, with vitest or jest. */
export { httpdBalancerMatchers } from "./matchers.js";
export type { MatcherOptions, MatcherResult, ShareOptions, SurvivalOptions } from "./matchers.js";
export type { HttpdBalancerMatchers } from "./types.js";
export type { Topology } from "../core/topology/topology.js";
export type { Duration } from "../core/vocabulary/duration.js";
