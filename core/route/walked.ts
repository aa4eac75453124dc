import type { DirConf } from "./dir-conf.js";
import type { Host } from "./host.js";
import type { Going } from "./request.js";
import type { Ended } from "./step.js";

/** How a request's way ended, internal redirects included. */
export interface Walked {
  readonly end: Exclude<Ended, { kind: "again" }>;
  readonly conf: DirConf;
  readonly going: Going;
  readonly host: Host;
}

/** True for two ends of which nobody could tell one from the other, whatever a balancer makes of them. */
export function sameEnd(one: Walked, other: Walked): boolean {
  const [left, right] = [one.end, other.end];
  if (left.kind === "answer") {
    return right.kind === "answer" && left.status === right.status && left.location === right.location;
  }
  const alike =
    right.kind === "proxy" &&
    left.url === right.url &&
    left.query === right.query &&
    spelling(left) === spelling(right);
  return alike && sameEntries(one.going.headers, other.going.headers) && sameErrors(one.conf, other.conf);
}

/** How the path is written on the way to the backend; whether a slash stays encoded matters only where one is. */
export function spelling(to: {
  readonly asSent: boolean;
  readonly keepsSlashes: boolean;
  readonly url: string;
  readonly halfEncoded?: true;
}): string {
  if (to.halfEncoded === true) return "encoded by half";
  return to.asSent ? "as sent" : to.keepsSlashes && /%2f/i.test(to.url) ? "slashes kept" : "";
}

/** What a balancer sees of a request, cookies before all. */
function sameEntries<K, V>(one: ReadonlyMap<K, V> = new Map(), other: ReadonlyMap<K, V> = new Map()): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

/** What happens should the balancer fail. */
function sameErrors(one: DirConf, other: DirConf): boolean {
  return one.errorOverride === other.errorOverride && sameEntries(one.errorDocuments, other.errorDocuments);
}
