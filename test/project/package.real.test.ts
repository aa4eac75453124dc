import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { seconds } from "../../core/vocabulary/duration.js";
import { projectCopy, ROOT } from "../support/project-copy.js";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** The packed project, as npm would publish it. */
let tarball = "";
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "package-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A new folder into which packages were installed with npm as a user would. */
function installed(name: string, ...packages: readonly string[]): string {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name, private: true }));
  const words = ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages, tarball];
  const { status, stderr } = spawnSync("npm", words, { cwd: project, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return project;
}

/** The folder of what was packed. */
function extracted(): string {
  execFileSync("tar", ["-xzf", tarball], { cwd: folder });
  return join(folder, "package");
}

function node(project: string, ...words: readonly string[]) {
  return spawnSync(process.execPath, [...words], { cwd: project, encoding: "utf8" });
}

const SHOP = (from: string) => `
  const { App, TerraformStack } = require("${from}");
  const { BalancerCluster, HttpdServer, LocalTarget } = require("cdktf-httpd-balancer");
  const app = new App({ stackTraces: false });
  const stack = new TerraformStack(app, "shop");
  const cluster = new BalancerCluster(stack, "c").addMember("a", { url: "http://a:1" });
  new HttpdServer(stack, "web").mount("/", cluster).deployTo(LocalTarget.of({ directory: "run" }));
  app.synth();`;

/** A front of every cloud, of which no provider has a package. */
const CLOUDS = `
  const { App, TerraformStack } = require("cdktf");
  const { BalancerCluster, HttpdServer } = require("cdktf-httpd-balancer");
  const { AwsBucket, AwsNetwork, AwsTarget } = require("cdktf-httpd-balancer/aws");
  const { DockerTarget } = require("cdktf-httpd-balancer/docker");
  const { KubernetesTarget } = require("cdktf-httpd-balancer/kubernetes");
  const app = new App({ outdir: "clouds.out", stackTraces: false });
  const stack = new TerraformStack(app, "clouds");
  const zones = { "eu-central-1a": { publicSubnet: "10.0.101.0/24", privateSubnet: "10.0.1.0/24" } };
  const network = AwsNetwork.create({ cidr: "10.0.0.0/16", zones });
  const bucket = AwsBucket.create("acme-fronts");
  const aws = AwsTarget.of({ network, clients: ["0.0.0.0/0"], bucket, image: "ami-0123456789abcdef0" });
  for (const [name, target] of Object.entries({ aws, docker: DockerTarget.of(), kubernetes: KubernetesTarget.of() })) {
    const cluster = new BalancerCluster(stack, name + "-members").addMember("a", { url: "http://10.0.1.11:8080" });
    new HttpdServer(stack, name + "-front").mount("/", cluster).deployTo(target);
  }
  app.synth();`;

/** An entry imported as an ES module is the very same as required: no class is there twice. */
const SAME = (entry: string) => `
  import * as imported from "${entry}";
  import { createRequire } from "node:module";
  import { deepStrictEqual } from "node:assert";
  const required = createRequire(process.cwd() + "/x.js")("${entry}");
  const names = Object.keys(required).filter((name) => name !== "__esModule").sort();
  deepStrictEqual(Object.keys(imported).sort(), names);
  if (!names.every((name) => imported[name] === required[name])) throw new Error("two of one");`;

describe("the packed project", () => {
  test("holds what is exported, and neither stacks nor source maps", () => {
    const project = projectCopy();
    if (existsSync(join(ROOT, "dist"))) cpSync(join(ROOT, "dist"), join(project, "dist"), { recursive: true });
    execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: project, stdio: "pipe" });
    tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
    const names = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).split("\n");
    expect(names).toContain("package/dist/bundle/core.js");
    expect(names).toContain("package/schema/spec.schema.json");
    expect(names.filter((name) => /stacks|\.map$|tsbuildinfo|\.cache$/.test(name))).toEqual([]);
    expect(statSync(tarball).size).toBeLessThan(1_000_000);
  });

  test("is what publint asks of a package, without a suggestion", () => {
    const publint = join(ROOT, "node_modules/publint/src/cli.js");
    const { status, stdout } = node(folder, publint, "--strict", "--pack", "false", extracted());
    expect(status, stdout).toBe(0);
    expect(stdout).toContain("All good!");
  });

  test("has types for every way in which TypeScript resolves modules, of every entry", () => {
    const attw = join(ROOT, "node_modules/@arethetypeswrong/cli/dist/index.js");
    const { status, stdout } = node(folder, attw, "--format", "ascii", tarball);
    expect(status, stdout).toBe(0);
  });

  test("installs into an empty project beside cdktf and the newest constructs, and synthesizes", () => {
    const project = installed("plain", "cdktf@0.21.0", "constructs");
    expect(node(project, "-e", SHOP("cdktf"))).toMatchObject({ status: 0 });
    expect(readdirSync(join(project, "cdktf.out/stacks/shop/web"))).toEqual(["httpd.conf"]);
    const entries = [
      "",
      "/core",
      "/targets",
      "/aws",
      "/docker",
      "/kubernetes",
      "/testing",
      "/matchers",
      "/matchers/node-test",
    ].map((entry) => `cdktf-httpd-balancer${entry}`);
    for (const entry of entries) {
      expect(node(project, "--input-type=module", "-e", SAME(entry)), entry).toMatchObject({ status: 0, stderr: "" });
    }
    expect(node(project, "node_modules/cdktf-httpd-balancer/dist/cli/main.js", "--version").status).toBe(0);
  });

  test("has types that refuse a method or status that httpd has not", () => {
    const project = join(folder, "plain");
    const lines = [
      'import type { BalancerClusterProps, MemberOptions } from "cdktf-httpd-balancer";',
      'export const right: readonly [BalancerClusterProps, MemberOptions] = [{ lbmethod: "bytraffic" }, { status: "+H" }];',
      "// @ts-expect-error -- a slip",
      'export const method: BalancerClusterProps = { lbmethod: "bytrafic" };',
      "// @ts-expect-error -- no letter of httpd",
      'export const status: MemberOptions = { status: "+Q" };',
    ];
    writeFileSync(join(project, "words.ts"), lines.join("\n"));
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const compilerOptions = { noEmit: true, strict: true, skipLibCheck: true, types: [], module: "nodenext" };
    writeFileSync(join(project, "words.json"), JSON.stringify({ compilerOptions, files: ["words.ts"] }));
    expect(node(project, tsc, "-p", "words.json")).toMatchObject({ status: 0, stdout: "" });
  });

  test("synthesizes for every cloud without a package of any provider", () => {
    const project = join(folder, "plain");
    expect(node(project, "-e", CLOUDS)).toMatchObject({ status: 0, stderr: "" });
    const { terraform } = JSON.parse(readFileSync(join(project, "clouds.out/stacks/clouds/cdk.tf.json"), "utf8")) as {
      readonly terraform: { readonly required_providers: Readonly<Record<string, unknown>> };
    };
    expect(Object.keys(terraform.required_providers).sort()).toEqual(["aws", "docker", "kubernetes"]);
    expect(readdirSync(join(project, "node_modules")).filter((name) => name === "@cdktf")).toEqual([]);
  });

  test("has types that say in an editor what a word is, how it is written, its default and since when it is", () => {
    const file = join(folder, "plain/hover.ts");
    const text = `import type { BalancerClusterProps, MemberOptions } from "cdktf-httpd-balancer";
      export const member: MemberOptions = { retry: undefined!, hcinterval: undefined!, status: "+H" };
      export const cluster: BalancerClusterProps = { forcerecovery: false };`;
    writeFileSync(file, text);
    const settings = { module: ts.ModuleKind.NodeNext, strict: true, skipLibCheck: true, types: [] };
    const service = ts.createLanguageService({
      getCompilationSettings: () => settings,
      getScriptFileNames: () => [file],
      getScriptVersion: () => "1",
      getScriptSnapshot: (name) => ts.ScriptSnapshot.fromString(ts.sys.readFile(name) ?? ""),
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (path) => ts.sys.fileExists(path),
      readFile: (path) => ts.sys.readFile(path),
      directoryExists: (path) => ts.sys.directoryExists(path),
    });
    const shown = (word: string): string => {
      const info = service.getQuickInfoAtPosition(file, text.indexOf(`${word}:`));
      const tags = info?.tags?.map(({ name, text: said }) => `@${name} ${ts.displayPartsToString(said)}`) ?? [];
      return [ts.displayPartsToString(info?.documentation), ...tags].join("\n");
    };
    expect(shown("retry")).toContain("left alone before a request tries it again; whole seconds. A duration of whole");
    expect(shown("retry")).toContain("\n@default - 60 seconds");
    expect(shown("hcinterval")).toMatch(/`millis\(500\)`[^]*\n@default - [^]*\n@since httpd 2\.4\.21/);
    expect(shown("forcerecovery")).toMatch(/\n@default - On\n@since httpd 2\.4\.2$/);
    const completions = service.getCompletionsAtPosition(file, text.indexOf('"+H"') + 1, {})?.entries ?? [];
    expect(completions.map(({ name }) => name)).toEqual(expect.arrayContaining(["+H", "+R", "-D"]));
  });

  test("bundles for a browser as far as core goes", async () => {
    const project = join(folder, "plain");
    const { outputFiles } = await build({
      stdin: {
        contents: 'import { seconds } from "cdktf-httpd-balancer/core"; globalThis.ten = seconds(10);',
        resolveDir: project,
      },
      bundle: true,
      platform: "browser",
      write: false,
      logLevel: "error",
    });
    const browser: { ten?: unknown } = createContext({ TextEncoder, TextDecoder, URL });
    runInContext(outputFiles[0]?.text ?? "", browser);
    expect(browser.ten).toEqual(seconds(10));
  });

  test("registers its matchers with vitest and with Jest as ES modules", () => {
    const project = join(folder, "plain");
    const vitest = join(project, "node_modules/cdktf-httpd-balancer/dist/entries/matchers/vitest.mjs");
    expect(readFileSync(vitest, "utf8")).toContain('import { expect } from "vitest"');
  });

  test("takes the fork under its own name, with the constructs that it allows", () => {
    const project = installed("fork", "cdktn@0.24.0", "constructs@~10.7.0");
    expect(node(project, "-e", SHOP("cdktn"))).toMatchObject({ status: 0 });
    expect(readdirSync(join(project, "node_modules")).filter((name) => name === "cdktf")).toEqual([]);
  });

  test("says in one sentence that neither cdktf nor its fork is there, or that both are", () => {
    const neither = installed("neither", "constructs@~10.7.0");
    const load = ["-e", 'require("cdktf-httpd-balancer")'] as const;
    expect(node(neither, ...load).stderr).toContain(
      "cdktf-httpd-balancer: neither cdktf nor cdktn is installed; run `npm install cdktf constructs`",
    );
    expect(node(neither, "-e", 'require("cdktf-httpd-balancer/core")').status).toBe(0);
    const both = installed("both", "cdktf@0.21.0", "cdktn@0.24.0", "constructs@~10.7.0");
    expect(node(both, ...load).stderr).toContain(
      "cdktf-httpd-balancer: both cdktf and cdktn are installed, and their constructs do not mix; remove one of them",
    );
  });
});
