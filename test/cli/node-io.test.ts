import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
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
    nodeIo.writeFiles([{ path: path, text: "one" }]);
    nodeIo.writeFiles([{ path: path, text: "two" }]);
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  it("never goes through a link that stands where a draft could, and leaves no draft", () => {
    const at = folder();
    const victim = join(at, "victim");
    writeFileSync(victim, "kept");
    for (const name of [".new", ".tmp", "~"]) symlinkSync(victim, join(at, `httpd.conf${name}`));
    nodeIo.writeFiles([{ path: join(at, "httpd.conf"), text: "one" }]);
    expect(readFileSync(victim, "utf8")).toBe("kept");
    expect(lstatSync(join(at, "httpd.conf")).isFile()).toBe(true);
    expect(readdirSync(at).length).toBe(5);
  });

  it("follows a link within its folder, and refuses one that leads out of it", () => {
    const [at, other] = [folder(), folder()];
    writeFileSync(join(at, "a.conf"), "one");
    symlinkSync("a.conf", join(at, "link"));
    nodeIo.writeFiles([{ path: join(at, "link"), text: "two" }]);
    expect(readFileSync(join(at, "a.conf"), "utf8")).toBe("two");
    writeFileSync(join(other, "out"), "kept");
    for (const target of [join(other, "out"), join(other, "nothing")]) {
      symlinkSync(target, join(at, "away"));
      const write = (): void => {
        nodeIo.writeFiles([{ path: join(at, "away"), text: "x" }]);
      };
      expect(write).toThrow(/away: is a link to .*, out of its folder; name the file itself/);
      unlinkSync(join(at, "away"));
    }
    expect(readFileSync(join(other, "out"), "utf8")).toBe("kept");
    symlinkSync(join(other, "out"), join(at, "away"));
    nodeIo.writeFiles([{ path: join(at, "away"), text: "asked for", within: other }]);
    expect(readFileSync(join(other, "out"), "utf8")).toBe("asked for");
  });

  it("keeps the mode of a file, and makes one with a secret its owner's alone", () => {
    const at = folder();
    const path = join(at, "a.conf");
    writeFileSync(path, "one");
    chmodSync(path, 0o640);
    nodeIo.writeFiles([
      { path, text: "two" },
      { path: join(at, "secret.conf"), text: "secret=x", secret: true },
      { path: join(at, "open.conf"), text: "x" },
    ]);
    const modeOf = (name: string): number => statSync(join(at, name)).mode & 0o777;
    writeFileSync(join(at, "usual.conf"), "x");
    expect([modeOf("a.conf"), modeOf("secret.conf"), modeOf("open.conf")]).toEqual([
      0o640,
      0o600,
      modeOf("usual.conf"),
    ]);
  });

  it("writes all or none: what changed meanwhile, or has a second name, keeps the others as they are", () => {
    const at = folder();
    const [one, two] = [join(at, "one"), join(at, "two")];
    writeFileSync(one, "1");
    writeFileSync(two, "2");
    const write = (before: string): void => {
      nodeIo.writeFiles([
        { path: one, text: "new" },
        { path: two, text: "new", before: new TextEncoder().encode(before) },
      ]);
    };
    expect(() => {
      write("what it was");
    }).toThrow(/two: was changed by somebody else meanwhile/);
    linkSync(two, join(at, "three"));
    expect(() => {
      write("2");
    }).toThrow(/two: has 2 names \(hard links\)/);
    expect([readFileSync(one, "utf8"), readFileSync(two, "utf8")]).toEqual(["1", "2"]);
    expect(readdirSync(at).sort()).toEqual(["one", "three", "two"]);
    unlinkSync(join(at, "three"));
    write("2");
    expect([readFileSync(one, "utf8"), readFileSync(two, "utf8")]).toEqual(["new", "new"]);
  });

  it("ends with one sentence where a file is in the way of a folder", () => {
    const file = join(folder(), "out");
    writeFileSync(file, "");
    expect(() => {
      nodeIo.writeFiles([{ path: join(file, "deep/httpd.conf"), text: "x" }]);
    }).toThrow(/httpd\.conf: cannot be written \((ENOTDIR|EEXIST)\); a file stands where a folder has to be/);
  });

  it.runIf(existsSync("/proc/self"))("ends where a folder can never be made, and makes none of the others", () => {
    expect(() => {
      nodeIo.writeFiles([{ path: "/proc/none/out/httpd.conf", text: "x" }]);
    }).toThrow(UnusableError);
  });
});
