import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstIndex, locator } from "../../../core/vocabulary/place.js";

describe("the first index that something holds for", () => {
  it("is found among any number, also where it holds for none", () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(41), (count, from) => {
        expect(firstIndex(count, (index) => index >= from)).toBe(Math.min(count, from));
      }),
      { seed: 9 },
    );
    expect(firstIndex(-1, () => true)).toBe(0);
  });
});

describe("the place of an offset", () => {
  it("is its line and column, counted from 1", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "\n"), { maxLength: 30 }), (letters) => {
        const text = letters.join("");
        const placeOf = locator(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const before = text.slice(0, offset).split("\n");
          expect(placeOf(offset)).toEqual({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
        }
      }),
      { seed: 9 },
    );
  });
});
