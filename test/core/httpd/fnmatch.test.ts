import { expect, it } from "vitest";
import { isPattern, wildcards } from "../../../core/httpd/fnmatch.js";

it.each(["*", "a?", "[a]", "[]", "[!a]", "a[b]c", "\\a*", "[a\\]b]"])("'%s' is a pattern", (text) => {
  expect(isPattern(text)).toBe(true);
});

it.each(["", "a", "\\*", "a\\?", "[a", "a]", "]a[", "\\[a]", "[a\\]"])("'%s' is none", (text) => {
  expect(isPattern(text)).toBe(false);
});

it("keeps a slash out of what * and ? stand for in a path, and not in a text", () => {
  expect(wildcards("/a*c", "path")?.test("/a/c")).toBe(false);
  expect(wildcards("/a*c", "text")?.test("/a/c")).toBe(true);
  expect(wildcards("/a?c", "path")?.test("/abc")).toBe(true);
});
