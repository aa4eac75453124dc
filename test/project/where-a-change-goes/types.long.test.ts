import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { Addition } from "./additions.js";
import { ADDITIONS } from "./additions.js";
import { overlay, ROOT } from "./overlay.js";

const ENTRIES = [
  "index.ts",
  "core/index.ts",
  "constructs/targets/index.ts",
  "matchers/index.ts",
  "cli/start.ts",
  "cli/main.ts",
];

/** Files below the sources in which the compiler finds an error, with other texts in the place of some. */
function wrongFiles(texts: ReadonlyMap<string, string>): readonly string[] {
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, "tsconfig.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  });
  const options: ts.CompilerOptions = { ...config?.options, noEmit: true, noUnusedLocals: false };
  const host = ts.createCompilerHost(options);
  const laid = (path: string): string | undefined => texts.get(path.slice(ROOT.length + 1));
  const changed: ts.CompilerHost = {
    ...host,
    readFile: (path) => laid(path) ?? host.readFile(path),
    fileExists: (path) => laid(path) !== undefined || host.fileExists(path),
    getSourceFile: (path, version) => {
      const text = laid(path) ?? host.readFile(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version);
    },
  };
  const program = ts.createProgram(
    ENTRIES.map((entry) => join(ROOT, entry)),
    options,
    changed,
  );
  const found = ts.getPreEmitDiagnostics(program).flatMap(({ file }) => file?.fileName.slice(ROOT.length + 1) ?? []);
  return [...new Set(found)].sort();
}

/** What is added, without what the compiler asks for then. */
const UNASKED = ADDITIONS.map((addition): Addition => ({ ...addition, asked: [] }));

describe("where a change goes, by the types", () => {
  it("nothing is wrong once each row is made, but that a promise asks for its proof and for what breaks it", () => {
    expect(wrongFiles(overlay(UNASKED))).toEqual(["core/promises/judge-promise.ts", "core/promises/promise-watch.ts"]);
  });
});
