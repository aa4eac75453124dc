import { entriesOf, listOf } from "../shape/collections.js";
import { either } from "../shape/either.js";
import { flag, sameAsJson, text } from "../shape/plain.js";
import { record } from "../shape/record.js";
import { defined, mapped } from "../shape/shape.js";
import type { Shape, ValueOf } from "../shape/shape.js";
import type { Cluster, PromiseDeclaration } from "../topology/topology.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { JsonRecord } from "../vocabulary/json.js";
import { shown } from "../vocabulary/shown.js";
import { ACKNOWLEDGED } from "./acknowledged.js";
import { MEMBERS } from "./member.js";

const PROMISE_PARAMETERS = sameAsJson<JsonRecord>({ type: "object" }, (json) => ({
  found: shown(json),
  allowed: "a mapping of parameters",
}));

const WITH_PARAMETERS = mapped(
  entriesOf(PROMISE_PARAMETERS, {
    count: 1,
    join: (id, parameters) => ({ id, parameters }),
    split: ({ id, parameters }) => [id, parameters],
  }),
  { read: ([only]) => only ?? { id: "", parameters: {} }, write: (only) => [only] },
);

const PROMISE: Shape<PromiseDeclaration> = mapped(
  either({ string: text(), object: WITH_PARAMETERS }, "the id of a promise, or { id: parameters }"),
  {
    read: (given): PromiseDeclaration => (typeof given === "string" ? { id: given } : given),
    write: ({ id, parameters }) => (parameters === undefined ? id : { id, parameters }),
  },
);

const ROUTE_COOKIE = record(
  {
    name: { doc: "Name of the cookie, such as ROUTEID.", shape: text(), required: true },
    path: { doc: "Path of the cookie. Default: /.", shape: text() },
    secure: { doc: "Sent over TLS only. Default: true.", shape: flag() },
  },
  { doc: "Cookie with the route, set by httpd, for applications without a route in their sessions." },
);

const KEYS = record(
  {
    scope: {
      doc: "Virtual host the balancer is defined in. Default: the main server, shared by all hosts.",
      shape: text(),
    },
    parameters: { table: BALANCER_PARAMETERS },
    members: { doc: "Members by name, in the order httpd breaks ties by.", shape: MEMBERS, orEmpty: true },
    routeCookie: {
      doc: "Cookie with the route, set by httpd, for applications without a route in their sessions.",
      shape: ROUTE_COOKIE,
    },
    promises: { doc: "What must hold: an id, or an id with its parameters.", shape: listOf(PROMISE) },
    acknowledged: ACKNOWLEDGED,
    extra: { doc: "Lines written into the <Proxy> block as they are.", shape: listOf(text()) },
  },
  { doc: "One balancer and its members." },
);

/** A cluster, by the keys it has. */
export const CLUSTER: Shape<ValueOf<typeof KEYS>> = defined("cluster", KEYS);

/** Clusters by the name behind `balancer://`. */
export const CLUSTERS: Shape<readonly Cluster[]> = entriesOf(CLUSTER, {
  noun: "cluster",
  allowed: "a mapping of names to clusters",
  join: (name, { members = [], ...cluster }): Cluster => ({ name, members, ...cluster }),
  split: ({ name, ...cluster }) => [name, cluster],
});
