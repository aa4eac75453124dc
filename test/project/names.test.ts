import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = join(__dirname, "../..");
const FOLDERS = ["core", "constructs", "live", "cli", "stacks", "matchers"];

/** Every source file below the folders of the product, generated ones left out. */
const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.generated)\.ts$/.test(name))
    .map((name) => join(folder, name)),
);

/** What a file exports by a declaration of its own; names once, though functions have several signatures. */
function exportedBy(file: string): readonly string[] {
  const { statements } = ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.Latest);
  const names = statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const declared = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
    return declared.flatMap((one) => {
      const { name } = one as { readonly name?: ts.Node };
      return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
    });
  });
  return [...new Set(names)];
}

/** Files by what they export. */
function homes(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of FILES) {
    for (const name of exportedBy(file)) found.set(name, [...(found.get(name) ?? []), file]);
  }
  return found;
}

/** What a user writes in a program and what it becomes have one name: a construct or its factories, and its value. */
const CONSTRUCT_AND_VALUE = ["Access", "BackendTls", "ReplicationGroup"];
/** What each file of a folder exports for whoever loads one of them by its name. */
const SAME_FORM: Readonly<Record<string, RegExp>> = { command: /^cli\/commands\/[a-z-]+\.ts$/ };

describe("names", () => {
  it("no two exported things have one, but a construct and its value, and the commands, which are all alike", () => {
    const twice = [...homes()].filter(([name, files]) => {
      const form = SAME_FORM[name];
      return files.length > 1 && !(form !== undefined && files.every((file) => form.test(file)));
    });
    expect(twice.map(([name]) => name).sort()).toEqual(CONSTRUCT_AND_VALUE);
    for (const [, files] of twice) {
      expect(files.map((file) => file.split("/")[0]).sort()).toEqual(["constructs", "core"]);
    }
  });

  it("no folder stands beside a file of its name", () => {
    const folders = new Set(FILES.map((file) => dirname(file)));
    const beside = FILES.filter((file) => folders.has(join(dirname(file), basename(file, ".ts"))));
    expect(beside).toEqual([]);
  });

  it("no file is a drawer", () => {
    expect(FILES.filter((file) => /^(?:utils?|helpers?|common|misc|shared)\.ts$/.test(basename(file)))).toEqual([]);
  });
});
