import type { SetStep } from "../../scenario/steps.js";

/** One step of a runbook. */
export type RunbookStep =
  /** A change in balancer-manager, and the one that takes it back. */
  | { readonly kind: "set"; readonly text: string; readonly set: SetStep; readonly inverse: SetStep }
  /** Waiting until a member has no request under way. */
  | { readonly kind: "await-idle"; readonly text: string; readonly member: string }
  /** Something done to the backend itself, and what takes it back. */
  | {
      readonly kind: "backend";
      readonly text: string;
      readonly action: "stop" | "start";
      readonly member: string;
      readonly inverse: "stop" | "start";
    }
  /** A look whether all is as it should be. */
  | { readonly kind: "check"; readonly text: string };

/** A step with what was proved about the state after it. */
export interface ProvenStep {
  readonly step: RunbookStep;
  /** Members that serve requests without a session then, with their shares. */
  readonly serving: readonly { readonly member: string; readonly share: number }[];
  /** True when every request would still be served if one more member failed then. */
  readonly survivesOneMore: boolean;
}

/** An operation as ordered steps, each proved to keep every request served. */
export interface Runbook {
  readonly operation: Operation["kind"];
  readonly cluster: string;
  readonly steps: readonly ProvenStep[];
  /** What an operator should know before the first step. */
  readonly notes: readonly string[];
}

/** What is to be done. */
export type Operation =
  | { readonly kind: "drain"; readonly member: string }
  | { readonly kind: "rolling-restart"; readonly members: readonly string[] }
  | { readonly kind: "shift-weights"; readonly weights: Readonly<Record<string, number>> };
