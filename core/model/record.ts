import type { Backend } from "./backend.js";
import type { BalancerState } from "./state.js";

/** Is told what happens inside a request, attempt by attempt; must not change the state. */
export interface Recorder {
  begins(state: BalancerState): void;
  forced(state: BalancerState): void;
  stuck(state: BalancerState, member: number, route: string): void;
  refusedFailover(state: BalancerState, route: string): void;
  elected(state: BalancerState, member: number): void;
  tried(state: BalancerState, member: number, backend: Backend): void;
}
