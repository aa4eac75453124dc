import { describe, expect, test } from "vitest";
import { BUDGET } from "../../../../core/conf/run/budget.js";
import { configtest } from "../../../../core/conf/run/configtest.js";
import type { ConfError } from "../../../../core/conf/run/executed.js";
import type { ConfReader } from "../../../../core/conf/run/reader.js";

function refused(text: string, files: Readonly<Record<string, string>> = {}): ConfError | undefined {
  const reader: ConfReader = { readText: (path) => files[path], readFolder: () => undefined };
  return configtest({ path: "/c/httpd.conf", text, reader }).error;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);

describe("what a configuration may come to", () => {
  test.each([
    [
      "files that include the next one twice",
      "Include /c/0\n",
      Object.fromEntries(numbers(40).map((at) => [`/c/${at}`, at === 39 ? "" : `Include /c/${at + 1}\n`.repeat(2)])),
      `${BUDGET.sources} files and uses of macros`,
    ],
    [
      "macros that use the one before twice",
      `<Macro m0>\nListen 80\n</Macro>\n${numbers(40)
        .map((at) => `<Macro m${at + 1}>\nUse m${at}\nUse m${at}\n</Macro>\n`)
        .join("")}Use m40\n`,
      {},
      `${BUDGET.sources} files and uses of macros`,
    ],
    [
      "variables that hold four of the one before",
      `Define v0 x\n${numbers(40)
        .map((at) => `Define v${at + 1} ${`\${v${at}}`.repeat(4)}\n`)
        .join("")}Listen \${v40}\n`,
      {},
      "MB of text",
    ],
    ["lines without end", "#\n".repeat(BUDGET.lines + 1), {}, `${BUDGET.lines} lines`],
  ])("ends with one sentence for %s", (_what, text, files, limit) => {
    const error = refused(text, files);
    expect(error?.about).toBe("size");
    expect(error?.message).toContain(`comes to more than`);
    expect(error?.message).toContain(limit);
  });

  test("is as many files as the limit says, and not one more", () => {
    const text = (uses: number): string => `<Macro m>\nListen 80\n</Macro>\n${"Use m\n".repeat(uses)}`;
    expect(refused(text(BUDGET.sources - 1))?.about).not.toBe("size");
    expect(refused(text(BUDGET.sources))?.about).toBe("size");
  });
});
