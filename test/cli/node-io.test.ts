import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { UnusableError } from "../../cli/io.js";
import { nodeIo, showsColours } from "../../cli/node-io.js";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "node-io-"));
  onTestFinished(() => {
    rmSync(path, { recursive: true });
  });
  return path;
}

describe("the working folder", () => {
  const inside = (): { readonly at: string; readonly other: string } => {
    const [at, other] = [realpathSync(folder()), realpathSync(folder())];
    const cwd = vi.spyOn(process, "cwd").mockReturnValue(at);
    onTestFinished(() => {
      cwd.mockRestore();
    });
    writeFileSync(join(other, "secret"), "root:x:0:0");
    return { at, other };
  };

  it("holds no file that a link of it leads to elsewhere, of whatever kind the link is", () => {
    const { at, other } = inside();
    symlinkSync(join(other, "secret"), join(at, "httpd.conf"));
    symlinkSync(other, join(at, "conf"));
    symlinkSync("conf/secret", join(at, "balancer.yaml"));
    for (const name of ["httpd.conf", "conf/secret", "balancer.yaml"]) {
      const read = (): unknown => nodeIo.readBytes(join(at, name));
      expect(read).toThrow(`a link leads to ${join(other, "secret")}, out of this folder; name that`);
      expect(read).toThrow(UnusableError);
    }
    expect(Buffer.from(nodeIo.readBytes(join(other, "secret"))).toString()).toBe("root:x:0:0");
    expect(Buffer.from(nodeIo.readBytes(join(at, "httpd.conf"), true)).toString()).toBe("root:x:0:0");
  });

  it("is what is read through links that stay in it", () => {
    const { at } = inside();
    mkdirSync(join(at, "sites-available"));
    mkdirSync(join(at, "sites-enabled"));
    writeFileSync(join(at, "sites-available/a.conf"), "Listen 80");
    symlinkSync("../sites-available/a.conf", join(at, "sites-enabled/a.conf"));
    expect(Buffer.from(nodeIo.readBytes(join(at, "sites-enabled/a.conf"))).toString()).toBe("Listen 80");
  });

  it("is not left through a linked folder when something is written", () => {
    const { at, other } = inside();
    symlinkSync(other, join(at, "out"));
    for (const name of ["out/httpd.conf", "out/deep/httpd.conf"]) {
      expect(() => {
        nodeIo.writeFiles([{ path: join(at, name), text: "x" }]);
      }).toThrow(`a link leads to ${other}, out of this folder`);
    }
    expect(readdirSync(other)).toEqual(["secret"]);
    nodeIo.writeFiles([{ path: join(other, "deep/httpd.conf"), text: "x" }]);
    expect(readdirSync(other).sort()).toEqual(["deep", "secret"]);
  });
});

it.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
] as const)(
  "colours are shown on a terminal, unless the environment says otherwise: %j %s",
  (environment, terminal, shown) => {
    expect(showsColours(environment, terminal)).toBe(shown);
  },
);

describe("writing a file", () => {
  it.runIf(process.getuid?.() === 0)("leaves it whose it was", () => {
    const path = join(folder(), "a.conf");
    writeFileSync(path, "one");
    chownSync(path, 33, 34);
    nodeIo.writeFiles([{ path, text: "two" }]);
    expect([readFileSync(path, "utf8"), statSync(path).uid, statSync(path).gid]).toEqual(["two", 33, 34]);
  });

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
