import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(__dirname, "../..");

test("docs/model.md names every file of core/model, and none that is not there", () => {
  const page = readFileSync(join(ROOT, "docs/model.md"), "utf8");
  const table = page.slice(page.indexOf("| file"), page.indexOf("## How a member is chosen"));
  const named = [...table.matchAll(/`([a-z-]+)(\*?)\.ts`/g)].map(([, name = "", rest = ""]) => ({ name, rest }));
  const files = readdirSync(join(ROOT, "core/model")).filter((file) => file.endsWith(".ts"));
  const covers = ({ name, rest }: { name: string; rest: string }, file: string): boolean =>
    rest === "*" ? file.startsWith(name) : file === `${name}.ts`;
  expect(files.filter((file) => !named.some((one) => covers(one, file)))).toEqual([]);
  expect(named.filter((one) => !files.some((file) => covers(one, file)))).toEqual([]);
});
