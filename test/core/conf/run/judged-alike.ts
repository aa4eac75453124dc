import { afterAll, beforeAll, expect, it } from "vitest";
import { component, describeReal } from "../../../support/real.js";
import { Oracle, ourVerdict } from "./configtest.oracle.js";

/** Holds our verdict of each fragment to that of the real httpd: whether it is taken, line and sentence. */
export function judgedAlike(what: string, fragments: readonly string[]): void {
  describeReal(what, ["apache2"], () => {
    let oracle: Oracle;
    beforeAll(() => {
      oracle = new Oracle(component("apache2"));
    });
    afterAll(() => {
      oracle.close();
    });

    it.each(fragments)("%s", { timeout: 60_000 }, async (fragment) => {
      expect(ourVerdict(fragment)).toEqual(await oracle.verdict(fragment));
    });
  });
}
