import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalBackend, Testing } from "cdktf";
import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import { check, format } from "prettier";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { HttpdServer } from "../../../../constructs/httpd-server.js";
import { run } from "../../../../core/conf/run/run.js";
import { NO_FILES } from "../../../../core/conf/run/reader.js";
import { readConf } from "../../../../core/conf/read/read-conf.js";
import { runScenario } from "../../../../core/model/run.js";
import { adoptTopology } from "../../../../core/render/adopt.js";
import { fillText } from "../../../../core/render/files.js";
import { renderServer } from "../../../../core/render/render.js";
import { specYaml } from "../../../../core/spec/spec.js";
import { typescriptStack } from "../../../../core/render/typescript.js";
import type { Scenario, Step } from "../../../../core/scenario/scenario.js";
import { urlText } from "../../../../core/scenario/nodes.js";
import { readSpec } from "../../../../core/spec/read-spec.js";
import type { Server, Topology } from "../../../../core/topology/topology.js";
import { millis } from "../../../../core/vocabulary/duration.js";
import { problemText } from "../../../../core/vocabulary/problem.js";
import { IMPORTABLE, loadFixture } from "../../../support/conf-fixtures.js";

/** The topology of a fixture, through a spec. */
function throughSpec(name: string): Topology {
  const { topology, problems } = adoptTopology(loadFixture(name).topology);
  expect(problems.map(problemText)).toEqual([]);
  const reading = readSpec(specYaml(topology), "spec.yaml");
  if (!reading.ok) throw new Error(reading.problems.map(problemText).join("\n"));
  return reading.topology;
}

/** The topology of the httpd.conf that is rendered from a topology. */
function throughConf(topology: Topology): Topology {
  const [server] = topology.servers;
  if (server === undefined) throw new Error("no server");
  const [file] = renderServer(topology, server);
  const text = fillText(file?.text ?? "", ({ deferred }) => deferred);
  const { error, statements } = run({ path: "/etc/apache2/apache2.conf", text, reader: NO_FILES });
  if (error !== undefined) throw new Error(`${text}\n${error.line ?? ""}: ${error.message}`);
  return readConf(statements).topology;
}

/** Random steps about the members and paths of a topology, members by their URL. */
function scenarioOf({ clusters, servers }: Topology): fc.Arbitrary<Scenario> {
  const urls = [...new Set(clusters.flatMap(({ members }) => members.map(({ url }) => urlText(url))))];
  const routes = clusters.flatMap(({ members }) => members.flatMap(({ parameters }) => parameters.route ?? []));
  const mounts = servers.flatMap((server) => [server, ...server.virtualHosts].flatMap((scope) => scope.mounts));
  const paths = mounts.flatMap(({ path, match }) => {
    if (match === true) return [];
    return [path, `${path.replace(/\/$/, "")}/x`, `${path}x`, path.replace(/\/$/, "")].filter((text) => text !== "");
  });
  const fixed = ["/", "/private/open", "/new/1", "/old/2", "/12/3", "/nothing", "/handled"];
  const member = fc.constantFrom(...urls);
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .record({
          count: fc.integer({ min: 1, max: 7 }),
          path: fc.constantFrom(...fixed, ...paths),
          route: fc.constantFrom(undefined, "none", ...routes),
          name: fc.constantFrom("SID", "JSESSIONID", "A", "ROUTE"),
        })
        .map(({ route, name, ...request }) => ({
          request: { ...request, ...(route === undefined ? {} : { cookies: { [name]: `s.${route}` } }) },
        })),
    },
    member.map((url) => ({ stop: [url] })),
    member.map((url) => ({ start: [url] })),
    fc.integer({ min: 1, max: 20_000 }).map((time) => ({ wait: millis(time) })),
    fc.record({ member, status: fc.constantFrom(200, 500, 503) }).map((respond) => ({ respond })),
    fc.constant({ reload: "graceful" as const }),
  );
  return fc.array(step, { minLength: 3, maxLength: 14 }).map((steps) => ({ steps }));
}

/** Who answered, by URL in the spelling httpd compares, and with which status. */
function answers(topology: Topology, scenario: Scenario): readonly unknown[] {
  return runScenario(topology, scenario).picks.map(({ member, status, either }) => [member, status, either]);
}

/** A stack says in mounts, access and extra lines what the file had in front of its balancers, and loads what they need. */
function withoutFront(server: Server): unknown {
  return JSON.parse(
    JSON.stringify(server, (key, value: unknown) => (["front", "modules"].includes(key) ? undefined : value)),
  );
}

describe("import", () => {
  it.each(IMPORTABLE)(
    "of %s gives a spec, and that an httpd.conf, with the same answers to all that happens",
    (name) => {
      const before = loadFixture(name).topology;
      const spec = throughSpec(name);
      const conf = throughConf(spec);
      fc.assert(
        fc.property(scenarioOf(before), (scenario) => {
          const expected = answers(before, scenario);
          expect(answers(spec, scenario)).toEqual(expected);
          expect(answers(conf, scenario)).toEqual(expected);
        }),
        { numRuns: Number(process.env["SCENARIOS"] ?? 40) },
      );
    },
  );

  it.each(IMPORTABLE)("of %s gives a stack that describes what the spec describes", async (name) => {
    const { topology } = adoptTopology(loadFixture(name).topology);
    const described = await stackTopology(typescriptStack(topology, name));
    const sorted = ({ clusters, servers, ...rest }: Topology) => ({
      ...rest,
      servers: servers.map(withoutFront),
      clusters: clusters.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    });
    expect(sorted(described)).toEqual(sorted(topology));
  });

  it("of balancers that only rewrite rules lead to gives a stack that synthesizes beside a backend", async () => {
    const { topology } = adoptTopology(loadFixture("maintenance.conf").topology);
    const server = await stackServer(typescriptStack(topology, "maintenance.conf"));
    const stack = server.node.scope as TerraformStack;
    new LocalBackend(stack, { path: "x.tfstate" });
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });

  it("of all fixtures gives TypeScript that compiles under strict and that prettier leaves as it is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "import-"));
    const project = join(__dirname, "..", "..", "..", "..");
    try {
      const files: string[] = [];
      for (const [index, name] of IMPORTABLE.entries()) {
        const source = typescriptStack(adoptTopology(loadFixture(name).topology).topology, name);
        const pretty = { parser: "typescript", printWidth: 120 } as const;
        if (!(await check(source, pretty))) expect(source).toBe(await format(source, pretty));
        const file = join(folder, `stack${index}.ts`);
        writeFileSync(file, source);
        files.push(file);
      }
      mkdirSync(join(folder, "node_modules"));
      expect(complaints(files, project)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
});

/** What the only server of a generated stack describes. */
async function stackTopology(source: string): Promise<Topology> {
  return (await stackServer(source)).describe();
}

/** The only server of a generated stack. */
async function stackServer(source: string): Promise<HttpdServer> {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS },
  });
  const modules: Readonly<Record<string, unknown>> = {
    cdktf: await import("cdktf"),
    "cdktf-httpd-balancer": await import("../../../../index.js"),
  };
  const exports: { AdoptedStack?: typeof TerraformStack } = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the generated source is what is tested
  const run = new Function("require", "exports", outputText) as (load: (name: string) => unknown, to: object) => void;
  run((name) => modules[name], exports);
  if (exports.AdoptedStack === undefined) throw new Error("the source exports no AdoptedStack");
  const stack = new exports.AdoptedStack(Testing.app(), "adopted");
  const server = stack.node.findAll().find((construct) => construct instanceof HttpdServer);
  if (server === undefined) throw new Error("the stack has no server");
  return server;
}

/** What the compiler says to files that import this package by its name. */
function complaints(files: readonly string[], project: string): readonly string[] {
  const program = ts.createProgram([...files], {
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.Node20,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(project, "node_modules", "@types")],
    paths: {
      "cdktf-httpd-balancer": [join(project, "index.ts")],
      "*": [join(project, "node_modules", "*")],
    },
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
    const place = file?.getLineAndCharacterOfPosition(start ?? 0);
    return `${file?.fileName ?? ""}:${place?.line ?? ""} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
