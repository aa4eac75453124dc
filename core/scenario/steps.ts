import { listOf, mapOf } from "../shape/collections.js";
import { oneOrMore, shorthand } from "../shape/either.js";
import { pointerTo, subjectAt } from "../shape/json-place.js";
import { judgedParameter } from "../shape/parameter.js";
import { flag, sameAsJson, text, whole, words } from "../shape/plain.js";
import { record } from "../shape/record.js";
import type { RecordOf } from "../shape/record.js";
import { judgedShape } from "../shape/shape.js";
import type { Shape } from "../shape/shape.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { DURATION_FORMAT, DURATION_PATTERN, formatDuration, parseDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import type { JsonValue } from "../vocabulary/json.js";
import { LB_METHODS } from "../vocabulary/lbmethods.js";
import type { LbMethodName } from "../vocabulary/lbmethods.js";
import { shown } from "../vocabulary/shown.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { requestFaults, respondFaults, setFaults } from "./step-faults.js";

/** Largest number of requests of one step: every count stays exact in a double. */
export const MOST_REQUESTS = 1e15;

/** Status letters that balancer-manager can set; there is no key for Err (measured on httpd 2.4.71). */
export const MANAGED_LETTERS = ["I", "N", "D", "H", "R", "S", "C"] as const;

/** What a backend may do instead of answering; the words of httpd.conf have none for these. */
export const BACKEND_FAILURES = {
  lost: "packets to it are lost, so that connecting runs into its timeout",
  hang: "reads the request and never answers",
  closes: "reads the request and closes the connection without an answer",
  breaks: "closes the connection in the middle of the head of its answer",
  reset: "reads the request and resets the connection (RST)",
  unresolvable: "its host name does not resolve",
} as const;

/** A word of {@link BACKEND_FAILURES}. */
export type BackendFailure = keyof typeof BACKEND_FAILURES;

/** Methods a request may have. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"] as const;

/** Most clients at the same time. */
export const MOST_CLIENTS = 256;

/** The words of {@link BACKEND_FAILURES}; `silent` is how earlier scenarios call `hang`. */
const failure: Shape<BackendFailure> = {
  ...words([...(Object.keys(BACKEND_FAILURES) as readonly BackendFailure[]), "silent"]),
  read: (json) => (json === "silent" ? "hang" : (json as BackendFailure)),
};

const name = text({ filled: true, allowed: "the name or URL of a member" });
const path = text({ pattern: "^/[^\\s]*$", allowed: "a path that begins with '/' and has no blanks" });
const status = whole(200, 599);
const letters = text({
  pattern: "^([+-]?[INDHRSCindhrsc])+$",
  allowed: `signs and letters balancer-manager can set, of ${MANAGED_LETTERS.join(", ")}: "+D", "-D", "+N-H"`,
});
/** Anything balancer-manager takes; unlike in a description, what httpd makes of it may be what is tried out. */
const factor = sameAsJson<number>({ type: "number", minimum: 1, maximum: 100 }, (json) => ({
  found: shown(json),
  allowed: "a number from 1 to 100",
}));
const members = oneOrMore(name, listOf(name, { filled: true }), "the name or URL of a member, or a list of them");

const notTime = (json: JsonValue) => ({ found: shown(json), allowed: DURATION_FORMAT, fix: "correct the value" });

/** A time with its unit; the pattern lets fractions of minutes and hours through that are no whole milliseconds. */
const time: Shape<Duration> = judgedShape(
  {
    schema: { type: "string", pattern: DURATION_PATTERN },
    read: (json) => parseDuration(json as string) ?? { milliseconds: 0 },
    write: formatDuration,
    complaint: notTime,
  },
  (json, place) =>
    parseDuration(json as string) === undefined
      ? [{ at: pointerTo(place), subject: subjectAt(place), ...notTime(json) }]
      : [],
);

/** What must come out of the requests of a step. */
export const EXPECT_FIELDS = {
  status: { doc: "Status of every answer.", shape: status },
  by: {
    doc: "How many requests each member answered; members not named are free.",
    shape: mapOf(whole(0, MOST_REQUESTS), "counts by member: { node1: 4, node2: 20 }"),
  },
  never: { doc: "Members that answer none of the requests.", shape: members },
  sequence: { doc: "Who answers, request by request; `httpd` for httpd itself.", shape: members },
  session: {
    doc: "What a client with a jar sees of its session: `kept`, its counter goes on with every answer, whoever gives it; `lost`, it begins anew at least once.",
    shape: words(["kept", "lost"]),
  },
} as const;

/** `request: { ... }` */
export const REQUEST_FIELDS = {
  count: { doc: "Requests, one after the other unless there are several clients.", shape: whole(0, MOST_REQUESTS) },
  clients: {
    doc: "Clients at the same time, each of which sends its next request when it has its answer. Default: 1",
    shape: whole(1, MOST_CLIENTS),
  },
  method: { doc: "Default: GET, with a body POST", shape: words(METHODS) },
  path: { doc: "Path and query. Default: /", shape: path },
  cookies: { doc: "Cookies sent with each request.", shape: mapOf(text(), "values by cookie name: { SID: abc.r1 }") },
  host: {
    doc: "Host header, which chooses the virtual host; with `:443` the one on that port. Default: the first one.",
    shape: text(),
  },
  body: { doc: "Bytes of the body of each request. Default: 0", shape: whole(0, 1e9) },
  jar: {
    doc: "The client keeps cookies, from step to step: each member sets the session cookie with its route.",
    shape: flag(),
  },
  keepalive: {
    doc: "The client keeps its connection as long as httpd does. Default: a new one each time",
    shape: flag(),
  },
  every: { doc: "Time between two requests; without it they take no time.", shape: time },
  bytes: {
    doc: "Bytes httpd sends to the first member for one request, body included, which bytraffic counts; to the others as many more or less as their names and paths are longer or shorter. Default: 200 and the body",
    shape: whole(0, 1e9),
  },
  expect: { doc: "What must come out; otherwise the scenario fails.", shape: record(EXPECT_FIELDS) },
} as const;

/** `respond: { ... }` */
export const RESPOND_FIELDS = {
  member: { doc: "Name or URL of the member.", shape: name, required: true },
  status: { doc: "Status its application answers from now on.", shape: status },
  body: { doc: "Bytes of the body of its answers, which bytraffic counts. Default: 0", shape: whole(0, 1e12) },
  delay: { doc: "Time until it answers. Default: none", shape: time },
  failure: { doc: "How it fails from now on instead of answering.", shape: failure },
} as const;

/** `set: { ... }` */
export const SET_FIELDS = {
  balancer: { doc: "Name of the balancer. Default: the only one.", shape: text() },
  member: { doc: "Name or URL of the member; without it the balancer is changed.", shape: name },
  status: { doc: "Letters to set and clear.", shape: letters },
  loadfactor: { doc: "Relative weight, 1 to 100; httpd truncates it to hundredths.", shape: factor },
  lbset: { doc: WORKER_PARAMETERS.lbset.doc, shape: judgedParameter<number>(WORKER_PARAMETERS.lbset) },
  route: { doc: WORKER_PARAMETERS.route.doc, shape: judgedParameter<string>(WORKER_PARAMETERS.route) },
  redirect: { doc: WORKER_PARAMETERS.redirect.doc, shape: judgedParameter<string>(WORKER_PARAMETERS.redirect) },
  lbmethod: { doc: BALANCER_PARAMETERS.lbmethod.doc, shape: words(Object.keys(LB_METHODS) as readonly LbMethodName[]) },
  maxattempts: { doc: BALANCER_PARAMETERS.maxattempts.doc, shape: whole(0, 99) },
  timeout: { doc: `${BALANCER_PARAMETERS.timeout.doc} A number of seconds.`, shape: whole(0, 7200) },
  nofailover: {
    doc: BALANCER_PARAMETERS.nofailover.doc,
    shape: flag(),
  },
  stickysession: { doc: `${BALANCER_PARAMETERS.stickysession.doc} \`-\` switches it off.`, shape: text() },
} as const;

/** Every step, by its key: what it means and what it holds. */
export const STEPS = {
  request: {
    doc: "A number of requests, or a mapping that describes them.",
    shape: shorthand(
      judgedShape(record(REQUEST_FIELDS), requestFaults),
      "count",
      "a number of requests, or a mapping that describes them",
    ),
  },
  stop: { doc: "Members whose connections are refused from now on.", shape: members },
  start: { doc: "Stopped members that accept connections again.", shape: members },
  respond: {
    doc: "What a member's application answers from now on.",
    shape: judgedShape(record(RESPOND_FIELDS), respondFaults),
  },
  wait: { doc: "Time that passes.", shape: time },
  set: { doc: "A live change in balancer-manager.", shape: judgedShape(record(SET_FIELDS), setFaults) },
  reload: {
    doc: "httpd reads its configuration again.",
    shape: words(["graceful", "restart"]),
  },
} as const;

/** Requests of one client, or of several at the same time; without a count, one. */
export type RequestStep = RecordOf<typeof REQUEST_FIELDS>;

/** What must come out of the requests of a step. */
export type Expectation = RecordOf<typeof EXPECT_FIELDS>;

/** What a member's application does from now on. */
export type RespondStep = RecordOf<typeof RESPOND_FIELDS>;

/** A live change in balancer-manager. */
export type SetStep = RecordOf<typeof SET_FIELDS>;
