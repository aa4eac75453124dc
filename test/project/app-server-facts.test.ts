import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(__dirname, "../..");

/** One page a server, and one about what is in front of all of them. */
const PAGES = ["app-servers", "wildfly", "tomcat", "other-servers", "mod_jk"] as const;

/** A fact of a real server, and where it is held. */
interface HeldFact {
  readonly fact: string;
  readonly file: string;
  readonly title: string;
}

/** The rows of a page's tables of facts. */
function factsOf(page: string): readonly HeldFact[] {
  const rows = readFileSync(join(ROOT, `docs/${page}.md`), "utf8").matchAll(
    /^\| (.+?) +\| `(test\/\S+)` +\| (.+?) +\|$/gm,
  );
  return Array.from(rows, ([, fact = "", file = "", title = ""]) => ({ fact, file, title }));
}

describe.each(PAGES)("docs/%s.md", (page) => {
  const facts = factsOf(page);

  test("has a table of facts", () => {
    expect(facts.length).toBeGreaterThanOrEqual(3);
  });

  test.each(facts)("$fact: held by $file", ({ file, title }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(readFileSync(join(ROOT, file), "utf8")).toContain(title);
  });

  test("says of all that it relies on where it is held, or why it is not", () => {
    const text = readFileSync(join(ROOT, `docs/${page}.md`), "utf8");
    const [, rest] = text.split("Not covered by a test");
    for (const line of rest?.matchAll(/^- (.*)$/gm) ?? []) expect(line[1]).toMatch(/^\*\*.+\*\*/);
  });
});

test("the page of application servers leads to the page of each", () => {
  const text = readFileSync(join(ROOT, "docs/app-servers.md"), "utf8");
  for (const page of PAGES.slice(1)) expect(text).toContain(`(${page}.md)`);
});
