import fc from "fast-check";
import { expect, it } from "vitest";
import { plainChange } from "../../../core/review/cluster-changes.js";

it.each([
  [[{ port: 80 }], [{ port: 8080 }, { address: "127.0.0.1", port: 81 }], "x: 80 → 8080, 127.0.0.1:81"],
  [["a", "b"], [], "x: a, b → none"],
  [{ count: 2, capacity: 60 }, { zones: ["a", "b"] }, "x: count 2, capacity 60 → zones [a, b]"],
  [1, 2, "x: 1 → 2"],
  [false, true, "x: false → true"],
])("%j becomes %j: a value is told as a person writes it", (before, after, told) => {
  expect(plainChange("x", before, after)).toEqual([told]);
});

it("no value is told as JSON", () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const leaf = fc.oneof(word, fc.nat(), fc.boolean());
  const value = fc.oneof(
    leaf,
    fc.array(leaf),
    fc.dictionary(word, leaf, { minKeys: 1 }),
    fc.array(fc.record({ port: fc.nat() })),
  );
  fc.assert(
    fc.property(value, value, (before, after) => {
      expect(plainChange("x", before, after).join()).not.toMatch(/[{}"]/);
    }),
  );
});
