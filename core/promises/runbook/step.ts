import type { SetStep } from "../../scenario/steps.js";
import type { Member } from "../../topology/topology.js";

/** A live change as an operation wants it, before it is known what takes it back. */
export interface WantedSet {
  readonly kind: "set";
  readonly text: string;
  readonly set: SetStep;
  /** True when it puts back what an earlier step of the same runbook changed: to what was read before that step. */
  readonly restores?: true;
}

/** A live change, and the one that puts back exactly what it changed. */
export interface SettledSet extends WantedSet {
  readonly inverse: SetStep;
}

/** A step without a change in balancer-manager. Every wait is for something that is observed. */
export type OtherStep =
  /** A member that httpd did not know, which it takes in disabled; it stays, disabled, until httpd starts anew. */
  | { readonly kind: "add"; readonly text: string; readonly member: Member }
  /** Until a drained member is elected no more: its sessions have ended. Gives up after a while and goes on. */
  | { readonly kind: "await-sessions"; readonly text: string; readonly member: string }
  /** Until a member has no request under way: `busy` is 0. */
  | { readonly kind: "await-idle"; readonly text: string; readonly member: string }
  /** Until the server behind a member answers a request sent to it directly. */
  | { readonly kind: "await-answer"; readonly text: string; readonly member: string }
  /** Until balancer-manager shows a member without the flags. */
  | {
      readonly kind: "await-ok";
      readonly text: string;
      readonly member: string;
      /** Letters of the flags that must be gone. */
      readonly without: string;
      /** Seconds it must stay so, for health checks that look only now and then. */
      readonly steady: number;
    }
  /** Something done to the backend itself, and what takes it back. */
  | {
      readonly kind: "backend";
      readonly text: string;
      readonly action: "stop" | "start";
      readonly member: string;
      readonly inverse: "stop" | "start";
    }
  /** A look at the shares that members really get, and whether all serve. */
  | { readonly kind: "look"; readonly text: string }
  /** httpd reads its configuration again, and the live changes are made once more. */
  | { readonly kind: "reload"; readonly text: string };

/** A step as an operation wants it. */
export type WantedStep = WantedSet | OtherStep;

/** One step of a runbook. */
export type RunbookStep = SettledSet | OtherStep;

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
  readonly operation: string;
  readonly cluster: string;
  readonly steps: readonly ProvenStep[];
  /** What takes everything back, from wherever the steps were left; proved from each of those places. */
  readonly undo: readonly RunbookStep[];
  /** What an operator should know before the first step. */
  readonly notes: readonly string[];
  /** True when the steps were proved from the described state, which must be the live one before the first of them. */
  readonly fromDescribed: boolean;
}
