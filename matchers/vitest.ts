/** The entry `cdktf-httpd-balancer/matchers/vitest`: importing it gives vitest's `expect` the matchers, with their types. */
import { expect } from "vitest";
import { httpdBalancerMatchers } from "./matchers.js";
import type { HttpdBalancerMatchers } from "./types.js";

expect.extend(httpdBalancerMatchers);

declare module "vitest" {
  interface Matchers<T> extends HttpdBalancerMatchers<T> {}
}
