import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { readText } from "../../../core/shape/text.js";
import { jsonOf, yamlOf } from "../../../core/shape/written.js";
import { judgeSpec } from "../../../core/spec/judge.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import { SPEC, specYaml } from "../../../core/spec/spec.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { Access, Mount, MountTarget, ServerScope, Topology } from "../../../core/topology/topology.js";
import { LAYOUTS } from "../../../core/vocabulary/layouts.js";
import type { LayoutName } from "../../../core/vocabulary/layouts.js";
import { pointerStep, pointerSteps } from "../../../core/vocabulary/problem.js";
import type { Pointer } from "../../../core/vocabulary/problem.js";
import { SERVER_SETTINGS } from "../../../core/vocabulary/settings.js";
import { WORKER_PARAMETERS } from "../../../core/vocabulary/worker.js";
import { arbitraryTopology, parametersOf, safeText } from "../../support/arbitraries.js";

const SEED = 20_261_126;

/** Names as people give them, and such as YAML and JavaScript take for something else. */
const name = fc.oneof(
  fc.constantFrom("a", "node1", "7", "3", "null", "true", "x y", "__proto__", "1.5", "~", "é", "- a", "a: b", "#", "!"),
  safeText(12),
);
const text = safeText(20);
const some = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const texts = fc.array(text, { maxLength: 3 });
const record = <T extends object>(keys: { readonly [K in keyof T]: Arbitrary<T[K] | undefined> }): Arbitrary<T> =>
  fc.record<T>(keys as never);

const access: Arbitrary<Access> = fc.oneof(
  fc.constantFrom({ kind: "local" } as const, { kind: "denied" } as const),
  text.map((reason) => ({ kind: "all" as const, reason })),
  texts.map((addresses) => ({ kind: "addresses" as const, addresses })),
);
const target: Arbitrary<MountTarget> = fc.oneof(
  fc.constant({ kind: "exclude" } as const),
  fc.record({
    kind: fc.constant("cluster" as const),
    cluster: fc.constantFrom("shop", "c_3", "my.app"),
    path: fc.constantFrom("", "/", "/app", "/other", "$1"),
  }),
  fc.record({
    kind: fc.constant("url" as const),
    url: fc.constantFrom("http://h:1/x", "unix:/s|http://h/x", "ajp://h"),
    parameters: parametersOf(WORKER_PARAMETERS),
  }),
);
const cookies = fc.uniqueArray(fc.record({ internal: name, public: text }), {
  maxLength: 2,
  selector: (one) => one.internal,
});
const mount: Arbitrary<Mount> = record<Mount>({
  path: fc.constantFrom("/", "/app", "/7", "7", "^/x(.*)$", "/é"),
  to: target,
  match: some(fc.boolean()),
  inLocation: some(fc.boolean()),
  via: some(fc.constantFrom("rewrite" as const, "handler" as const)),
  keywords: some(fc.array(fc.constantFrom("nocanon" as const, "interpolate" as const), { maxLength: 2 })),
  reverse: some(fc.array(fc.record({ path: text, url: text }), { maxLength: 2 })),
  cookieDomains: some(cookies),
  cookiePaths: some(cookies),
  access: some(access),
});
const protocols = some(texts);
const scope = {
  serverName: some(text),
  serverAliases: some(texts),
  mounts: fc.uniqueArray(mount, { maxLength: 3, selector: ({ path }) => path }),
  mountOrder: some(fc.constant("given" as const)),
  settings: parametersOf(SERVER_SETTINGS),
  tls: some(
    fc
      .record({ certificateFile: text, certificateKeyFile: text })
      .chain((files) => fc.record({ ...constants(files), chainFile: some(text), protocols })),
  ),
  backendTls: some(
    fc.record({
      verify: fc.oneof(
        fc.constant({ kind: "required" as const }),
        text.map((reason) => ({ kind: "off" as const, reason })),
      ),
      caFile: some(text),
      clientCertificateFile: some(text),
      protocols,
    }),
  ),
  manager: some(fc.record({ path: some(text), access })),
  extra: some(texts),
} as { readonly [K in keyof ServerScope]: Arbitrary<ServerScope[K] | undefined> };

function constants<T extends object>(values: T): { readonly [K in keyof T]: Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)])) as never;
}

const acknowledged = some(
  fc.uniqueArray(fc.record({ id: name, reason: text }), { maxLength: 2, selector: ({ id }) => id }),
);
const named = <T extends { readonly name: string }>(item: Arbitrary<T>): Arbitrary<T[]> =>
  fc.uniqueArray(item, { maxLength: 2, selector: (one) => one.name });
const host = record<Topology["servers"][number]["virtualHosts"][number]>({ name, addresses: texts, ...scope });
const server = record<Topology["servers"][number]>({
  name,
  layout: fc.constantFrom(...(Object.keys(LAYOUTS) as LayoutName[])),
  listen: fc.array(
    fc.record({
      address: some(fc.constantFrom("127.0.0.1", "[::1]", "*")) as Arbitrary<string>,
      port: fc.integer({ min: 0, max: 99_999 }),
    }),
    { maxLength: 2 },
  ),
  virtualHosts: named(host),
  acknowledged,
  ...scope,
});

/** What a cluster can say beside parameters and members. */
const clusterKeys = fc.record({
  scope: some(text),
  routeCookie: some(fc.record({ name: text, path: some(text), secure: some(fc.boolean()) })),
  promises: some(
    fc.array(fc.record({ id: name, parameters: some(fc.dictionary(name, fc.jsonValue({ maxDepth: 1 }))) }), {
      maxLength: 2,
    }),
  ),
  acknowledged,
  extra: some(texts),
});

/** Topologies that use every key of a spec; many of them no httpd would run. */
const topology: Arbitrary<Topology> = fc
  .record({
    base: arbitraryTopology(),
    httpd: fc.constantFrom("2.4.71", "2.4.57"),
    servers: named(server),
    names: fc.uniqueArray(name, { minLength: 15, maxLength: 15 }),
    keys: fc.array(clusterKeys, { minLength: 3, maxLength: 3 }),
    status: fc.constantFrom("+H", "H", "+h", "+R-H", "+HR", "+N", "-D", "+D", "+S", undefined),
    group: some(text),
  })
  .map(({ base, httpd, servers, names, keys, status, group }) =>
    buildTopology({
      ...base,
      httpd,
      servers: [...base.servers, ...servers],
      clusters: base.clusters.map((cluster, index) => ({
        ...cluster,
        ...keys[index],
        ...(cluster.parameters.stickysession === undefined ? { routeCookie: undefined } : {}),
        members: cluster.members.map((member, number) => ({
          ...member,
          name: names[index * 5 + number] ?? member.name,
          replicationGroup: group,
          parameters: { ...member.parameters, status: number === 0 ? undefined : status },
        })),
      })) as never,
    }),
  );

/** Every pointer into a value, with what it leads to. */
function pointersInto(value: unknown, at: Pointer = ""): readonly (readonly [Pointer, unknown])[] {
  if (typeof value !== "object" || value === null) return [[at, value]];
  return [
    [at, value],
    ...Object.entries(value).flatMap(([key, part]) => pointersInto(part, `${at}${pointerStep(key)}`)),
  ];
}

describe("the writer of specs", () => {
  it("writes what reads back as the same topology, in the same order, whatever the names are", () => {
    fc.assert(
      fc.property(topology, (given) => {
        const document = readText(specYaml(given), "spec.yaml", "the spec");
        if (!document.ok) throw new Error(`${document.problems[0].found}\n${specYaml(given)}`);
        expect(judgeSpec(document.value)).toEqual([]);
        const read = buildTopology(SPEC.read(document.value, document.keys));
        expect(read).toEqual(given);
        expect(JSON.stringify(read.clusters.map(({ members }) => members.map((member) => member.name)))).toBe(
          JSON.stringify(given.clusters.map(({ members }) => members.map((member) => member.name))),
        );
      }),
      { numRuns: 40, seed: SEED },
    );
  });

  it("writes JSON that the schema takes", () => {
    fc.assert(
      fc.property(topology, (given) => {
        expect(judgeSpec(jsonOf(SPEC.write(given) ?? {}))).toEqual([]);
      }),
      { numRuns: 20, seed: SEED },
    );
  });

  it("writes what the reader takes, where the topology is sound", () => {
    fc.assert(
      fc.property(arbitraryTopology(), (given) => {
        const reading = readSpec(specYaml(given), "spec.yaml");
        expect(reading.ok ? reading.topology : reading.problems).toEqual(given);
      }),
      { numRuns: 20, seed: SEED },
    );
  });

  it("cannot say what is known only at apply", () => {
    const url = ["http://", { deferred: "aws_instance.a.private_ip" }];
    const given = buildTopology({ clusters: [{ name: "c", members: [{ name: "n", url }] }] });
    expect(() => specYaml(given)).toThrow("'aws_instance.a.private_ip' is known only at apply");
  });
});

describe("the locator of specs", () => {
  it("leads from every part of a topology to what is written of it", () => {
    fc.assert(
      fc.property(topology, (given) => {
        const written = jsonOf(SPEC.write(given) ?? {});
        const scalars = pointersInto(given).filter(
          ([at, value]) => at !== "/httpd" && (typeof value === "string" || typeof value === "number"),
        );
        for (const [at, value] of scalars) {
          const path = SPEC.path?.(pointerSteps(at), given, written) ?? [];
          const reached = path.reduce<unknown>(
            (json, step) => (json as Readonly<Record<string, unknown>> | undefined)?.[step],
            written,
          );
          expect([at, path, value, path.length > 0 && reached !== undefined]).toEqual([at, path, value, true]);
        }
      }),
      { numRuns: 20, seed: SEED },
    );
  });
});

describe("the judge of specs", () => {
  it("answers any JSON with problems that have a place and four answers, or with nothing", () => {
    const keys = fc.constantFrom(
      "clusters",
      "servers",
      "c",
      "members",
      "n",
      "url",
      "mounts",
      "/",
      "to",
      "listen",
      "access",
      "all",
      "retry",
      "promises",
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom<unknown>(1, "x", true, null, [], {}, "http://h", [1], ["x"], "10s", -1, "!"),
        fc.dictionary(keys, tie("tree"), { maxKeys: 3 }),
        fc.array(tie("tree"), { maxLength: 2 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const reading = readSpec(yamlOf(value as never), "spec.yaml");
        if (reading.ok) return;
        expect(reading.problems.length).toBeGreaterThan(0);
        for (const { subject, found, allowed, fix, line } of reading.problems) {
          expect([subject, found, allowed, fix].filter((answer) => answer === "")).toEqual([]);
          expect(line).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});
