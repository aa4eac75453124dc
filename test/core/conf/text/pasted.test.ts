import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { fromUnicode } from "../../../../core/httpd/bytes.js";
import { lookAlike } from "../../../../core/conf/text/look-alikes.js";
import { offsetAsWritten, pastedIn, retyped } from "../../../../core/conf/text/pasted.js";

const plain = (line: string): string => retyped(fromUnicode(line));

describe("look-alikes in a line", () => {
  test.each([
    ["\u00a0\u00a0Order deny,allow", "  Order deny,allow"],
    ["BalancerMember\u3000http://h", "BalancerMember http://h"],
    ["Proxy\u200bPass / http://h/", "ProxyPass / http://h/"],
    ["\ufeff<Proxy balancer://c>", "<Proxy balancer://c>"],
    ["ProxyPass \u201c/\u201d http://h/", 'ProxyPass "/" http://h/'],
    ["ProxySet stickysession=\u2018A\u2019", "ProxySet stickysession='A'"],
    ["<Proxy balancer://my\u2013cluster>", "<Proxy balancer://my-cluster>"],
    ["ProxyPass \uff0f http\uff1a//h/", "ProxyPass / http://h/"],
    ["\u00a0# a comment \u2013 with a dash", " # a comment \u2013 with a dash"],
  ])("%j is meant as %j", (line, meant) => {
    expect(plain(line)).toBe(fromUnicode(meant));
  });

  test.each([
    "# \u201cquoted\u201d in a comment",
    'ErrorDocument 503 "Bitte warten \u2013 gleich\u00a0weiter"',
    "AuthName B\u00fcro\u2013West",
    "ServerAdmin j\u00f6rg@example.com",
  ])("%j is meant as it is", (line) => {
    expect(plain(line)).toBe(fromUnicode(line));
  });

  it("are seen in a file of Windows, whose bytes are no UTF-8", () => {
    expect(retyped("ProxyPass \u0093/\u0094 http://h/")).toBe('ProxyPass "/" http://h/');
  });

  it("are gone once they are retyped, and every offset of the plain line leads back to its character", () => {
    const characters = Array.from("a/:= \u00a0\u200b\u201c\u2013\uff0f\ufeff", (character) => fc.constant(character));
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(...characters), maxLength: 20 }), (text) => {
        const line = fromUnicode(text);
        const meant = retyped(line);
        expect(pastedIn(meant)).toEqual([]);
        for (let at = 0; at < meant.length; at++) {
          const from = offsetAsWritten(line, at);
          const pasted = pastedIn(line).find(({ start }) => start === from);
          expect(meant[at]).toBe(pasted === undefined ? line[from] : pasted.plain);
        }
      }),
    );
  });

  it("have a name, a number and one plain character or none", () => {
    expect(lookAlike("\u00a0")).toEqual({ name: "non-breaking space", code: "U+00A0", plain: " ", dash: false });
    for (let code = 0x80; code < 0x10000; code++) {
      const alike = lookAlike(String.fromCharCode(code));
      if (alike !== undefined) expect(alike.plain).toMatch(/^[\u0020-\u007e]?$/);
    }
    expect(lookAlike("a")).toBeUndefined();
  });
});
