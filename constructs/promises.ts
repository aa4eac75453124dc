import { formatDuration } from "../core/vocabulary/duration.js";
import type { Duration } from "../core/vocabulary/duration.js";
import type { PromiseDeclaration } from "../core/topology/topology.js";

/** Makes the promises a cluster may be held to; they are proved by `httpd-balancer check` and at synth. */
export const Promises = {
  /** Every request is answered by a member while at least one member is up. */
  alwaysServed: (): PromiseDeclaration => ({ id: "always-served" }),
  /** The actives serve again within a time after they came back. */
  failbackWithin: (time: Duration): PromiseDeclaration => ({
    id: "failback",
    parameters: { within: formatDuration(time) },
  }),
  /** No standby serves while an active member can. */
  standbyIdle: (): PromiseDeclaration => ({ id: "standby-idle" }),
  /** A member serves about this part of the requests while all members are up. */
  share: (member: string, { about }: { readonly about: number }): PromiseDeclaration => ({
    id: "share",
    parameters: { member, about },
  }),
  /** The members left can serve the load. */
  capacity: (load: { readonly requestsPerSecond: number }): PromiseDeclaration => ({
    id: "capacity",
    parameters: { requestsPerSecond: load.requestsPerSecond },
  }),
  /** Sessions stay with their member while it is up. */
  sessions: (): PromiseDeclaration => ({ id: "sessions" }),
} as const;
