import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { readText } from "../../../core/shape/text.js";
import { yamlOf } from "../../../core/shape/written.js";
import type { JsonValue } from "../../../core/vocabulary/json.js";

const SEED = 20_261_126;

/** What another reader of YAML 1.2 makes of a text; undefined when it refuses it. */
function otherReader(text: string): { readonly value: unknown } | undefined {
  const document = parseDocument(text, { prettyErrors: false, strict: true, logLevel: "silent" });
  return document.errors.length > 0 ? undefined : { value: document.toJS() as unknown };
}

function read(text: string): { readonly value: JsonValue } | undefined {
  const document = readText(text, "f.yaml", "the text");
  return document.ok ? { value: document.value } : undefined;
}

/** Every scalar of a value with its path, in the order of the value. */
function scalarsOf(
  value: JsonValue,
  path: readonly string[] = [],
): readonly (readonly [readonly string[], JsonValue])[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, part]) => scalarsOf(part, [...path, key]));
}

/** What of a text stands at a place. */
function textAt(text: string, { line, column }: { readonly line: number; readonly column: number }): string {
  return text
    .split("\n")
    .slice(line - 1)
    .join("\n")
    .slice(column - 1);
}

/** The text itself where it begins with a scalar, plain or quoted; texts of several lines are found at their key. */
function beginningWith(scalar: string, found: string): string | undefined {
  if (scalar.includes("\n") || found.startsWith(scalar)) return found;
  const quoted = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/s.exec(found)?.[0];
  return quoted !== undefined && otherReader(quoted)?.value === scalar ? found : undefined;
}

const WORDS = [
  ..."a b node1 http://h:80 10s true false null ~ 1 01 1.5 -1 +1 1e3 0x1f .5 .inf 1_000 yes no on Off 2.4.71".split(
    " ",
  ),
  ..."'a b'|\"x: y\"|'it''s'|\"a\\nb\"|a#b|a #c|a:b|!|'!'|- a|{}|[]|{ a: 1 }|{a: 1}|[a, b]|[ 80, 81 ]".split("|"),
  ...'{ a: { b: c } }|{"a":1}|{ a: b, }|unix:/s|é|日本|(b)|$x|^/x$|/|/:|/: c|--|-a|=|a,b|a]|a}|::|:a|---|...|<<'.split(
    "|",
  ),
  "",
  " ",
  "x\u00a0",
];

describe("reading YAML and JSON", () => {
  it("makes of a text what another reader of YAML 1.2 makes of it, where both take it", () => {
    const line = fc
      .tuple(
        fc.nat({ max: 3 }),
        fc.constantFrom("", "", "- "),
        fc.constantFrom("", "k: ", "k2: ", "k:", "'q': ", '"d": ', "1: "),
        fc.constantFrom(...WORDS),
      )
      .map(([depth, dash, key, word]) => `${"  ".repeat(depth)}${dash}${key}${word}`);
    const texts = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join("\n"));
    let both = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const [own, other] = [read(text), otherReader(text)];
        if (own === undefined || other === undefined) return;
        both++;
        expect({ text, ...own }).toEqual({ text, ...other });
      }),
      { numRuns: 800, seed: SEED },
    );
    expect(both).toBeGreaterThan(150);
  });

  it("finds every scalar where it is written, in YAML and in JSON", () => {
    const value = fc.dictionary(fc.constantFrom("a", "url", "x-y", "7", "3"), fc.jsonValue({ maxDepth: 3 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(value, fc.constantFrom("yaml", "flow", "json", "pretty"), (given, form) => {
        const json = given as JsonValue;
        const yaml = (): string => yamlOf(json, form === "flow" ? 1 : undefined);
        const text =
          form === "yaml" || form === "flow" ? yaml() : JSON.stringify(given, undefined, form === "json" ? 0 : 2);
        const document = readText(text, "f.yaml", "the text");
        if (!document.ok) throw new Error(document.problems[0].found);
        for (const [path, scalar] of scalarsOf(document.value)) {
          const found = textAt(text, document.locate(path));
          const key = path.at(-1) ?? "";
          if (scalar === null) expect(/^(null|["'])/.test(found) || found.startsWith(key)).toBe(true);
          else if (typeof scalar === "number") expect(Number(/^[-+.0-9eE]+/.exec(found)?.[0])).toBe(scalar);
          else if (typeof scalar === "boolean") expect(found.startsWith(String(scalar))).toBe(true);
          else if (typeof scalar === "string") expect([scalar, found]).toEqual([scalar, beginningWith(scalar, found)]);
        }
      }),
      { numRuns: 150, seed: SEED },
    );
  });

  it("reads every example of the project as another reader does", () => {
    const folder = join(__dirname, "../../../examples");
    const names = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      const text = readFileSync(join(folder, name), "utf8");
      expect([name, read(text)]).toEqual([name, otherReader(text)]);
    }
  });

  it("keeps the order of keys that look like numbers", () => {
    const document = readText("'2': a\n'1': b\nx: c\n'0': d\n", "f.yaml", "the text");
    expect(document.ok && document.keys(document.value as never)).toEqual(["2", "1", "x", "0"]);
  });

  it.each(["\u00a0", "\u3000", "\u2003", "\u200b"])("keeps %j at the end of a value", (blank) => {
    expect(read(`a: x${blank}\nb: [y${blank}, "z${blank}"]\n`)).toEqual({
      value: { a: `x${blank}`, b: [`y${blank}`, `z${blank}`] },
    });
  });

  it.each([
    ["lists", "[", "]"],
    ["mappings", "{a: ", "}"],
    ["lists of YAML", "- ", ""],
  ])("%s may be nested 100 deep, and deeper ones end in one sentence", (_, open, close) => {
    const nested = (depth: number): string => `${open.repeat(depth)}x${close.repeat(depth)}`;
    expect(read(nested(100))).toBeDefined();
    for (const depth of [101, 5_000]) {
      const document = readText(nested(depth), "f.yaml", "the text");
      expect(document).toMatchObject({ ok: false, problems: [{ subject: "the text", file: "f.yaml", line: 1 }] });
    }
  });

  it("uses a value again up to 1,000 times", () => {
    const text = (uses: number): string => `a: &x 1\nb: [${"*x, ".repeat(uses)}]\n`;
    expect(read(text(1_000))).toBeDefined();
    expect(read(text(1_001))).toBeUndefined();
  });

  it.each([
    ["a key twice", "a: 1\nb:\n  c: 1\n  c: 2\n", 4, "the key c a second time"],
    ["an alias without anchor", "a: 1\nb: [*x]\n", 2, "*x, but no &x above it"],
    ["a value that contains itself", "a: &x [*x]\n", 1, "aliases repeat the same text too often"],
    ["a second document", "a: 1\n---\nb: 2\n", 3, "a second document"],
    ["a list as a key", "? [a]\n: 1\n", 1, '["a"] as a key'],
    ["a tab for indentation", "a:\n\tb: 1\n", 2, "tab characters must not be used in indentation"],
  ])("refuses %s, at its place", (_, text, line, found) => {
    expect(readText(text, "f.yaml", "the text")).toMatchObject({ ok: false, problems: [{ line, found }] });
  });

  it("answers any text with a value or one problem that has a place", () => {
    const parts = fc.constantFrom(
      "a:",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "&a ",
      "*a",
      "\n",
      ": ",
      "1",
      '"',
      "'",
      "? ",
      "|",
      ">",
      "!",
      "!!str ",
      "%",
      "#",
      "\t",
      "\0",
      "\ud800",
      "---\n",
    );
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(parts).map((given) => given.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const document = readText(text, "f.yaml", "the text");
        if (document.ok) expect(document.locate(["a", "0"]).line).toBeGreaterThanOrEqual(1);
        else expect(document.problems.map(({ line, column }) => line >= 1 && column >= 1)).toEqual([true]);
      }),
      { numRuns: 600, seed: SEED },
    );
  });
});
