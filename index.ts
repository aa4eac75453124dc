export * from "./core/vocabulary/duration.js";
export type * from "./core/topology/topology.js";
