/** The entry `cdktf-httpd-balancer/matchers/jest`: importing it gives Jest's `expect` the matchers, with their types. */
import { expect } from "@jest/globals";
import { httpdBalancerMatchers } from "./matchers.js";
import type { HttpdBalancerMatchers } from "./types.js";

expect.extend(httpdBalancerMatchers);

declare module "expect" {
  interface Matchers<R extends void | Promise<void>> extends HttpdBalancerMatchers<R> {}
}
