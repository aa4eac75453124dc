import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readScenario, readScenarioText } from "../../../core/scenario/read.js";
import { scenarioSchema, scenarioToJson } from "../../../core/scenario/scenario.js";
import type { JsonValue } from "../../../core/vocabulary/json.js";
import { seconds } from "../../../core/vocabulary/duration.js";

const accepts = new Ajv2020({ strict: false, allErrors: false }).compile(scenarioSchema());

const word = fc.constantFrom("node1", "http://127.0.0.1:80", "a b");
const count = fc.constantFrom<JsonValue>(0, 1, 24, 1e15, -1, 1.5, "3");
const time = fc.constantFrom<JsonValue>("10s", "2.5s", "500ms", "1h", "-1s", "10", 10, "1.2345ms");
const path = fc.constantFrom<JsonValue>("/", "/a;x=y?b", "a", "/a b");
const status = fc.constantFrom<JsonValue>("+N", "-d", "+HR", "+E", "N", "+", "");
const code = fc.constantFrom<JsonValue>(200, 503, 99, "200");
const some = (keys: Readonly<Record<string, fc.Arbitrary<unknown>>>) => fc.record(keys, { requiredKeys: [] });

/** Steps that are nearly right: every key with right and wrong values, and now and then a key nobody knows. */
const step = fc.oneof(
  fc.record({
    request: fc.oneof(
      count,
      some({
        count,
        path,
        cookies: fc.constantFrom({ SID: "x" }, { SID: 1 }),
        every: time,
        host: word,
        bytes: count,
        expect: some({
          status: code,
          by: fc.dictionary(word, count, { maxKeys: 2 }),
          never: fc.oneof(word, fc.array(word, { maxLength: 2 })),
          sequence: fc.array(word, { maxLength: 3 }),
        }),
        odd: count,
      }),
    ),
  }),
  fc.record({ stop: fc.oneof(word, fc.array(word, { maxLength: 2 })) }),
  fc.record({ start: fc.oneof(word, fc.array(fc.oneof(word, count), { maxLength: 2 })) }),
  fc.record({ wait: time }),
  fc.record({ set: fc.record({ member: word, status }) }),
  fc.record({ reload: fc.constantFrom("graceful", "restart", "hard") }),
  fc.constantFrom<JsonValue>({}, { odd: 1 }, 7, null, { wait: "1s", request: 1 }),
);

describe("reading a scenario", () => {
  it("accepts exactly what the schema accepts", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3 }), (steps) => {
        const json = { steps } as unknown as JsonValue;
        const reading = readScenario(json);
        expect({ json, accepted: reading.ok }).toEqual({ json, accepted: accepts(json) });
      }),
      { numRuns: 3000 },
    );
  });

  it("gives back the same scenario after it was written", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3 }), (steps) => {
        const reading = readScenario({ steps } as unknown as JsonValue);
        if (!reading.ok) return;
        expect(readScenario(scenarioToJson(reading.value))).toEqual(reading);
      }),
      { numRuns: 3000 },
    );
  });

  it("writes the shortest form", () => {
    const steps = [{ request: { count: 3 } }, { wait: seconds(2.5) }, { request: { count: 1, every: seconds(1) } }];
    expect(scenarioToJson({ steps })).toEqual({
      steps: [{ request: 3 }, { wait: "2500ms" }, { request: { count: 1, every: "1s" } }],
    });
  });

  it("answers any text with a scenario or with problems", () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .array(fc.constantFrom("steps:", "- ", "{", "}", "[", "&a ", "*a", "\n", "request", ": ", "1", '"', "? ", "|"))
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (any) => {
        const reading = readScenarioText(any, "s.yaml");
        if (!reading.ok) expect(reading.problems.every(({ line }) => line >= 1)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("does not follow aliases that multiply", () => {
    const lines = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}]`,
    );
    const reading = readScenarioText(`a0: &a0 [x]\n${lines.join("\n")}\nsteps: []\n`, "s.yaml");
    expect(reading.ok).toBe(false);
  });

  it.each([
    [{ set: { member: "a" } }, "nothing to change"],
    [{ set: { member: "a", lbmethod: "bytraffic" } }, "'lbmethod' for a member"],
    [{ set: { loadfactor: 2 } }, "'loadfactor' for a balancer"],
    [{ set: { member: "a", loadfactor: 101 } }, "101"],
    [{ respond: { member: "a" } }, "neither an answer nor a failure"],
    [{ respond: { member: "a", status: 200, failure: "silent" } }, "an answer and a failure"],
    [{ respond: { status: 200 } }, "no 'member'"],
  ] as const)("%j is refused: %s", (json, found) => {
    const reading = readScenario({ steps: [json] });
    expect(reading).toMatchObject({ ok: false, problems: [{ found }] });
  });

  it("a live load factor may be any that balancer-manager takes, also one that httpd truncates", () => {
    const set = { member: "a", loadfactor: 2.3 };
    expect(readScenario({ steps: [{ set }] })).toEqual({ ok: true, value: { steps: [{ set }] } });
  });
});
