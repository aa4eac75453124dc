import fc from "fast-check";
import { expect, test } from "vitest";
import { shown } from "../../../core/vocabulary/shown.js";

test.each([
  ["a b", "'a b'"],
  ["a\nb", '"a\\nb"'],
  [[1, "x"], '[1,"x"]'],
  [undefined, "nothing"],
  [12n, "12n"],
  [(): number => 1, "a function"],
])("a value of another kind: %#", (value, text) => {
  expect(shown(value)).toBe(text);
});

test("a value of 160 characters is shown whole, a longer one by its beginning", () => {
  expect(shown("x".repeat(158))).toBe(`'${"x".repeat(158)}'`);
  expect(shown("x".repeat(159))).toBe(`'${"x".repeat(59)}... (161 characters)`);
});

test("whatever is found, it takes one line of a bounded length", () => {
  fc.assert(
    fc.property(fc.anything(), fc.string({ maxLength: 4_000 }), (value, text) => {
      for (const one of [shown(text), shown([text]), shown(JSON.stringify(value))]) {
        expect(one.length).toBeLessThanOrEqual(160);
        expect(one).not.toContain("\n");
      }
    }),
  );
});
