import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Where a row is held: a file below `test`, and words of a title or row in it. */
export type HeldRow = readonly [row: string, file: string, held: string];

const ROOT = join(__dirname, "..");

/** Each row is held by a test that is there: a title that is gone fails. */
export function describeRows(rows: Readonly<Record<string, readonly HeldRow[]>>): void {
  describe.each(Object.entries(rows))("%s", (_, held) => {
    it.each(held)("%s is held in %s", (_row, file, words) => {
      expect(readFileSync(join(ROOT, `${file}.test.ts`), "utf8")).toContain(words);
    });
  });
}
