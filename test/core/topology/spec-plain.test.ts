import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDocument, stringify } from "yaml";
import { parsePlainSpec } from "../../../core/topology/spec-plain.js";

/** What the whole YAML parser makes of a text; undefined when it refuses it. */
function wholeYaml(text: string): { readonly value: unknown } | undefined {
  const document = parseDocument(text, { prettyErrors: false, strict: true });
  return document.errors.length > 0 ? undefined : { value: document.toJS() as unknown };
}

/** Keys of mappings in order, depth first, as a mapping's own order is lost for keys that look like numbers. */
function agrees(text: string): boolean {
  const plain = parsePlainSpec(text);
  if (plain === undefined) return false;
  expect({ text, value: plain.value }).toEqual({ text, ...wholeYaml(text) });
  return true;
}

const WORDS = [
  ..."a b node1 http://h:80 10s true false null ~ 1 01 1.5 -1 +1 1e3 0x1f .5 .inf 1_000 yes no on Off 2.4.71".split(
    " ",
  ),
  "'a b'",
  '"x: y"',
  "'it''s'",
  '"a\\nb"',
  "a#b",
  "a #c",
  "a:b",
  "a: b",
  "a :b",
  "JSESSIONID|jsessionid",
  "!",
  "'!'",
  "*x",
  "&x",
  "- a",
  "|",
  ">",
  "?",
  "{}",
  "[]",
  "{ a: 1 }",
  "{a: 1}",
  "[a, b]",
  "[ 80, 81 ]",
  "{ a: { b: c } }",
  '{"a":1}',
  "{ a: b, }",
  "{ a }",
  "[a: b]",
  "%x",
  "@x",
  "`x",
  "unix:/s|http://h",
  "",
  " ",
  "é",
  "日本",
  "\t",
  "x\ty",
  "---",
  "...",
  "<<",
  "a\\b",
  "(b)",
  "$x",
  "^/x$",
  "/",
  "/:",
  "/: c",
  "-",
  "--",
  "-a",
  "=",
  "a,b",
  "a]",
  "a}",
  "a{",
  ",",
  ":",
  "::",
  ":a",
];

describe("the reader of plain specs", () => {
  it("reads what the YAML parser reads, or leaves the text to it", () => {
    const line = fc
      .tuple(
        fc.nat({ max: 3 }),
        fc.constantFrom("", "", "- "),
        fc.constantFrom("", "k: ", "k2: ", "k:", "'q': ", '"d": ', "1: "),
        fc.constantFrom(...WORDS),
      )
      .map(([depth, dash, key, word]) => `${"  ".repeat(depth)}${dash}${key}${word}`);
    const text = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join("\n"));
    let plain = 0;
    fc.assert(
      fc.property(text, (given) => {
        if (agrees(given)) plain++;
      }),
      { numRuns: 4_000 },
    );
    expect(plain).toBeGreaterThan(50);
  });

  it("reads every value written as YAML or JSON, or leaves it to the YAML parser", () => {
    const value = fc.dictionary(fc.constantFrom("a", "url", "x-y"), fc.jsonValue({ maxDepth: 2 }));
    let plain = 0;
    fc.assert(
      fc.property(value, fc.constantFrom("yaml", "json", "pretty"), (given, form) => {
        const text = form === "yaml" ? stringify(given) : JSON.stringify(given, undefined, form === "json" ? 0 : 2);
        if (agrees(text)) plain++;
      }),
      { numRuns: 1_000 },
    );
    expect(plain).toBeGreaterThan(50);
  });

  it("reads every example itself", () => {
    const folder = join(__dirname, "../../../examples");
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".yaml"))) {
      expect([name, agrees(readFileSync(join(folder, name), "utf8"))]).toEqual([name, true]);
    }
  });

  it.each([
    "a: 1\na: 2",
    '{"a": 1, "a": 2}',
    "a: &x 1\nb: *x",
    "a: |\n  text",
    "a:\n\tb: 1",
    "a: 'x # y'",
    "a: b\n  c",
    "a: b: c",
    "%YAML 1.2\n---\na: 1",
  ])("leaves %j to the YAML parser", (text) => {
    expect(parsePlainSpec(text)).toBeUndefined();
  });

  it("keeps the order of keys that look like numbers", () => {
    const plain = parsePlainSpec("'2': a\n'1': b\n");
    expect(plain?.order.get(plain.value as object)).toEqual(["2", "1"]);
  });
});
