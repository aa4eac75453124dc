/**
 * The entry `cdktf-httpd-balancer/testing`: what a deployment target, also one of your own, has to keep.
 *
 * @packageDocumentation
 */
export { targetContract } from "./target-contract.js";
export type { ContractLaw } from "./target-contract.js";
export type { DeployTarget } from "../target.js";
