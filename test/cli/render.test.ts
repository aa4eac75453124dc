import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Io } from "../../cli/io.js";
import { UnusableError } from "../../cli/io.js";
import { runProgram } from "../../cli/program.js";
import { runCommand } from "../support/command.js";
import { specSchema } from "../../core/spec/spec.js";

/** Files and terminal in memory. */
function memory(files: Readonly<Record<string, string>>) {
  const written = new Map<string, string>();
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    readBytes(path) {
      const text = files[path];
      if (text === undefined) throw new UnusableError(`${path}: no such file; check the path`);
      return new TextEncoder().encode(text);
    },
    readStdin: () => new Uint8Array(),
    readFolder: () => undefined,
    kindOf: (path) => (path in files ? "file" : undefined),
    realPath: (path) => path,
    confined: false,
    exists: (path) => path in files,
    writeFiles: (files) => {
      for (const { path, text } of files) {
        written.set(path, typeof text === "string" ? text : new TextDecoder().decode(text));
      }
    },
    stdout: (text) => void out.push(text),
    deliver: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    colour: false,
  };
  return { io, written, out: () => out.join(""), err: () => err.join("") };
}

const ARTICLE = readFileSync(join(__dirname, "../../examples/active-passive.yaml"), "utf8");

describe("httpd-balancer render", () => {
  it("says of an httpd.conf how it becomes a spec, and ends with 2", async () => {
    const { io, written, err } = memory({ "site.conf": "<Proxy balancer://c>\n</Proxy>\n" });
    expect(await runProgram(["render", "site.conf", "--out", "made"], io)).toBe(2);
    expect(err()).toBe(
      "httpd-balancer: site.conf: is no spec; of an httpd.conf import site.conf --to yaml makes one\n",
    );
    expect(written.size).toBe(0);
  });

  it("writes httpd.conf and says so", async () => {
    const { io, written, out } = memory({ "a.yaml": ARTICLE });
    expect(await runProgram(["render", "a.yaml", "--out", "made"], io)).toBe(0);
    expect([...written.keys()]).toEqual([join("made", "httpd.conf")]);
    expect(out()).toBe(`wrote ${join("made", "httpd.conf")}\nfor httpd 2.4.71 (the default; --httpd names another)\n`);
  });

  it("writes other forms, and names those there are", async () => {
    const { io, written } = memory({ "a.yaml": ARTICLE });
    expect(await runProgram(["render", "a.yaml", "--out", "made", "--as", "shell"], io)).toBe(0);
    const script = written.get(join("made", "front.sh"));
    expect(script).toMatch(/^#!\/bin\/sh\n/);
    expect(script).toContain("\nLoadModule proxy_balancer_module ");
    const wrong = memory({ "a.yaml": ARTICLE });
    expect(await runProgram(["render", "a.yaml", "--out", "made", "--as", "shel"], wrong.io)).toBe(2);
    expect(wrong.err()).toMatch(/--as: found 'shel'; .*shell/);
    expect([...wrong.written.keys()]).toEqual([]);
  });

  it("writes for another layout", async () => {
    const { io, written } = memory({ "a.yaml": ARTICLE });
    expect(await runProgram(["render", "a.yaml", "--out", "made", "--layout", "docker"], io)).toBe(0);
    expect(written.get(join("made", "httpd.conf"))).toContain("ServerRoot /usr/local/apache2\n");
  });

  it("writes for an image of another registry", async () => {
    const { io, written } = memory({ "a.yaml": ARTICLE });
    const words = ["--as", "compose", "--image", "registry.example/httpd:2.4"];
    expect(await runProgram(["render", "a.yaml", "--out", "made", ...words], io)).toBe(0);
    expect(written.get(join("made", "compose.yaml"))).toContain("    image: registry.example/httpd:2.4\n");
  });

  it("writes nothing that httpd would refuse, and names the line", async () => {
    const spec = `${ARTICLE.trimEnd()}\n    extra: [Requier all granted]\n`;
    const { io, written, err } = memory({ "a.yaml": spec });
    expect(await runProgram(["render", "a.yaml", "--out", "made"], io)).toBe(1);
    expect([...written.keys()]).toEqual([]);
    expect(err()).toMatch(
      /refused: httpd would not start with it: Invalid command 'Requier'.*decides then: Requier all granted/,
    );
  });

  it("prints one JSON document with --json", async () => {
    const { io, out } = memory({ "a.yaml": ARTICLE });
    expect(await runProgram(["render", "a.yaml", "--out", "made", "--json"], io)).toBe(0);
    expect(JSON.parse(out())).toEqual({ files: [join("made", "httpd.conf")], httpd: "2.4.71" });
  });

  it("writes nothing when one value is wrong, and says where it is", async () => {
    const { io, written, err } = memory({ "a.yaml": ARTICLE.replace("loadfactor: 5", "loadfactor: 500") });
    expect(await runProgram(["render", "a.yaml", "--out", "made"], io)).toBe(1);
    expect([...written.keys()]).toEqual([]);
    expect(err()).toMatch(/a\.yaml:8:\d+: loadfactor of member 'node2': found 500, allowed is 1 to 100 /);
  });

  it.each([
    [["render", "b.yaml", "--out", "made"], "b.yaml: no such file"],
    [["render", "a.yaml"], "--out"],
    [["render", "a.yaml", "--out", "made", "--layout", "debain"], "did you mean 'debian'?"],
    [
      ["render", "a.yaml", "--out", "made", "--as", "compose", "--image", "nginx"],
      "--image: image of the fronts: found 'nginx'",
    ],
    [
      ["render", "a.yaml", "--out", "made", "--image", "httpd:2.4"],
      "--as httpd runs no image; write --as compose or kubernetes",
    ],
  ])("cannot run as %j", async (words, sentence) => {
    const { io, written, err } = memory({ "a.yaml": ARTICLE });
    expect(await runProgram(words, io)).toBe(2);
    expect([...written.keys()]).toEqual([]);
    expect(err()).toContain(sentence);
  });
});

it.each(["Stra\u00dfe", "\u30eb\u30fc\u30c8", "r\u3000", "\ud83d\ude80"])(
  "text that is no ASCII is written as UTF-8, and judged as it is read: %j",
  async (route) => {
    const spec = `clusters: { c: { members: { a: { url: "http://a:1", route: "${route}" } } } }\nservers: { web: { listen: [80], mounts: { /: c } } }\n`;
    const done = await runCommand(["render", "a.yaml", "--out", "made"], { "a.yaml": spec });
    expect([done.status, done.stderr]).toEqual([0, ""]);
    expect(done.files["made/httpd.conf"]).toContain(route);
  },
);

describe("httpd-balancer schema", () => {
  it("prints the schema of a spec", async () => {
    const { io, out } = memory({});
    expect(await runProgram(["schema", "spec"], io)).toBe(0);
    expect(JSON.parse(out())).toEqual(specSchema());
  });

  it("prints the schema of a scenario", async () => {
    const { io, out } = memory({});
    expect(await runProgram(["schema", "scenario"], io)).toBe(0);
    expect(JSON.parse(out())).toMatchObject({ title: "Scenario" });
  });

  it("names the nearest format", async () => {
    const { io, err } = memory({});
    expect(await runProgram(["schema", "scenari"], io)).toBe(2);
    expect(err()).toContain("did you mean 'scenario'?");
  });
});
