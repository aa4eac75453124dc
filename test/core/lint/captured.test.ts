import { describe, expect, it } from "vitest";
import { leavesSlashOut, takesListed, takesSlashFirst } from "../../../core/lint/captured.js";

describe("what a group of a pattern can take of a path", () => {
  it.each([
    ["^(/.*)$", 1, true],
    ["^/app(/.*)?$", 1, true],
    ["^/(a|b)(/.*)$", 2, true],
    ["^(.*)$", 1, true],
    ["^/x(?:a|b)(/[^)(]*)$", 1, true],
    ["^/x(?<rest>/.*)$", 1, true],
    ["^/app/(.*)$", 1, false],
    ["^/app(.*)$", 1, false],
    ["^/x(/a|b)$", 1, false],
    ["^(.*)$|^/y(.*)$", 1, false],
    [String.raw`^/\((/.*)$`, 1, true],
    ["^/[(]x(.*)$", 1, false],
    ["(.*)", 1, false],
    [String.raw`^\Q(\E(/.*)$`, 1, true],
    ["^(?#(x)(/.*)$", 1, true],
    ["^[]()](/.*)$", 1, true],
    ["^(?n)(x)(?'rest'/.*)$", 1, true],
    ["^(/.*$", 1, false],
    ["^/", 1, false],
  ])("begins with a slash: %s, group %i: %s", (pattern, group, expected) => {
    expect(takesSlashFirst(pattern, group)).toBe(expected);
  });

  it("is not known to begin with a slash at the beginning of what a section leaves of a path", () => {
    expect(takesSlashFirst("^(.*)$", 1, false)).toBe(false);
    expect(takesSlashFirst("^x(/.*)$", 1, false)).toBe(true);
  });

  it.each([
    ["^/(shop|wiki)/(.*)$", 1, true],
    ["^/(shop|wiki)/(.*)$", 2, false],
    ["^/([a-z]+)/$", 1, false],
    ["^/(a.b)/$", 1, false],
  ])("is one of some plain words: %s, group %i: %s", (pattern, group, expected) => {
    expect(takesListed(pattern, group)).toBe(expected);
  });

  it.each([
    ["^/(.*)$", 1, true],
    ["^/?(.*)$", 1, true],
    ["^/app/(a|b)$", 1, true],
    ["^/app(.*)$", 1, false],
    ["^(.*)$", 1, false],
    ["^/(/.*)$", 1, false],
  ])("leaves the slash in front of it out: %s, group %i: %s", (pattern, group, expected) => {
    expect(leavesSlashOut(pattern, group)).toBe(expected);
  });
});
