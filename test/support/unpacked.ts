import { describe } from "vitest";
import { unpackedPackages, unpackedWildFly } from "../../scripts/article/unpack.js";
import { describeReal, findComponent } from "./real.js";
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

/** Programs that bring WildFly from Maven Central. */
const FOR_WILDFLY = ["mvn", "unzip"] as const satisfies readonly Component[];

/**
 * A suite that needs WildFly, beside real programs. Where Maven Central does not bring it, it is skipped even if
 * `REQUIRE_REAL=1` says that nothing may be missing, and says so.
 */
export function describeWildFly(name: string, components: readonly Component[], body: (folder: string) => void): void {
  const wanted = [...components, ...FOR_WILDFLY];
  const folder = wanted.every((program) => findComponent(program) !== undefined) ? unpackedWildFly() : "";
  if (folder !== undefined) {
    describeReal(name, wanted, () => {
      body(folder);
    });
    return;
  }
  const skipped = `${name} [skipped: mvn does not bring WildFly from Maven Central]`;
  process.stderr.write(`NOT TESTED: ${skipped}\n`);
  describe.skip(skipped, () => {
    body("");
  });
}
