import { describe, expect, test } from "vitest";
import { playAll } from "../../../../scripts/certificate/play.js";

/** Verdicts of older versions, recorded where they differ from 2.4.71's. */
const VERDICTS = playAll().filter(({ kind, version }) => kind === "verdict" && version !== "2.4.71");

describe("configtest of each version", () => {
  test.each(VERDICTS)("$name: says what was recorded", ({ comparison }) => {
    expect(comparison).toBe("equal");
  });

  test("is asked for what every recorded version says", () => {
    const versions = new Set(VERDICTS.map(({ version }) => version));
    expect([...versions].sort()).toEqual(["2.4.37", "2.4.52", "2.4.57", "2.4.58", "2.4.6", "2.4.62"]);
    expect(VERDICTS.length).toBeGreaterThanOrEqual(189);
  });
});
