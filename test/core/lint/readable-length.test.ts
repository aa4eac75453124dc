import fc from "fast-check";
import { expect, it } from "vitest";
import { toUnicode } from "../../../core/httpd/bytes.js";
import { readableLength } from "../../../core/lint/readable-length.js";
import { confText } from "../../../core/lint/source-text.js";

const LINES = fc.array(fc.constantFrom("a", " ", "\u00c3", "\u00a9", "\u00e2", "\u0082", "\u00ac", "\u00f0", "\u00ff"));

it("law: it is the length of what the first bytes are read as, wherever they end", () => {
  fc.assert(
    fc.property(LINES, (bytes) => {
      const line = bytes.join("");
      const lengthOf = readableLength(line, toUnicode);
      for (let offset = 0; offset <= line.length; offset++) {
        expect(lengthOf(offset)).toBe(toUnicode(line.slice(0, offset)).length);
      }
    }),
    { seed: 12, numRuns: 300 },
  );
});

it("a line is read once, however many places in it are asked for", () => {
  const line = "\u00c3\u00a9 x".repeat(1_000);
  let read = 0;
  const lengthOf = readableLength(line, (part) => {
    read += part.length;
    return toUnicode(part);
  });
  for (let offset = 2; offset < line.length; offset += 4) expect(lengthOf(offset)).toBe((offset - 2) * 0.75 + 1);
  expect(read).toBeLessThanOrEqual(line.length);
});

it("places are counted in characters, on lines that end in CRLF, too", () => {
  const text = confText("a\r\n# \u00c3\u00a9 word\r\n");
  const place = { file: "a.conf", line: 2, column: 6 };
  expect(text.stretch(place, undefined)).toEqual({ place: { ...place, column: 5 }, length: 4 });
  expect(text.stretch(place, 100).length).toBe(4);
  expect([text.line(1), text.line(2), text.line(3), text.line(4)]).toEqual(["a", "# \u00e9 word", "", undefined]);
});
