import { LB_METHOD_MODELS } from "./lbmethods/lbmethods.js";
import type { BalancerState } from "./state.js";

/**
 * `ap_proxy_sync_balancer` (modules/proxy/proxy_util.c): after a changed lbmethod, the next request or the next use of
 * balancer-manager, whichever comes first, lets the new one start from its own zero (measured on httpd 2.4.71).
 */
export function synchronise(state: BalancerState): void {
  if (!state.needsReset) return;
  LB_METHOD_MODELS[state.settings.lbmethod].reset(state);
  state.needsReset = false;
  state.resetsLater = false;
}
