import { expect, it } from "vitest";
import { exampleOf } from "../../../core/model/example-path.js";

it.each([
  "^/(.*)$",
  "^/app(/.*)?$",
  "^/re/([a-e])/(?:x|y)+\\.do$",
  "^/(?<name>[^/a]+)/[0-9]{3,}$",
  "(?i)^/(one|two)/\\w\\d-[\\d]$",
  "/deep$",
  "^/a\\.b/[]x]*?c$",
])("the example of %s is matched by it", (expression) => {
  expect(exampleOf(expression)).toMatch(new RegExp(expression.replace("(?i)", "").replace("[]x]", "[\\]x]"), "i"));
});
