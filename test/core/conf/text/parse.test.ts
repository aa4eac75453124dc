import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { argumentsOf } from "../../../../core/conf/text/arguments.js";
import { fromBytes, fromUnicode, toBytes, toUnicode } from "../../../../core/httpd/bytes.js";
import { locator } from "../../../../core/vocabulary/place.js";
import { parse } from "../../../../core/conf/text/parse.js";
import { print } from "../../../support/conf/print.js";
import type { Node } from "../../../../core/conf/text/tree.js";

const pieces = fc.constantFrom(
  ..."\n|\r\n|\\\n|\\\r\n|\\|\0|\t| |#|<|>|</|\"|'|Proxy|Location|<Proxy balancer://c>|</Proxy>|\n</Proxy>\n|x|\xff|\r".split(
    "|",
  ),
);
const anyConf = fc.array(pieces, { maxLength: 40 }).map((all) => all.join(""));

function shape(nodes: readonly Node[]): unknown[] {
  return nodes.map((node) =>
    node.kind === "section"
      ? [node.name, ...shape(node.children), node.close === undefined ? "open" : "closed"]
      : node.kind,
  );
}

describe("the lossless tree", () => {
  test("prints back every byte of every input", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyConf.map((text) => toBytes(text)),
          fc.uint8Array({ maxLength: 200 }),
        ),
        (bytes) => {
          const tree = parse(fromBytes(bytes));
          expect(toBytes(print(tree))).toEqual(bytes);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("gives every byte to exactly one line, in order", () => {
    fc.assert(
      fc.property(anyConf, (text) => {
        let at = 0;
        for (const line of parse(text).lines) {
          expect(line.start).toBe(at);
          expect(line.end).toBeGreaterThan(line.start);
          at = line.end;
        }
        expect(at).toBe(text.length);
      }),
    );
  });

  test("nests sections by their names in any case and keeps what does not fit", () => {
    const tree = parse("<Proxy a>\n x\n</Location>\n<IfModule b>\n</ifmodule>\n</PROXY>\n</Proxy>\n<Open\n# c\n\n");
    expect(shape(tree.nodes)).toEqual([
      ["Proxy", "directive", "stray", ["IfModule", "closed"], "closed"],
      "stray",
      ["Open", "comment", "blank", "open"],
    ]);
  });

  test("reports the last physical line of a joined line, as httpd does", () => {
    const [first, second] = parse("ProxyPass \\\n  / \\\r\n  http://h/\nb").lines;
    expect(first).toMatchObject({ line: 1, lastLine: 3, text: "ProxyPass   /   http://h/" });
    expect(second).toMatchObject({ line: 4, lastLine: 4, text: "b" });
  });

  test("tells where each word stands, in quotes and over joined lines", () => {
    const text = '  BalancerMember "http://h:1"loadfactor=5 \\\n\t\'route=a \\\' b\' c"d" "open\n';
    const tree = parse(text);
    const node = tree.nodes[0]!;
    const words = argumentsOf(text, node);
    expect(words.map((word) => word.text)).toEqual(["http://h:1", "loadfactor=5", "route=a ' b", 'c"d"', "open"]);
    expect(words.map((word) => text.slice(word.start, word.end))).toEqual([
      '"http://h:1"',
      "loadfactor=5",
      "'route=a \\' b'",
      'c"d"',
      '"open',
    ]);
  });

  test("leaves the closing bracket out of a section's words", () => {
    const text = "<Proxy balancer://c lbmethod=byrequests >\n</Proxy>";
    const tree = parse(text);
    expect(argumentsOf(text, tree.nodes[0]!).map((word) => word.text)).toEqual(["balancer://c", "lbmethod=byrequests"]);
  });
});

describe("places", () => {
  test("are counted from 1, in lines and bytes", () => {
    const place = locator("ab\ncd\n\ne");
    expect([0, 1, 2, 3, 6, 7].map(place)).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
    ]);
  });
});

describe("bytes", () => {
  test("survive as text, and ordinary text as its UTF-8 bytes", () => {
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(toBytes(fromBytes(all))).toEqual(all);
    expect(toUnicode(fromUnicode("Grüße ✓"))).toBe("Grüße ✓");
    expect(() => toBytes("✓")).toThrow("the character at offset 0 is not a byte");
  });
});
