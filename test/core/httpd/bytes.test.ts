import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBytes, fromUnicode, toBytes, toUnicode } from "../../../core/httpd/bytes.js";

const SEED = { seed: 20261126 } as const;
const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe("the text of a file", () => {
  it("has one character a byte, also for the bytes that windows-1252 spends on quotes and the euro", () => {
    expect(Array.from(fromBytes(everyByte)).map((character) => character.codePointAt(0))).toEqual([...everyByte]);
  });

  it("gives back any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000 }), (bytes) => {
        expect(toBytes(fromBytes(bytes))).toEqual(bytes);
      }),
      SEED,
    );
  });

  it("is made and read as Node's Buffer does it", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.string({ unit: "grapheme-composite", maxLength: 8 }),
        (bytes, text) => {
          const file = Buffer.from(bytes).toString("latin1");
          expect(fromBytes(bytes)).toBe(file);
          expect(toUnicode(file)).toBe(Buffer.from(bytes).toString("utf8"));
          expect(fromUnicode(text)).toBe(Buffer.from(text, "utf8").toString("latin1"));
        },
      ),
      SEED,
    );
  });

  it("keeps a byte order mark, which httpd takes for part of the first word", () => {
    expect(toUnicode("\u00ef\u00bb\u00bfListen 80")).toBe("\ufeffListen 80");
  });

  it("names the character that is no byte", () => {
    expect(() => toBytes("a\u20ac")).toThrow(new RangeError("the character at offset 1 is not a byte"));
  });
});
