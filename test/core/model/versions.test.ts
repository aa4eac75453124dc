import { describe, expect, test } from "vitest";
import { playAll } from "../../../scripts/certificate/play.js";

describe("the model of each version", () => {
  const probes = playAll().filter(({ kind }) => kind !== "verdict");

  test.each(probes)("$kind $name on $version: as recorded, or not judged", ({ comparison }) => {
    expect(comparison).not.toBe("different");
  });

  test("all but a few are judged", () => {
    expect(probes.length).toBeGreaterThanOrEqual(15 + 189);
    expect(probes.filter(({ comparison }) => comparison === "not judged").length).toBeLessThanOrEqual(7);
  });
});
