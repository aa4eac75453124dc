import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { buildTopology } from "../../core/topology/build.js";
import { checkText } from "../../core/check/text.js";
import type { Cluster, Fronts, HealthCheckTemplate, Member, Mount, Topology } from "../../core/topology/topology.js";
import { BALANCER_PARAMETERS } from "../../core/vocabulary/balancer.js";
import { checkParameter } from "../../core/vocabulary/codec.js";
import { HEALTH_CHECK_PARAMETERS } from "../../core/vocabulary/health-check.js";
import { LB_METHODS } from "../../core/vocabulary/lbmethods.js";
import type { Parameter, ParameterTable, ParameterValue } from "../../core/vocabulary/parameter.js";
import { SCHEMES } from "../../core/vocabulary/schemes.js";
import type { SchemeName } from "../../core/vocabulary/schemes.js";
import { SERVER_SETTINGS } from "../../core/vocabulary/settings.js";
import { STATUS_FLAGS } from "../../core/vocabulary/status.js";
import { WORKER_PARAMETERS } from "../../core/vocabulary/worker.js";

const INT32_MAX = 2_147_483_647;

/** Text httpd can be given: any alphabet, quotes, blanks, backslashes; nothing that is refused everywhere. */
export function safeText(maxBytes = 60): Arbitrary<string> {
  const unit = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...Array.from("abcXYZ019._-")) },
    { weight: 3, arbitrary: fc.constantFrom(...Array.from(" \"'\\#<>|=%{}$;,?&/:~*!()[]@+^`")) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }) },
  );
  return fc
    .array(unit, { minLength: 1, maxLength: maxBytes })
    .map((characters) => cutToBytes(characters.join(""), maxBytes))
    .filter((text) => checkText(text, { at: "", subject: "" }).length === 0);
}

function cutToBytes(text: string, most: number): string {
  let kept = "";
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > most) break;
    kept += character;
  }
  return kept;
}

/** Valid values of a parameter, from its entry in the table; `undefined` where the entry names something undefined. */
export function valueOf(parameter: Parameter, names: readonly string[] = []): Arbitrary<ParameterValue> | undefined {
  switch (parameter.kind) {
    case "integer": {
      const range = fc.integer({ min: parameter.min, max: parameter.max ?? INT32_MAX });
      const small = fc.integer({ min: parameter.min, max: Math.min(parameter.max ?? INT32_MAX, parameter.min + 5) });
      return parameter.orZero === true ? fc.oneof(fc.constant(0), small, range) : fc.oneof(small, range);
    }
    case "seconds":
      return fc
        .oneof(fc.integer({ min: parameter.min, max: 600 }), fc.integer({ min: parameter.min, max: INT32_MAX }))
        .map((seconds) => ({ milliseconds: seconds * 1_000 }));
    case "time":
      return fc.integer({ min: parameter.minMilliseconds, max: 600_000 }).map((milliseconds) => ({ milliseconds }));
    case "milliseconds":
      return fc.integer({ min: 0, max: parameter.max }).map((milliseconds) => ({ milliseconds }));
    case "lifetime":
      return fc.oneof(
        fc.constant("forever"),
        fc.integer({ min: 0, max: INT32_MAX }).map((seconds) => ({ milliseconds: seconds * 1_000 })),
      );
    case "factor":
      return fc
        .integer({ min: parameter.min * 100, max: parameter.max * 100 })
        .map((hundredths) => hundredths / 100)
        .filter((factor) => checkParameter(parameter, factor) === undefined);
    case "flag":
      return fc.boolean();
    case "choice":
      return fc.constantFrom(...parameter.values.filter((word) => word !== "CPING"));
    case "text":
      return safeText(Math.min(parameter.maxLength, 63));
    case "status":
      return statusText();
    case "codes":
      return fc.array(fc.integer({ min: parameter.min, max: parameter.max }), { minLength: 1, maxLength: 4 });
    case "separator":
      return fc.oneof(
        fc.constant("Off"),
        fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      );
    case "provider":
      return fc.constantFrom(...Object.keys(LB_METHODS));
    case "reference":
      return names.length === 0 ? undefined : fc.constantFrom(...names);
  }
}

/** Status texts such as `+H`, `-D`, `+H-N`. */
export function statusText(): Arbitrary<string> {
  const change = fc.tuple(fc.constantFrom("+", "-"), fc.constantFrom(...Object.keys(STATUS_FLAGS)));
  return fc
    .array(change, { minLength: 1, maxLength: 2 })
    .map((changes) => changes.map((pair) => pair.join("")).join(""));
}

/** Sparse valid values of a table; `names` are what its references may name. */
export function parametersOf(
  table: ParameterTable,
  names: Readonly<Record<string, readonly string[]>> = {},
): Arbitrary<Record<string, ParameterValue>> {
  const rows = Object.entries(table).flatMap(([word, parameter]) => {
    const value = valueOf(parameter, names[word]);
    return value === undefined ? [] : [[word, value] as const];
  });
  const all = Object.fromEntries(rows);
  return fc
    .subarray(Object.keys(all), { maxLength: Math.min(6, rows.length) })
    .chain((words) => fc.record(Object.fromEntries(words.map((word) => [word, all[word] ?? fc.constant(0)]))))
    .map((values) => ({ ...values }));
}

/** Names of health-check templates and expressions that members may use. */
export interface DefinedNames {
  readonly hctemplate: readonly string[];
  readonly hcexpr: readonly string[];
}

const NONE: DefinedNames = { hctemplate: [], hcexpr: [] };

/** Valid members with names, URLs and routes that are unique by their number. */
export function arbitraryMember(number: number, names: DefinedNames = NONE): Arbitrary<Member> {
  return fc
    .record({
      scheme: fc.constantFrom(...(Object.keys(SCHEMES) as SchemeName[])),
      path: fc.constantFrom("", "", "", "/", "/app", "/a%20b"),
      socket: fc.constantFrom("", "", "", "/run/app.sock"),
      parameters: parametersOf(WORKER_PARAMETERS, { ...names }),
      zone: fc.option(fc.constantFrom("east", "west"), { nil: undefined }),
      capacity: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined }),
    })
    .map(({ scheme, path, socket, parameters, zone, capacity }) => ({
      name: `node${number}`,
      url: `${socket === "" ? "" : `unix:${socket}|`}${scheme}://10.0.0.${number + 1}:${8_000 + number}${path}`,
      parameters: {
        ...parameters,
        ...(parameters["route"] === undefined ? {} : { route: `r${number}` }),
      },
      ...(zone === undefined ? {} : { zone }),
      ...(capacity === undefined ? {} : { capacity }),
    }));
}

/** Valid clusters; the first member is active. */
export function arbitraryCluster(name: string, names: DefinedNames = NONE): Arbitrary<Cluster> {
  return fc
    .tuple(
      fc
        .integer({ min: 1, max: 5 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, number) => arbitraryMember(number, names)))),
      parametersOf(BALANCER_PARAMETERS),
    )
    .map(([members, parameters]) => ({
      name,
      parameters,
      members: members.map((member, index) => {
        if (index > 0) return member;
        const kept = Object.entries(member.parameters).filter(([word]) => word !== "status");
        return { ...member, parameters: Object.fromEntries(kept) };
      }),
    }));
}

const TEMPLATE_PARAMETERS: ParameterTable = Object.fromEntries(
  Object.entries(HEALTH_CHECK_PARAMETERS).filter(([word]) => word !== "hctemplate"),
);

/** What a server may say of its fronts, nothing included. */
export function arbitraryFronts(): Arbitrary<Fronts | undefined> {
  const capacity = fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined });
  const places = fc.oneof(
    fc.constant({}),
    fc.record({ count: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ zones: fc.array(fc.constantFrom("east", "west", "north"), { minLength: 1, maxLength: 6 }) }),
  );
  const some = fc.record({ places, capacity }).map(({ places: own, capacity: measured }): Fronts => ({
    ...own,
    ...(measured === undefined ? {} : { capacity: measured }),
  }));
  return fc.option(
    some.filter((fronts) => Object.keys(fronts).length > 0),
    { nil: undefined },
  );
}

/** Valid topologies without files of their own (no certificates): one server that mounts every cluster. */
export function arbitraryTopology(): Arbitrary<Topology> {
  const names: DefinedNames = { hctemplate: ["quick", "slow"], hcexpr: ["ok234", "body"] };
  return fc
    .record({
      templates: fc.tuple(...names.hctemplate.map((name) => arbitraryTemplate(name, names.hcexpr))),
      clusters: fc
        .uniqueArray(fc.constantFrom("shop", "my.app", "c_3", "a-b"), { minLength: 1, maxLength: 3 })
        .chain((chosen) => fc.tuple(...chosen.map((name) => arbitraryCluster(name, names)))),
      settings: parametersOf(SERVER_SETTINGS),
      access: fc.constantFrom({ kind: "local" } as const, { kind: "denied" } as const),
      managed: fc.boolean(),
      excluded: fc.boolean(),
      inLocation: fc.boolean(),
      fronts: arbitraryFronts(),
    })
    .map(({ templates, clusters, settings, access, managed, excluded, inLocation, fronts }) =>
      buildTopology({
        healthCheckTemplates: templates,
        healthCheckExpressions: [
          { name: "ok234", expression: "%{REQUEST_STATUS} =~ /^[234]/" },
          { name: "body", expression: "hc('body') !~ /Under maintenance/" },
        ],
        clusters,
        servers: [
          {
            name: "web",
            listen: [{ port: 8_080 }],
            settings,
            mounts: [
              ...clusters.map((cluster, index): Mount => {
                const path = index === 0 ? "/" : `/app${index}`;
                return {
                  path,
                  to: { kind: "cluster", cluster: cluster.name, path },
                  ...(inLocation && index > 0 ? { inLocation } : {}),
                };
              }),
              ...(excluded ? [{ path: "/static", to: { kind: "exclude" } } as const] : []),
            ],
            ...(managed ? { manager: { access } } : {}),
            ...(fronts === undefined ? {} : { fronts }),
          },
        ],
      }),
    );
}

function arbitraryTemplate(name: string, expressions: readonly string[]): Arbitrary<HealthCheckTemplate> {
  return parametersOf(TEMPLATE_PARAMETERS, { hcexpr: expressions }).map((parameters) => ({ name, parameters }));
}
