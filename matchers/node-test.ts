/** The entry `cdktf-httpd-balancer/matchers/node-test`: the matchers for Node's own test runner, or for any other. */
import { AssertionError } from "node:assert";
import type { Topology } from "../core/topology/topology.js";
import { httpdBalancerMatchers } from "./matchers.js";
import type { MatcherResult } from "./matchers.js";
import type { HttpdBalancerMatchers } from "./types.js";

/**
 * What a topology is held to; each call throws an AssertionError with the counterexample when it does not hold:
 *
 * ```ts
 * assertThat(topology).toSurvive({ failures: 1 });
 * ```
 */
export function assertThat(topology: Topology): HttpdBalancerMatchers<void> {
  const matchers = httpdBalancerMatchers;
  return {
    toServeInOrder: (names, options) => {
      assertPass(matchers.toServeInOrder(topology, names, options));
    },
    toHaveShare: (member, options) => {
      assertPass(matchers.toHaveShare(topology, member, options));
    },
    toSurvive: (options) => {
      assertPass(matchers.toSurvive(topology, options));
    },
    toFailBackWithin: (time, options) => {
      assertPass(matchers.toFailBackWithin(topology, time, options));
    },
  };
}

function assertPass({ pass, message }: MatcherResult): void {
  if (!pass) throw new AssertionError({ message: message(), stackStartFn: assertPass });
}
