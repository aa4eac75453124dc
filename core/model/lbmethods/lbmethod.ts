import type { Chance } from "../chance.js";
import type { BalancerState } from "../state.js";

/** A load-balancing method: httpd's `proxy_balancer_method` (modules/proxy/mod_proxy.h). */
export interface LbMethodModel {
  /**
   * Chooses the member of a request without a session and does the method's bookkeeping.
   *
   * @returns the member's index, -1 when no member can serve
   */
  find(state: BalancerState, chance: Chance): number;
  /** What httpd does to the members when balancer-manager switches to this method. */
  reset(state: BalancerState): void;
}
