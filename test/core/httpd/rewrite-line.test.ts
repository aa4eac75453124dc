import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isProxyRule, rewriteFlags, rewriteLine } from "../../../core/httpd/rewrite-line.js";

describe("the arguments of a RewriteRule", () => {
  it.each([
    ["^/a http://b/", "^/a", "http://b/", undefined],
    ["  ^/a\t -  [F]  ", "^/a", "-", "[F]"],
    [String.raw`^/a\ b http://c/ [P]`, String.raw`^/a\ b`, "http://c/", "[P]"],
    [String.raw`^/a\\b - [F]`, String.raw`^/a\\b`, "-", "[F]"],
    [`"^/a b" 'to c' "[P, L]"`, "^/a b", "to c", "[P, L]"],
    ['"^/a"', "^/a", "", undefined],
    ['"^/a', undefined, undefined, undefined],
    ["^/a", undefined, undefined, undefined],
    ["", undefined, undefined, undefined],
    ["a b [L] more", "a", "b", "[L]"],
  ])("of %j are %j, %j and %j", (args, first, second, flags) => {
    expect(rewriteLine(args)).toEqual(first === undefined ? undefined : { first, second, flags });
  });

  it("are what stands between blanks, where neither quotes nor backslashes stand", () => {
    const word = fc.stringMatching(/^[a-z^$./[\]]{1,5}$/);
    fc.assert(
      fc.property(word, word, word, (first, second, flags) => {
        expect(rewriteLine(`${first} ${second}\t${flags}`)).toEqual({ first, second, flags });
      }),
      { seed: 1 },
    );
  });
});

describe("the flags of a RewriteRule", () => {
  it.each([
    ["[P]", [{ name: "P", value: "" }]],
    [
      "[ R = 301 , L]",
      [
        { name: "R ", value: " 301" },
        { name: "L", value: "" },
      ],
    ],
    [
      "[E=a:b=c,]",
      [
        { name: "E", value: "a:b=c" },
        { name: "", value: "" },
      ],
    ],
    ["[]", [{ name: "", value: "" }]],
    ["P", undefined],
    ["[P", undefined],
    ["P]", undefined],
  ])("%j are %j", (text, flags) => {
    expect(rewriteFlags(text)).toEqual(flags);
  });

  it.each([
    ["[P]", true],
    ["[L, proxy ]", true],
    ["[p,L]", true],
    ["[PT]", false],
    ["[E=P]", false],
    ["[L,R=P]", false],
    ["P", false],
    [undefined, false],
  ])("%j lead to a backend: %s", (flags, leads) => {
    expect(isProxyRule(flags)).toBe(leads);
  });
});
