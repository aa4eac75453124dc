import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { lintConf } from "../../core/lint/lint-conf.js";
import { readScenario } from "../../core/scenario/read.js";
import type { JsonValue } from "../../core/vocabulary/json.js";
import { readSpec } from "../../core/spec/read-spec.js";
import { tour } from "../../stacks/tour.js";
import { describeReal } from "../support/real.js";
import { alone } from "../core/lint/examples.js";
import { compile, projectCopy, ROOT } from "../support/project-copy.js";

vi.setConfig({ testTimeout: 300_000 });

/** A fenced block of a document; the words after the three backquotes are its language and its file. */
interface Snippet {
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
  readonly line: number;
}

/** Those written for people; the API reports below docs/ are written by a program and hold declarations only. */
const GUIDES = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
const DOCUMENTS = ["README.md", "CONTRIBUTING.md", ...GUIDES.map((name) => `docs/${name}`)];

function snippetsOf(document: string): readonly Snippet[] {
  const text = readFileSync(join(ROOT, document), "utf8");
  return Array.from(text.matchAll(/^```([a-z]+)(?: (\S+))?\n([\s\S]*?)^```$/gm), (match) => ({
    language: match[1] ?? "",
    file: match[2],
    text: match[3] ?? "",
    line: text.slice(0, match.index).split("\n").length,
  }));
}

/** A copy of the project with the files of each document in a folder of its own. */
function withSnippets(): string {
  const folder = projectCopy();
  compile(folder);
  // A user has cdktf or its fork, never both.
  rmSync(join(folder, "node_modules/cdktn"));
  const { compilerOptions } = JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8")) as {
    readonly compilerOptions: Readonly<Record<string, unknown>>;
  };
  const paths = {
    "cdktf-httpd-balancer": ["./dist/index"],
    "cdktf-httpd-balancer/core": ["./dist/core/index"],
    "cdktf-httpd-balancer/targets": ["./dist/constructs/targets/index"],
    "cdktf-httpd-balancer/aws": ["./dist/constructs/targets/aws-target"],
    "cdktf-httpd-balancer/docker": ["./dist/constructs/targets/docker-target"],
    "cdktf-httpd-balancer/kubernetes": ["./dist/constructs/targets/kubernetes-target"],
    "cdktf-httpd-balancer/testing": ["./dist/constructs/testing/index"],
    "cdktf-httpd-balancer/matchers": ["./dist/matchers/index"],
  };
  const tsconfig = { compilerOptions: { ...compilerOptions, paths }, include: ["snippets"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  for (const document of DOCUMENTS) {
    mkdirSync(folderOf(folder, document), { recursive: true });
    for (const { file, text } of snippetsOf(document)) {
      if (file !== undefined) writeFileSync(join(folderOf(folder, document), file), text);
    }
  }
  return folder;
}

function folderOf(project: string, document: string): string {
  return join(project, "snippets", document.replaceAll("/", "-"));
}

/** Runs a TypeScript file; throws with its output when it fails. */
function run(project: string, document: string, file: string, words: readonly string[] = []): void {
  const loader = join(project, "node_modules/tsx/dist/loader.mjs");
  const cwd = folderOf(project, document);
  const run = spawnSync(process.execPath, ["--import", loader, file, ...words], { cwd, encoding: "utf8" });
  const said = `${run.stdout}${run.stderr}`.replace(/^/gm, "| ");
  expect(run.status, `${document}: ${file} ${words.join(" ")}\n${said}`).toBe(0);
}

/** Runs a test of a user's own; it finds the package by its name, as it would where that is installed. */
function runUsersTest(project: string, document: string, file: string): void {
  const cwd = folderOf(project, document);
  const vitest = join(project, "node_modules/vitest/vitest.mjs");
  const run = spawnSync(process.execPath, [vitest, "run", "--root", cwd, file], { cwd, encoding: "utf8" });
  expect(run.status, `${document}: ${file}\n${run.stdout}${run.stderr}`).toBe(0);
}

/** Executes one line of a shell snippet, or says what stands for it. */
function runLine(project: string, document: string, line: string): void {
  const words = line.split(" ");
  const [program, first, second] = words;
  if (program === "npx" && first === "httpd-balancer") {
    run(project, document, join(project, "dist/cli/main.js"), words.slice(2));
    return;
  }
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly scripts: object };
  if (line.startsWith("npm install ")) expect(words.slice(2)).toContain("cdktf-httpd-balancer");
  else if (program === "npm") expect(Object.keys(scripts)).toContain(first === "run" ? second : first);
  else if (line.startsWith("npx cdktf ")) expect(["synth", "diff", "deploy", "destroy"]).toContain(second);
  else expect.fail(`nothing runs the line '${line}' of ${document}`);
}

/** Lines that start a real httpd. */
const NEEDS_HTTPD = / (rehearse|check .*--replay) /;

function runLines(wanted: (line: string) => boolean): void {
  const project = withSnippets();
  for (const document of DOCUMENTS) {
    const scripts = snippetsOf(document).filter(({ language }) => language === "sh");
    const lines = scripts.flatMap(({ text }) => text.trim().split("\n")).filter(wanted);
    for (const line of lines) runLine(project, document, line);
  }
}

describeReal("snippets that start httpd", ["apache2"], () => {
  test("run", () => {
    runLines((line) => NEEDS_HTTPD.test(line));
  });
});

describe("snippets of the documents", () => {
  test("TypeScript compiles under strict, and runs", () => {
    const project = withSnippets();
    const words = ["node_modules/typescript/bin/tsc", "--noEmit", "--pretty", "false"];
    const { stdout } = spawnSync(process.execPath, words, { cwd: project, encoding: "utf8" });
    expect(stdout.split("\n").filter((line) => line.startsWith("snippets/"))).toEqual([]);
    for (const document of DOCUMENTS) {
      const programs = snippetsOf(document).filter(({ language }) => language === "ts");
      for (const { file, line } of programs) {
        if (file === undefined) throw new Error(`${document}:${line}: a TypeScript snippet needs a file name`);
        if (file.endsWith(".test.ts")) runUsersTest(project, document, file);
        else run(project, document, file);
      }
    }
  });

  test("shell lines run", () => {
    runLines((line) => !NEEDS_HTTPD.test(line));
  });

  test("YAML is a spec or a scenario without a problem", () => {
    for (const document of DOCUMENTS) {
      for (const { text, file = "" } of snippetsOf(document).filter(({ language }) => language === "yaml")) {
        const reading = /^steps:/m.test(text) ? readScenario(parse(text) as JsonValue) : readSpec(text, file);
        expect(reading).toMatchObject({ ok: true });
      }
    }
  });

  test("an accepted finding of an httpd.conf is accepted", () => {
    const accepting = DOCUMENTS.flatMap(snippetsOf).filter(({ text }) => /^# httpd-balancer: allow/m.test(text));
    for (const { text } of accepting) {
      expect(lintConf(alone(text)).suppressed.map(({ rule }) => rule)).toContain(/allow (\S+)/.exec(text)?.[1]);
    }
    expect(accepting).not.toEqual([]);
  });

  test("every language is one of those that are executed", () => {
    const languages = DOCUMENTS.flatMap((document) => snippetsOf(document).map(({ language }) => language));
    expect([...new Set(languages)].sort()).toEqual(["apacheconf", "mermaid", "sh", "text", "ts", "xml", "yaml"]);
  });

  test("the story of the README is what npm start shows", () => {
    const project = projectCopy();
    compile(project);
    execFileSync(process.execPath, ["dist/stacks/main.js"], { cwd: project, stdio: "pipe" });
    const shown = tour(project);
    const story = snippetsOf("README.md").find(({ language }) => language === "text");
    for (const line of story?.text.trim().split("\n") ?? [""]) expect(shown).toContain(line);
  });

  test("links lead to files", () => {
    for (const document of DOCUMENTS) {
      const text = readFileSync(join(ROOT, document), "utf8");
      const links = Array.from(text.matchAll(/\]\(([^)#:]+)\)/g), (match) => match[1] ?? "");
      for (const link of links) expect(existsSync(join(ROOT, document, "..", link)), `${document}: ${link}`).toBe(true);
    }
  });
});
