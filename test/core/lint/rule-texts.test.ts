import { expect, it } from "vitest";
import { RULE_TEXTS } from "../../../core/lint/rule-texts.js";

it("why something is wrong is never the rule once more", () => {
  expect(RULE_TEXTS.filter(({ wanted, why }) => why === wanted || why === "").map(({ id }) => id)).toEqual([]);
});
