import { describe, expect, test } from "vitest";
import { partText } from "../../../core/model/fraction.js";

describe("parts as people say them", () => {
  test.each([
    [5 / 6, "5/6 (83.3 %)"],
    [0.8333333333333334, "5/6 (83.3 %)"],
    [0.25, "1/4 (25.0 %)"],
    [1 / 99, "1/99 (1.0 %)"],
    [0.3636, "36.36 %"],
    [1 / 101, "0.99 %"],
    [1, "100 %"],
    [0, "0 %"],
  ])("%d is said as %s", (part, said) => {
    expect(partText(part)).toBe(said);
  });
});
