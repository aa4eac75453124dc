import { load } from "js-yaml";
import { expect, it, test } from "vitest";
import { yamlOf } from "../../../core/shape/written.js";

test.each([
  ["a word of five million letters", "a".repeat(5_000_000)],
  ["blanks, quotes and backslashes", ' "\\'.repeat(100_000)],
  ["characters that do not print", "\u007f\u0085\u2028\ufeff\u0001".repeat(30_000)],
  ["letters beyond the first plane", "\u{1f980}\u{20000}".repeat(60_000)],
])("a text that is long reads back as it was: %s", (_name, text) => {
  expect(load(yamlOf({ list: [text, "short"], text, last: 1 }))).toEqual({ list: [text, "short"], text, last: 1 });
});

it("a short text that looks like what stands for a long one stays what it is", () => {
  const value = { a: "\0long 0\0", b: "\0long 7\0" };
  expect(load(yamlOf(value))).toEqual(value);
});

it("a text is written in the same way on both sides of the length from which it is quoted here", () => {
  expect(yamlOf({ a: `#${"b".repeat(99_998)}` })).toBe(`a: "#${"b".repeat(99_998)}"\n`);
  expect(yamlOf({ a: `#${"b".repeat(99_999)}` })).toBe(`a: "#${"b".repeat(99_999)}"\n`);
});
