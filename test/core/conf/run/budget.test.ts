import { describe, expect, it, test } from "vitest";
import { BUDGET } from "../../../../core/conf/run/budget.js";
import { testConf } from "../../../../core/conf/run/configtest.js";
import type { ConfError } from "../../../../core/conf/run/executed.js";
import type { ConfReader } from "../../../../core/conf/run/reader.js";

function refused(text: string, files: Readonly<Record<string, string>> = {}): ConfError | undefined {
  const reader: ConfReader = { readText: (path) => files[path], readFolder: () => undefined };
  return testConf({ path: "/c/httpd.conf", text, reader }).error;
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

describe("the longest line", () => {
  const LIMIT = 16 * 1024 * 1024;

  it("is one byte short of 16 MiB, as httpd's is; beyond it httpd's own sentence comes at once", () => {
    expect(refused(`#${"a".repeat(LIMIT - 2)}\nListen 80\n`)).toBeUndefined();
    const long = refused(`Listen 80\n#${"a".repeat(LIMIT - 1)}\nListen 80\n`);
    expect(long).toMatchObject({ message: "Error reading /c/httpd.conf at line 2: Line too long", line: 2 });
  });

  it("counts continued lines as one", () => {
    const piece = `${"a".repeat(1024)}\\\n`;
    expect(refused(`#${piece.repeat(LIMIT / 1024)}\nListen 80\n`)?.message).toMatch(/Line too long$/);
  });
});
