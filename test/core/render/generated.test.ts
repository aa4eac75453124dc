import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generatedFiles } from "../../../scripts/generate.js";

it.each(Object.entries(generatedFiles()))("%s is what `npm run gen` writes", (path, text) => {
  expect(readFileSync(join(__dirname, "../../..", path), "utf8") === text).toBe(true);
});
