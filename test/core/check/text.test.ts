import { expect, it } from "vitest";
import { checkPattern, checkText } from "../../../core/check/text.js";

const PLACE = { at: "/x", subject: "x" } as const;
const allowed = (value: unknown) => checkText(value, PLACE).map((problem) => problem.allowed);

it.each([
  ["", "text"],
  [undefined, "text"],
  [7, "text"],
  ["a\nb", "text without control characters"],
  ["a\u0000", "text without control characters"],
  ["a\u007f", "text without control characters"],
  ["${HOME}", "text without '${'"],
  ["a\ud800", "well-formed Unicode text"],
])("refuses %j, which no quoting helps: %s", (value, sentence) => {
  expect(allowed(value)).toEqual([sentence]);
});

it.each(["a", " ", "\u0080", "$ {", "$x", "é\u{1f600}", '"\\'])("takes %j", (value) => {
  expect(allowed(value)).toEqual([]);
});

it("asks for a pattern only of text that is safe", () => {
  const expected = { pattern: /^a+$/, allowed: "a's", fix: "write a" };
  expect(checkPattern("aa", PLACE, expected)).toEqual([]);
  expect(checkPattern("b", PLACE, expected)).toEqual([{ ...PLACE, found: "'b'", allowed: "a's", fix: "write a" }]);
  expect(checkPattern("a\n", PLACE, expected).map((problem) => problem.allowed)).toEqual([
    "text without control characters",
  ]);
});
