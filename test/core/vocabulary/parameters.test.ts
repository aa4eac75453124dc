import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BALANCER_PARAMETERS } from "../../../core/vocabulary/balancer.js";
import {
  checkParameter,
  parameterFromJson,
  parameterSchema,
  parameterToJson,
  printParameter,
  readParameter,
} from "../../../core/vocabulary/codec.js";
import { HEALTH_CHECK_PARAMETERS } from "../../../core/vocabulary/health-check.js";
import type { JsonValue } from "../../../core/vocabulary/json.js";
import type { ReadingContext } from "../../../core/vocabulary/reading.js";
import { LB_METHODS } from "../../../core/vocabulary/lbmethods.js";
import type { Parameter, ParameterTable } from "../../../core/vocabulary/parameter.js";
import { SERVER_SETTINGS } from "../../../core/vocabulary/settings.js";
import { WORKER_PARAMETERS } from "../../../core/vocabulary/worker.js";
import { valueOf } from "../../support/arbitraries.js";

const TABLES: Readonly<Record<string, ParameterTable>> = {
  worker: WORKER_PARAMETERS,
  balancer: BALANCER_PARAMETERS,
  settings: SERVER_SETTINGS,
};
const ENTRIES = Object.entries(TABLES).flatMap(([table, entries]) =>
  Object.entries(entries).map(([word, parameter]) => [table, word, parameter] as const),
);
const NAMES = ["quick", "slow"];
const CONTEXT: ReadingContext = {
  lbmethods: new Set(Object.keys(LB_METHODS)),
  healthCheckTemplates: new Set(NAMES),
  healthCheckExpressions: new Set(NAMES),
  ajp: false,
};

function values(parameter: Parameter) {
  const arbitrary = valueOf(parameter, NAMES);
  if (arbitrary === undefined) throw new Error("every entry has values");
  return arbitrary;
}

describe.each(ENTRIES)("%s parameter %s", (_table, _word, parameter) => {
  it("reads back what it prints", () => {
    fc.assert(
      fc.property(values(parameter), (value) => {
        expect(readParameter(parameter, printParameter(parameter, value), CONTEXT)).toEqual({ ok: true, value });
      }),
    );
  });

  it("accepts its own values, in check, schema and spec", () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(parameterSchema(parameter));
    fc.assert(
      fc.property(values(parameter), (value) => {
        expect(checkParameter(parameter, value)).toBeUndefined();
        const json = parameterToJson(parameter, value);
        expect(validate(json)).toBe(true);
        expect(parameterFromJson(parameter, json)).toEqual(value);
      }),
    );
  });

  it("refuses in the schema nothing that the check accepts", () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(parameterSchema(parameter));
    fc.assert(
      fc.property(anyJson(), (json) => {
        if (checkParameter(parameter, parameterFromJson(parameter, json)) === undefined) {
          expect(validate(json)).toBe(true);
        }
      }),
    );
  });

  it("has httpd accept what the check accepts", () => {
    fc.assert(
      fc.property(anyJson(), (json) => {
        const value = parameterFromJson(parameter, json);
        if (checkParameter(parameter, value) !== undefined || parameter.kind === "reference") return;
        const text = printParameter(parameter, value as never);
        expect(readParameter(parameter, text, CONTEXT)).toEqual({ ok: true, value });
      }),
    );
  });

  it("has a default that it accepts itself", () => {
    if (!("default" in parameter)) return;
    expect(checkParameter(parameter, parameter.default)).toBeUndefined();
  });
});

/** JSON values near what parameters take. */
function anyJson(): fc.Arbitrary<JsonValue> {
  const fraction = fc.double({ noNaN: true, min: -1, max: 101 }).map((value) => (value === 0 ? 0 : value));
  const number = fc.oneof(fc.integer({ min: -2, max: 700 }), fraction);
  const unit = fc.constantFrom("ms", "s", "min", "h", "", "m");
  return fc.oneof(
    number,
    fc.boolean(),
    fc.string({ maxLength: 70 }),
    fc.tuple(fc.integer({ min: 0, max: 4_000 }), unit).map((parts) => parts.join("")),
    fc.array(number, { maxLength: 3 }),
    fc.constantFrom<JsonValue>("On", "Off", "forever", "+H", "GET", "None", "auto", "2.5s", "0.5ms", {}, []),
  );
}

describe("the tables of parameters", () => {
  it.each([
    ["worker.ts", WORKER_PARAMETERS],
    ["balancer.ts", BALANCER_PARAMETERS],
    ["health-check.ts", HEALTH_CHECK_PARAMETERS],
    ["settings.ts", SERVER_SETTINGS],
  ] as const)("say in the comment of each entry of %s what its doc says", (file, table) => {
    const source = readFileSync(join(__dirname, "../../../core/vocabulary", file), "utf8");
    const comments = new Map(
      [...source.matchAll(/\/\*\* (.*?) \*\/\n {2}([a-z]+): \{/g)].map((match) => [match[2], match[1]]),
    );
    const shared: object = table === WORKER_PARAMETERS ? HEALTH_CHECK_PARAMETERS : {};
    for (const [word, { doc }] of Object.entries(table)) {
      if (!Object.hasOwn(shared, word)) expect(`${word}: ${comments.get(word) ?? ""}`).toBe(`${word}: ${doc}`);
    }
  });

  it("know every parameter of httpd 2.4.71", () => {
    const worker =
      "acquire addressttl connectiontimeout disablereuse enablereuse flusher flushpackets flushwait hcexpr hcfails " +
      "hcinterval hcmethod hcpasses hctemplate hcuri iobuffersize keepalive lbset loadfactor max min ping " +
      "receivebuffersize redirect responsefieldsize retry route secret smax status timeout ttl upgrade";
    const balancer =
      "failonstatus failontimeout forcerecovery growth lbmethod maxattempts nofailover nonce scolonpathdelim " +
      "stickysession stickysessionsep timeout";
    expect(Object.keys(WORKER_PARAMETERS).sort().join(" ")).toBe(worker);
    expect(Object.keys(BALANCER_PARAMETERS).sort().join(" ")).toBe(balancer);
  });
});
