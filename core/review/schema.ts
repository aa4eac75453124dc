import { PROMISES } from "../promises/promise.js";
import { SEVERITIES } from "../report/severity.js";
import { BEHAVIOURS } from "../vocabulary/behaviours.js";
import type { JsonSchema } from "../vocabulary/json.js";

/** JSON Schema of the report of `review`. */
export function reportSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Review",
    description: "What a change does to the traffic of httpd's balancers.",
    ...object(
      {
        summary: { ...TEXT, description: "One sentence: whether to worry, and what about." },
        risk: { enum: ["high", "some", "perhaps", "none"] },
        changed: { ...FLAG, description: "False where base and head mean the same, however they are spelled." },
        inputs: listOf(
          object({
            name: TEXT,
            base: orNull(TEXT),
            head: orNull(TEXT),
            changed: FLAG,
            sum: orNull(TEXT),
            httpd: sides(orNull(TEXT)),
          }),
        ),
        clusters: listOf(CLUSTER),
        paths: listOf(
          object({ server: TEXT, path: TEXT, before: TEXT, after: TEXT, lost: FLAG, judged: FLAG }, { host: TEXT }),
        ),
        changes: listOf(TEXT),
        findings: object({ new: listOf(FINDING), fixed: listOf(FINDING), standing: COUNT }),
        modules: object({ added: listOf(TEXT), removed: listOf(TEXT) }),
        files: listOf(object({ path: TEXT, added: COUNT, removed: COUNT, lines: listOf(TEXT) })),
        notes: listOf(TEXT),
        hash: { type: "string", pattern: "^[0-9a-f]{64}$" },
      },
      {
        upgrades: listOf(UPGRADE),
        unmodelled: listOf(TEXT),
        resources: object({
          created: listOf(TEXT),
          updated: listOf(TEXT),
          replaced: listOf(TEXT),
          destroyed: listOf(TEXT),
        }),
      },
    ),
  };
}

type Fields = Readonly<Record<string, JsonSchema>>;

function object(required: Fields, optional: Fields = {}): JsonSchema {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: "null" }] };
}

function sides(schema: JsonSchema): JsonSchema {
  return object({ before: schema, after: schema });
}

const TEXT: JsonSchema = { type: "string" };
const FLAG: JsonSchema = { type: "boolean" };
const COUNT: JsonSchema = { type: "integer", minimum: 0 };
const AMOUNT: JsonSchema = { type: "number", minimum: 0 };
const FRACTION: JsonSchema = { type: "string", pattern: "^[0-9]+/[1-9][0-9]*$" };
const SHARES: JsonSchema = { type: "object", additionalProperties: FRACTION };
const VERDICT: JsonSchema = { enum: ["holds", "bounded", "unjudged", "broken", null] };
const PROMISE: JsonSchema = { enum: Object.keys(PROMISES) };

const FINDING = object({
  rule: TEXT,
  severity: { enum: [...SEVERITIES] },
  file: orNull(TEXT),
  line: orNull(COUNT),
  column: orNull(COUNT),
  subject: TEXT,
  found: TEXT,
  wanted: TEXT,
  fix: TEXT,
  fingerprint: TEXT,
});

const UPGRADE = object({
  input: TEXT,
  from: TEXT,
  to: TEXT,
  refused: listOf(FINDING),
  accepted: listOf(FINDING),
  behaviours: listOf(
    object({
      name: { enum: Object.keys(BEHAVIOURS) },
      change: { enum: ["begins", "ends"] },
      effect: { enum: ["worse", "better", "other"] },
      doc: TEXT,
      source: TEXT,
      places: listOf(object({ subject: TEXT, file: orNull(TEXT), line: orNull(COUNT) })),
    }),
  ),
});

const FAILURE = object({
  member: TEXT,
  failedRequests: COUNT,
  firstDelaySeconds: AMOUNT,
  firstRefused: FLAG,
  backWithinSeconds: AMOUNT,
  instead: SHARES,
});

const LOAD = object({
  allUp: object({ member: TEXT, share: FRACTION }),
  oneDown: orNull(object({ down: TEXT, member: TEXT, share: FRACTION })),
  capacity: object({ allUp: orNull(AMOUNT), oneDown: orNull(AMOUNT) }),
});

const PROMISE_RESULT = object(
  { id: PROMISE, before: VERDICT, after: VERDICT },
  { member: TEXT, explanation: TEXT, scenario: { type: "object" }, mends: listOf(TEXT), acknowledged: TEXT },
);

const CLUSTER = object(
  {
    name: TEXT,
    input: TEXT,
    kind: { enum: ["added", "removed", "changed"] },
    affectsTraffic: FLAG,
    changes: listOf(TEXT),
    members: listOf(object({}, { before: TEXT, after: TEXT, address: sides(TEXT) })),
    shares: sides(SHARES),
    failover: sides(listOf(listOf(TEXT))),
    failures: sides(listOf(FAILURE)),
    load: sides(orNull(LOAD)),
    sessions: object({ moved: orNull(FRACTION), why: listOf(TEXT) }, { inQuery: FRACTION }),
    promises: object({
      broken: listOf(PROMISE),
      mended: listOf(PROMISE),
      standing: listOf(PROMISE),
      results: listOf(PROMISE_RESULT),
    }),
  },
  { formerName: TEXT, unsure: TEXT, unmodelled: listOf(TEXT) },
);
