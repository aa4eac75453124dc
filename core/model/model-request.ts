import type { Backend } from "./backend.js";
import type { Chance } from "./chance.js";
import type { Recorder } from "./record.js";

/** A request as a balancer sees it. */
export interface ModelRequest {
  /** The route it carries, see `routeOf`; undefined for a request without a session. */
  readonly route: string | undefined;
  /** Bytes httpd sends to the first member, body included; bytraffic counts them. */
  readonly bytes: number;
  /** Bytes of its body. @default 0 */
  readonly body?: number;
  /** It must not be sent twice: see `Attempt` of failures.ts. @default false */
  readonly once?: boolean;
  /** The client's connection has carried a request before. @default false */
  readonly kept?: boolean;
}

/** What a balancer stands in during a request. */
export interface Circumstances {
  /** One a member, in the order of the configuration. */
  readonly backends: readonly Backend[];
  /** @default - the likeliest where httpd races with itself */
  readonly chance?: Chance;
  /** The time an attempt takes has passed already, and what is sent was counted. @default false */
  readonly isUnderWay?: boolean;
  /** Told what happens, attempt by attempt. */
  readonly record?: Recorder;
}
