import { expect, it } from "vitest";
import { isWithin } from "../../../core/vocabulary/versions.js";

it("a range holds its first release, and not the one it ends before", () => {
  const range = { since: "2.4.38", until: "2.4.57" } as const;
  expect((["2.4.37", "2.4.38", "2.4.56", "2.4.57"] as const).map((httpd) => isWithin(httpd, range))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

it("a range without a bound is open there", () => {
  expect(isWithin("2.4.0", { until: "2.4.1" })).toBe(true);
  expect(isWithin("2.6.0", { since: "2.4.1" })).toBe(true);
  expect(isWithin("2.2.0", {})).toBe(true);
});
