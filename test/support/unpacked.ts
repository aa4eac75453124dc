import { describe } from "vitest";
import { unpackedPackages } from "../../scripts/article/unpack.js";
import { describeReal } from "./real.js";
import type { Component } from "./real.js";

/** A suite that needs Debian packages unpacked, beside real programs; skipped, or failing, as those of `describeReal`. */
export function describeUnpacked(
  name: string,
  packages: readonly string[],
  components: readonly Component[],
  body: (folder: string) => void,
): void {
  const folder = unpackedPackages(packages);
  if (folder === undefined && process.env["REQUIRE_REAL"] !== "1") {
    describe.skip(`${name} [skipped: Debian's ${packages.join(", ")} cannot be downloaded]`, () => {
      body("");
    });
    return;
  }
  if (folder === undefined) throw new Error(`Debian's ${packages.join(", ")} cannot be downloaded`);
  describeReal(name, components, () => {
    body(folder);
  });
}
