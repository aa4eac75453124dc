import { expect, it } from "vitest";
import { commentText, quoteExpression, quoteWord } from "../../../core/httpd/quote.js";

it.each([
  ["http://a:80/x?y=1", "http://a:80/x?y=1"],
  ["", '""'],
  ["a b", '"a b"'],
  ['say "hi"', '"say \\"hi\\""'],
  ["a\\b", '"a\\\\b"'],
  ["#x", '"#x"'],
  ["<x>", '"<x>"'],
])("%j is written as %s", (text, word) => {
  expect(quoteWord(text)).toBe(word);
});

it("a word with a hole is quoted, as what will stand there is not known", () => {
  const hole = { deferred: "x" };
  expect(quoteWord(["http://", hole, '/"'])).toEqual(['"', "http://", hole, '/\\"', '"']);
  expect(quoteWord<typeof hole>(["a", "b"])).toBe("ab");
});

it("an expression stands in braces where its own are in pairs", () => {
  expect(quoteExpression("hc('body') =~ /a{2}/")).toBe("{hc('body') =~ /a{2}/}");
  expect(quoteExpression("a } b {")).toBe('"a } b {"');
  expect(quoteExpression("a \\ b")).toBe('"a \\\\ b"');
});

it("a comment never takes the next line", () => {
  expect(commentText("a \\ ")).toBe("# a");
});
