import type { Cluster } from "../../topology/topology.js";
import type { WantedStep } from "./step.js";

/** What an operation wants done, and the state it is done from. */
export interface Plan {
  /** Differs from the description for operations on a member that was taken out before. */
  readonly from: Cluster;
  readonly steps: readonly WantedStep[];
  /** @default - what takes back each change, see `undo.ts` */
  readonly undo?: readonly WantedStep[];
}
