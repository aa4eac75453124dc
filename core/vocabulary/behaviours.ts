import { isWithin, MEASURED_VERSION } from "./versions.js";
import type { HttpdVersion, VersionRange } from "./versions.js";

/** Something httpd did in some versions and does not do in others. */
export interface Behaviour extends VersionRange {
  /** What is done, in one sentence. */
  readonly doc: string;
  /** Where it is known from: measured with those versions, a tag of the sources, a report, a CVE. */
  readonly source: string;
}

/** Behaviours by name. What one says stands in one place of the code, which asks {@link behaves}. */
export const BEHAVIOURS = {
  "sockets-known": {
    since: "2.4.8",
    doc: "`unix:/path|url` is a worker behind a socket.",
    source: "tags: urisock in modules/proxy/proxy_util.c",
  },
  "socket-without-scheme-refused": {
    since: "2.4.52",
    doc: "`unix:/path|word` without a scheme is refused with a sentence of its own.",
    source: "measured on 2.4.37 and 2.4.52; tag 2.4.52",
  },
  "bad-url-shown": {
    since: "2.4.8",
    doc: "The complaint about the URL of a worker shows it.",
    source: "measured on 2.4.6 and 2.4.37; tag 2.4.8",
  },
  "bad-balancer-name-shown": {
    since: "2.4.13",
    doc: "The complaint about the name of a balancer shows it.",
    source: "measured on 2.4.6 and 2.4.37; tag 2.4.13",
  },
  "empty-host-refused": {
    since: "2.4.63",
    doc: "A URL of a worker with an empty host is refused.",
    source: "measured: 2.4.62 accepts `http://`, 2.4.68 refuses it; the release between is not known",
  },
  "wrong-place-named": {
    since: "2.4.30",
    doc: "The complaint about a directive in a wrong place names the section.",
    source: "measured on 2.4.6 and 2.4.37; tag 2.4.30 of server/config.c",
  },
  "checks-end-request-errors": {
    since: "2.4.55",
    doc: "Passed health checks end an error that a request caused, not only one of their own.",
    source: "PR 66302; measured on 2.4.37, 2.4.52 and 2.4.57",
  },
  "query-sessions-unseen": {
    since: "2.4.62",
    until: "2.4.64",
    doc: "A session in the query string is not seen.",
    source: "PR 69443; measured on 2.4.58, 2.4.62 and 2.4.68",
  },
  "children-reset-balancers": {
    until: "2.4.62",
    doc: "Every new child process sets lbstatus, busy and bytes of all balancers back.",
    source: "measured on 2.4.6 to 2.4.62",
  },
  "graceful-with-one-child-hangs": {
    since: "2.4.38",
    until: "2.4.57",
    doc: "After a graceful restart with ServerLimit 1 requests are left without an answer for more than 30 s.",
    source: "measured on 2.4.52, and not on 2.4.37 and 2.4.57; the releases between are not known",
  },
  "weights-have-decimals": {
    since: "2.4.28",
    doc: "Load factors have two decimals and bytraffic divides by hundredths.",
    source: "measured on 2.4.6 and 2.4.37",
  },
  "ignored-errors-count": {
    until: "2.4.21",
    doc: "status=+I does not keep a member from being in error.",
    source: "measured on 2.4.6 and 2.4.37; tag 2.4.21 of ap_proxy_retry_worker",
  },
  "hosts-change-inherited-balancers": {
    since: "2.4.30",
    doc: "Parameters in a virtual host change, for that host, the balancer it has from the main server.",
    source: "merge_balancers of modules/proxy/mod_proxy.c; measured on 2.4.6 and 2.4.37",
  },
  "redirect-rings-end": {
    since: "2.4.24",
    doc: "A member whose redirect leads back to itself does not end the connection of the client.",
    source: "PR 59864; measured on 2.4.6 and 2.4.37",
  },
  "nonce-none-opens": {
    until: "2.4.49",
    doc: "With `nonce=None` balancer-manager takes changes from everybody who reaches it.",
    source: "measured on 2.4.6 and 2.4.37, and not on 2.4.52",
  },
  "manager-asks-referer": {
    since: "2.4.41",
    doc: "balancer-manager takes no change without a Referer of its own host.",
    source: "measured on 2.4.37 and 2.4.52; tag 2.4.41",
  },
  "manager-stops": {
    since: "2.4.21",
    doc: "A member that is stopped in balancer-manager gets no request.",
    source: "measured on 2.4.6 and 2.4.37: w_status_S; tag 2.4.21",
  },
  "manager-spares": {
    since: "2.4.34",
    doc: "balancer-manager makes a member a spare.",
    source: "tag 2.4.34: w_status_R; measured on 2.4.6",
  },
  "xml-has-flags": {
    since: "2.4.21",
    doc: "The XML of balancer-manager shows all flags of a member, and not one word for them.",
    source: "recorded on 2.4.6 and 2.4.37; tag 2.4.21",
  },
  "xml-for-everybody": {
    since: "2.4.49",
    doc: "balancer-manager shows its XML also to those who send no nonce.",
    source: "measured on 2.4.37 and 2.4.52",
  },
  "xml-has-nonce": {
    since: "2.4.68",
    doc: "The XML of balancer-manager has the nonce of each balancer in it.",
    source: "measured on 2.4.62 and 2.4.68",
  },
  "failover-empties-bodies": {
    since: "2.4.41",
    until: "2.4.42",
    doc: "A request with a body that fails over reaches the next member without its body.",
    source: "PR 63891; known from the list of changes",
  },
  "checks-stop-with-their-child": {
    since: "2.4.21",
    until: "2.4.68",
    doc: "Health checks of a member stop for ever when a child process ends during one of them.",
    source: "list of changes of 2.4.68; the versions between are not measured",
  },
  "rewrite-expressions-without-colon": {
    since: "2.4.63",
    doc: "The complaint about an expression of RewriteCond has no colon behind it.",
    source: "measured: 2.4.37 to 2.4.62 write one, 2.4.71 does not; the release between is not known",
  },
  "handlers-are-expressions": {
    since: "2.4.19",
    doc: "The name of a handler in SetHandler is read as an expression.",
    source: "measured: 2.4.6 takes any text; tag 2.4.19 of server/core.c",
  },
  "header-values-are-expressions": {
    since: "2.4.10",
    doc: "A value of Header and RequestHeader that begins with `expr=` is read as an expression.",
    source: "measured: 2.4.6 reads it as a format, 2.4.52 as an expression; documented since 2.4.10",
  },
  "error-documents-are-expressions": {
    since: "2.4.13",
    doc: "Paths and texts of ErrorDocument are read as expressions.",
    source: "measured: 2.4.6 takes any text; tag 2.4.13 of server/core.c",
  },
  "auth-names-are-expressions": {
    since: "2.4.55",
    doc: "AuthName and AuthType are read as expressions.",
    source: "measured: 2.4.6 takes any text; tag 2.4.55 of modules/aaa/mod_authn_core.c",
  },
  "mapping-known": {
    since: "2.4.49",
    doc: "`mapping=` of ProxyPass is a word of its own and no parameter of the worker.",
    source: "measured on 2.4.37; tag 2.4.49",
  },
} as const satisfies Record<string, Behaviour>;

/** Name of a behaviour. */
export type BehaviourName = keyof typeof BEHAVIOURS;

/** True when an httpd does it. */
export function behaves(httpd: HttpdVersion, name: BehaviourName): boolean {
  const behaviour: Behaviour = BEHAVIOURS[name];
  return httpd === MEASURED_VERSION ? behaviour.until === undefined : isWithin(httpd, behaviour);
}
