import { describe, expect, it } from "vitest";
import { fromUnicode } from "../../../core/httpd/bytes.js";
import { compileRegex, compiles, matcherOf, partsOfPattern } from "../../../core/httpd/regex.js";

/** Pattern, what it matches, what it does not; held against PCRE2 10.42 by regex.real.test.ts. */
const MATCHES: readonly (readonly [pattern: string, hits: readonly string[], misses: readonly string[]])[] = [
  ["^/[[:alpha:]]+$", ["/abc"], ["/ab1", "/"]],
  ["^[[:^digit:]]$", ["a"], ["1"]],
  ["^\\h$", [" ", "\t", "\u00a0"], ["\n", "a"]],
  ["^.$", ["\n", "a"], [""]],
  ["a$", ["ba"], ["a\n"]],
  ["a\\Z", ["a\n"], ["a\n\n"]],
  ["(?m)^b$", ["a\nb\nc"], ["ab"]],
  ["(?m)^$", ["\n", ""], ["a\n"]],
  ["(?-s)^.$", ["a"], ["\n"]],
  ["(?i)^/APP", ["/app"], ["/ap"]],
  ["^(?i:A)b$", ["ab", "Ab"], ["aB"]],
  ["^\\Qa.b\\E+$", ["a.bb"], ["axb"]],
  ["^a++b$", ["aab"], ["b"]],
  ["^a++ab$", [], ["aaab"]],
  ["^(?>a|ab)c$", ["ac"], ["abc"]],
  ["(?x) ^ a # one\n b $", ["ab"], ["a b"]],
  ["^\\x41\\101\\x{41}$", ["AAA"], ["A"]],
  ["^[a-c-e]$", ["-", "e", "b"], ["d"]],
  ["^[]a]$", ["]", "a"], ["b"]],
  ["(?<=ab|c)d", ["abd", "cd"], ["bd"]],
  ["^(a)\\1$", ["aa"], ["a"]],
  ["^a{,2}$", ["a{,2}"], ["aa"]],
  ["(?U)^(a+)", ["aa"], ["b"]],
];

const REFUSED: readonly string[] = [
  ...["(", ")", "[a", "a**", "*a", "a{2,1}", "a{65536}", "\\", "\\c", "\\y", "\\x{100}", "\\400", "\\x{4g}"],
  ...["[z-a]", "[a-\\d]", "[\\d-z]", "[[:foo:]]", "[[.a.]]", "[:alpha:]", "[\\B]", "^*", "\\b+", "(?<=a+)"],
  ...["\\1", "(?1)", "\\k<n>", "(?<1a>b)", "(?q)", "(*NOPE)", "(?C256)", "(?=\\K)", "(?(1)a|b)", "(a)(?(1)a|b|c)"],
];

const UNKNOWN: readonly string[] = [
  ...["\\p{L}", "(?R)?", "(a)(?1)", "\\Ra", "a\\Kb", "(a)?\\1", "(?|(a)|(b))", "(a)(?(1)b|c)", "(*COMMIT)a"],
  ...["(?i)(a)\\1", "[[:<:]]a"],
];

describe("a regular expression of httpd", () => {
  it.each(MATCHES)("%s matches what PCRE says", (pattern, hits, misses) => {
    const matcher = matcherOf(pattern);
    expect(hits.filter((text) => matcher?.test(text) !== true)).toEqual([]);
    expect(misses.filter((text) => matcher?.test(text) !== false)).toEqual([]);
  });

  it.each(REFUSED)("is refused where PCRE does not compile it: %s", (pattern) => {
    expect(compileRegex(pattern)).toEqual({ kind: "refused" });
    expect(compiles(pattern)).toBe(false);
    expect(matcherOf(pattern)).toBeUndefined();
  });

  it.each(UNKNOWN)("is said to be unknown where JavaScript has nothing like it: %s", (pattern) => {
    expect(compileRegex(pattern)).toEqual({ kind: "unknown" });
    expect(compiles(pattern)).toBe(true);
    expect(matcherOf(pattern)).toBeUndefined();
  });

  it("tells what groups took, by number, and undefined for those that took nothing", () => {
    expect(matcherOf("^/(a)|/(?<word>b)(c)?")?.exec("/b")).toEqual(["/b", undefined, "b", undefined]);
  });

  it.each([
    [String.raw`^/(?<a>x)(y)(?'b'z)(?P<c>w)`, ["a", undefined, "b", "c"]],
    [String.raw`\((?<a>x)[(](y)(?:z)(?<=w)`, ["a", undefined]],
    [String.raw`[]](?<a>x)[^]](y)`, ["a", undefined]],
    [String.raw`(?x) (?<a>x) # (?<no>y)`, ["a"]],
    [String.raw`\Q(?<no>x)\E(?<a>y)`, ["a"]],
    ["/x", []],
  ])("tells the names of the groups of %s: %j", (pattern, names) => {
    expect(matcherOf(pattern)?.names).toEqual(names);
  });

  it("says when what groups hold may differ: PCRE keeps what an earlier round took", () => {
    expect(matcherOf("^(?:(a)|b)*$")?.exactGroups).toBe(false);
    expect(matcherOf("^(?:/([a-z]+))*$")?.exactGroups).toBe(true);
    expect(matcherOf("^(a?)*$")?.exactGroups).toBe(false);
  });

  it("is caseless for ASCII letters only, as PCRE's tables of the C locale are", () => {
    const matcher = matcherOf("^[\u00e9k]$", { caseless: true });
    expect(["K", "\u00e9", "\u00c9", "\u212a"].map((text) => matcher?.test(text))).toEqual([true, true, false, false]);
  });

  it("compares bytes: text of other letters is taken apart first", () => {
    expect(fromUnicode("/é")).toBe("/\u00c3\u00a9");
    expect(matcherOf(fromUnicode("^/é$"))?.test(fromUnicode("/é"))).toBe(true);
    expect(matcherOf("^/..$")?.test(fromUnicode("/é"))).toBe(true);
  });

  it("nests parentheses 250 deep and no deeper", () => {
    const nested = (depth: number) => `${"(".repeat(depth)}a${")".repeat(depth)}`;
    expect(compiles(nested(250))).toBe(true);
    expect(compiles(nested(251))).toBe(false);
  });

  it("repeats 65535 times and no more", () => {
    expect(compiles("a{65535}")).toBe(true);
    expect(compiles("a{65536}")).toBe(false);
    expect(compiles("a{0,65536}")).toBe(false);
  });

  it("takes a name of 32 letters for a group and no longer one", () => {
    expect(compiles(`(?<${"n".repeat(32)}>a)`)).toBe(true);
    expect(compiles(`(?<${"n".repeat(33)}>a)`)).toBe(false);
  });
});

describe("the parts of a pattern", () => {
  it.each([...MATCHES.map(([pattern]) => pattern), ...UNKNOWN])(
    "%s is made of its alternatives and groups",
    (pattern) => {
      const parts = partsOfPattern(pattern);
      expect(parts?.branches.join("|")).toBe(pattern);
      for (const { start, branches } of parts?.groups ?? []) {
        const [, inside = ""] = /^\((?:\?P?<\w+>)?(.*)$/s.exec(pattern.slice(start)) ?? [];
        expect(inside.startsWith(`${branches.join("|")})`)).toBe(true);
      }
    },
  );

  it.each([
    ["a", []],
    ["(a|b)((?<n>c)|)", ["a|b", "(?<n>c)|", "c"]],
    ["\\Q(\\E(a)[(](?:b)(?#(c)(?=(d))", ["a", "d"]],
    ["(?n)(a)(?<n>b)", ["b"]],
  ])("%s has groups of %j", (pattern, groups) => {
    expect(partsOfPattern(pattern)?.groups.map(({ branches }) => branches.join("|"))).toEqual(groups);
  });

  it("are not there where httpd refuses it", () => {
    expect(partsOfPattern("(a")).toBeUndefined();
  });
});
