import type { StatusLetter } from "../vocabulary/status.js";

/** A balancer as balancer-manager shows it. */
export interface LiveBalancer {
  readonly name: string;
  /** Empty where changes are not possible (`nonce=None`); absent when the manager does not show it. */
  readonly nonce?: string;
  readonly lbmethod: string;
  /** Seconds that a request waits for a usable member. */
  readonly timeout: number;
  /** Undefined where a balancer of one member has none of its own. */
  readonly maxattempts: number | undefined;
  readonly nofailover: boolean;
  /** Name of the cookie; empty when sessions do not stick. The XML does not show the name in URLs. */
  readonly stickysession: string;
  readonly workers: readonly LiveWorker[];
}

/** A member as balancer-manager shows it. */
export interface LiveWorker {
  /** The worker's URL as httpd spells it. */
  readonly name: string;
  readonly status: ReadonlySet<StatusLetter>;
  /** Hundredths. */
  readonly lbfactor: number;
  readonly lbset: number;
  readonly lbstatus: number;
  readonly elected: number;
  readonly busy: number;
  /** Bytes sent to the backend. */
  readonly transferred: number;
  /** Bytes of status lines and bodies that came back. */
  readonly read: number;
  readonly route: string;
  readonly redirect: string;
}
