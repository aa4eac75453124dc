import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf } from "../../../core/report/excerpt.js";
import { harmless } from "../../../core/report/harmless.js";

describe("an excerpt", () => {
  it("shows the line behind its number, with carets below what is meant", () => {
    expect(excerptOf("\tbad word", { line: 2, column: 6 }, 4)).toEqual(["    2 |  bad word", "      |      ^^^^"]);
    expect(excerptOf("a", { line: 10, column: 1 }, 1)).toEqual(["    10 | a", "       | ^"]);
  });

  it("cuts a long line around what is meant", () => {
    const [line, carets] = excerptOf(`${"x".repeat(300)}bad${"x".repeat(300)}`, { line: 1, column: 301 }, 3);
    expect(line).toHaveLength("    1 | ".length + 160);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("bad");
  });

  it("shows no secret, and keeps the columns", () => {
    const [line, carets] = excerptOf("BalancerMember ajp://a secret=s3cr3t-1 rout=x", { line: 1, column: 40 }, 6);
    expect(line).not.toContain("s3cr3t-1");
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("rout=x");
  });

  it("is no workflow command and no sequence of a terminal, whatever the line holds", () => {
    const hostile = fc.constantFrom("::add-mask::a", "  ::error::x", "##[add-mask]a", "\u001b[2J", "\u0007", "\u202e");
    const line = fc.array(fc.oneof(hostile, fc.string({ maxLength: 5 })), { maxLength: 4 });
    fc.assert(
      fc.property(line, (parts) => {
        for (const shown of excerptOf(parts.join(""), { line: 3, column: 1 }, 1)) {
          expect(shown).not.toMatch(/^\s*::|##\[|[\p{Cc}\u202e]/u);
        }
      }),
      { seed: 20261126 },
    );
  });
});

describe("a line that steers nobody", () => {
  it("keeps its length and whatever is harmless", () => {
    expect(harmless("BalancerMember http://[::1]:80 # ::x")).toBe("BalancerMember http://[::1]:80 # ::x");
    for (const line of ["::add-mask::a", " ::x", "a ##[group]", "a\u001b[1mb"]) {
      expect(harmless(line)).toHaveLength(line.length);
      expect(harmless(line)).not.toBe(line);
    }
  });
});
