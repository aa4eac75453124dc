import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { checkParameter, parameterSchema } from "../vocabulary/codec.js";
import { DURATION_FORMAT, parseDuration } from "../vocabulary/duration.js";
import type { Duration } from "../vocabulary/duration.js";
import { isLbMethodName, LB_METHODS } from "../vocabulary/lbmethods.js";
import type { LbMethodName } from "../vocabulary/lbmethods.js";
import type { ParameterValue } from "../vocabulary/parameter.js";
import { readStatus } from "../vocabulary/status.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { listOf, mapOf, plain, record, whole } from "./shape.js";
import type { RecordOf, Shape } from "./shape.js";

/** Largest number of requests of one step: every count stays exact in a double. */
export const MOST_REQUESTS = 1e15;

/** Status letters that balancer-manager can set; there is no key for Err (measured on httpd 2.4.71). */
export const MANAGED_LETTERS = ["I", "N", "D", "H", "R", "S", "C"] as const;

/** What a backend may do instead of answering; the words of httpd.conf have none for these. */
export const BACKEND_FAILURES = {
  lost: "packets to it are lost, so that connecting runs into its timeout",
  silent: "accepts the connection and never answers",
  closes: "accepts the connection and closes it without an answer",
  unresolvable: "its host name does not resolve",
} as const;

/** A word of {@link BACKEND_FAILURES}. */
export type BackendFailure = keyof typeof BACKEND_FAILURES;

const text = plain({ type: "string" }, "a text", (json) => (typeof json === "string" ? json : undefined));
const name = plain({ type: "string", minLength: 1 }, "the name or URL of a member", (json) =>
  typeof json === "string" && json !== "" ? json : undefined,
);
const path = plain(
  { type: "string", pattern: "^/[^\\s]*$" },
  "a path that begins with '/' and has no blanks",
  (json) => (typeof json === "string" && /^\/[^\s]*$/.test(json) ? json : undefined),
);
const status = whole(200, 599);
const time = plain<Duration>(
  { type: "string", pattern: "^([0-9]+ms|[0-9]+(\\.[0-9]{1,3})?s|[0-9]+(\\.[0-9]+)?(min|h))$" },
  DURATION_FORMAT,
  (json) => (typeof json === "string" ? parseDuration(json) : undefined),
);
const letters = plain(
  { type: "string", pattern: "^([+-]?[INDHRSCindhrsc])+$" },
  `signs and letters balancer-manager can set, of ${MANAGED_LETTERS.join(", ")}: "+D", "-D", "+N-H"`,
  (json) => (typeof json === "string" && isManaged(json) ? json : undefined),
);
/** Anything balancer-manager takes; unlike in a description, what httpd makes of it may be what is tried out. */
const factor = plain({ type: "number", minimum: 1, maximum: 100 }, "a number from 1 to 100", (json) =>
  typeof json === "number" && json >= 1 && json <= 100 ? json : undefined,
);
const method = plain<LbMethodName>(
  { type: "string", enum: Object.keys(LB_METHODS) },
  Object.keys(LB_METHODS).join(", "),
  (json) => (typeof json === "string" && isLbMethodName(json) ? json : undefined),
);
const failure = plain<BackendFailure>(
  { type: "string", enum: Object.keys(BACKEND_FAILURES) },
  Object.keys(BACKEND_FAILURES).join(", "),
  (json) => (typeof json === "string" && Object.hasOwn(BACKEND_FAILURES, json) ? (json as BackendFailure) : undefined),
);
const members = listOf(name);

/** What must come out of the requests of a step. */
export const EXPECT_FIELDS = {
  status: { doc: "Status of every answer.", shape: status },
  by: {
    doc: "How many requests each member answered; members not named are free.",
    shape: mapOf(whole(0, MOST_REQUESTS), "counts by member: { node1: 4, node2: 20 }"),
  },
  never: { doc: "Members that answer none of the requests.", shape: members },
  sequence: { doc: "Who answers, request by request; `httpd` for httpd itself.", shape: members },
} as const;

/** `request: { ... }` */
export const REQUEST_FIELDS = {
  count: { doc: "Requests of one sequential client.", shape: whole(0, MOST_REQUESTS) },
  path: { doc: "Path and query. Default: /", shape: path },
  cookies: { doc: "Cookies sent with each request.", shape: mapOf(text, "values by cookie name: { SID: abc.r1 }") },
  host: {
    doc: "Host header, which chooses the virtual host; with `:443` the one on that port. Default: the first one.",
    shape: text,
  },
  every: { doc: "Time between two requests; without it they take no time.", shape: time },
  bytes: {
    doc: "Bytes httpd sends to the backend for one request, which bytraffic counts. Default: 200",
    shape: whole(0, 1e9),
  },
  expect: { doc: "What must come out; otherwise the scenario fails.", shape: record(EXPECT_FIELDS) },
} as const;

/** `respond: { ... }` */
export const RESPOND_FIELDS = {
  member: { doc: "Name or URL of the member.", shape: name, required: true },
  status: { doc: "Status its application answers from now on.", shape: status },
  body: { doc: "Bytes of the body of its answers, which bytraffic counts. Default: 0", shape: whole(0, 1e12) },
  failure: { doc: "How it fails from now on instead of answering.", shape: failure },
} as const;

/** `set: { ... }` */
export const SET_FIELDS = {
  balancer: { doc: "Name of the balancer. Default: the only one.", shape: text },
  member: { doc: "Name or URL of the member; without it the balancer is changed.", shape: name },
  status: { doc: "Letters to set and clear.", shape: letters },
  loadfactor: { doc: "Relative weight, 1 to 100; httpd truncates it to hundredths.", shape: factor },
  lbset: { doc: WORKER_PARAMETERS.lbset.doc, shape: ofParameter<number>(WORKER_PARAMETERS.lbset) },
  route: { doc: WORKER_PARAMETERS.route.doc, shape: ofParameter<string>(WORKER_PARAMETERS.route) },
  redirect: { doc: WORKER_PARAMETERS.redirect.doc, shape: ofParameter<string>(WORKER_PARAMETERS.redirect) },
  lbmethod: { doc: BALANCER_PARAMETERS.lbmethod.doc, shape: method },
  maxattempts: { doc: BALANCER_PARAMETERS.maxattempts.doc, shape: whole(0, 99) },
  timeout: { doc: `${BALANCER_PARAMETERS.timeout.doc} A number of seconds.`, shape: whole(0, 7200) },
  nofailover: {
    doc: BALANCER_PARAMETERS.nofailover.doc,
    shape: plain({ type: "boolean" }, "true or false", (json) => (typeof json === "boolean" ? json : undefined)),
  },
  stickysession: { doc: `${BALANCER_PARAMETERS.stickysession.doc} \`-\` switches it off.`, shape: text },
} as const;

/** What balancer-manager can change of a member. */
export const MEMBER_SETTINGS = ["status", "loadfactor", "lbset", "route", "redirect"] as const;

/** What balancer-manager can change of a balancer. */
export const BALANCER_SETTINGS = ["lbmethod", "maxattempts", "timeout", "nofailover", "stickysession"] as const;

const request: Shape<RequestStep> = withShortcut(record(REQUEST_FIELDS));

/** Every step, by its key: what it means and what it holds. */
export const STEPS = {
  request: { doc: "A number of requests, or a mapping that describes them.", shape: request },
  stop: { doc: "Members whose connections are refused from now on.", shape: members },
  start: { doc: "Stopped members that accept connections again.", shape: members },
  respond: { doc: "What a member's application answers from now on.", shape: record(RESPOND_FIELDS) },
  wait: { doc: "Time that passes.", shape: time },
  set: { doc: "A live change in balancer-manager.", shape: record(SET_FIELDS) },
  reload: {
    doc: "httpd reads its configuration again.",
    shape: plain<"graceful" | "restart">(
      { type: "string", enum: ["graceful", "restart"] },
      "graceful, restart",
      (json) => (json === "graceful" || json === "restart" ? json : undefined),
    ),
  },
} as const;

/** Requests of one sequential client; without a count, one. */
export type RequestStep = RecordOf<typeof REQUEST_FIELDS>;

/** What must come out of the requests of a step. */
export type Expectation = RecordOf<typeof EXPECT_FIELDS>;

/** What a member's application does from now on. */
export type RespondStep = RecordOf<typeof RESPOND_FIELDS>;

/** A live change in balancer-manager. */
export type SetStep = RecordOf<typeof SET_FIELDS>;

/** `request: 24` is short for `request: { count: 24 }`. */
function withShortcut(shape: Shape<RequestStep>): Shape<RequestStep> {
  const count = REQUEST_FIELDS.count.shape;
  return {
    schema: { anyOf: [count.schema, shape.schema] },
    read(json, place) {
      if (typeof json !== "number") return shape.read(json, place);
      const reading = count.read(json, place);
      return reading.ok ? { ok: true, value: { count: reading.value } } : reading;
    },
  };
}

function ofParameter<V extends ParameterValue>(parameter: Parameters<typeof checkParameter>[0]): Shape<V> {
  return {
    schema: parameterSchema(parameter),
    read(json, { at, subject }) {
      const complaint = checkParameter(parameter, json);
      return complaint === undefined
        ? { ok: true, value: json as V }
        : { ok: false, problems: [{ at, subject, ...complaint }] };
    },
  };
}

function isManaged(value: string): boolean {
  const change = readStatus(value);
  if (change === undefined || value === "") return false;
  const managed: readonly string[] = MANAGED_LETTERS;
  return [...change.set, ...change.clear].every((letter) => managed.includes(letter));
}
