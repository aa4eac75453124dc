import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UnusableError } from "../../cli/io.js";
import { nodeIo } from "../../cli/node-io.js";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "node-io-"));
  onTestFinished(() => {
    rmSync(path, { recursive: true });
  });
  return path;
}

describe("writing a file", () => {
  it("makes the folders it stands in, and takes the place of the file before", () => {
    const path = join(folder(), "a/b/httpd.conf");
    nodeIo.writeText(path, "one");
    nodeIo.writeText(path, "two");
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  it("ends with one sentence where a file is in the way of a folder", () => {
    const file = join(folder(), "out");
    writeFileSync(file, "");
    expect(() => {
      nodeIo.writeText(join(file, "deep/httpd.conf"), "x");
    }).toThrow(/httpd\.conf: cannot be written \((ENOTDIR|EEXIST)\); a file stands where a folder has to be/);
  });

  it.runIf(existsSync("/proc/self"))("ends where a folder can never be made, and makes none of the others", () => {
    expect(() => {
      nodeIo.writeText("/proc/none/out/httpd.conf", "x");
    }).toThrow(UnusableError);
  });
});
