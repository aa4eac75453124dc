import { describe, expect, it } from "vitest";
import "../../cli/commands/init.js";
import { runCommand } from "../support/command.js";

const CONF = `Listen 8080
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`;

const FILES = [
  ".gitignore",
  "README.md",
  "cdktf.json",
  "main.test.ts",
  "main.ts",
  "package.json",
  "stack.ts",
  "tsconfig.json",
];

function written(files: Readonly<Record<string, string>>, folder: string): readonly string[] {
  const names = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
  return names.map((path) => path.slice(folder.length + 1)).sort();
}

describe("httpd-balancer init", () => {
  it("writes a project from the defaults where nobody can be asked, and says what it took", async () => {
    const done = await runCommand(["init", "my shop"]);
    expect(done).toMatchObject({ status: 0 });
    expect(done.stderr).toMatch(/^taken as they are: --cluster mycluster --members .* --port 8000\n$/);
    expect(written(done.files, "my shop")).toEqual(FILES);
    const manifest = JSON.parse(done.files["my shop/package.json"] ?? "") as Record<string, Record<string, string>>;
    expect(manifest).toMatchObject({ name: "my-shop", private: true });
    const pinned = Object.values({ ...manifest["dependencies"], ...manifest["devDependencies"] });
    expect(pinned.length).toBe(7);
    for (const version of pinned) expect(version).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+$/);
  });

  it("takes answers as options", async () => {
    const words = [
      "--members",
      "http://a:1, http://b:2",
      "--standby",
      "http://c:3",
      "--session",
      "none",
      "--port",
      "81",
    ];
    const { files, status, stderr } = await runCommand(["init", "p", "--cluster", "shop", ...words]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const stack = files["p/stack.ts"] ?? "";
    for (const part of ['"shop", { maxattempts: 4 }', '"http://a:1"', "addStandby", "http://c:3", "listen: [81]"]) {
      expect(stack).toContain(part);
    }
    expect(stack).not.toContain("stickysession");
  });

  it.each([
    [["--port", "80x"], "--port: found '80x', allowed is a whole number from 1 to 65535"],
    [["--members", "not a url"], "not a url"],
    [["--cluster", "My Cluster"], "My Cluster"],
  ])("refuses an answer that nothing can be made of, and writes nothing: %j", async (words, said) => {
    const done = await runCommand(["init", "p", "--yes", ...words]);
    expect(done.status).toBe(2);
    expect(done.stderr).toContain(said);
    expect(written(done.files, "p")).toEqual([]);
  });

  it("asks on a terminal, a question at a time, and takes a bare return for the default", async () => {
    const asked: string[] = [];
    const ask = (question: string): Promise<string> => {
      asked.push(question);
      return Promise.resolve(question.startsWith("Port") ? " 8123 " : "");
    };
    const done = await runCommand(["init", "p", "--cluster", "shop"], {}, { ask });
    expect(asked.map((question) => question.split(" ")[0])).toEqual(["URLs", "URL", "Cookie", "Port"]);
    expect(done.files["p/stack.ts"]).toContain("listen: [8123]");
  });

  it("adopts an httpd.conf", async () => {
    const done = await runCommand(["init", "p", "--from", "a.conf"], { "a.conf": CONF });
    expect(done.status).toBe(0);
    expect(done.files["p/stack.ts"]).toContain("Adopted from a.conf");
    expect(done.files["p/stack.ts"]).toContain("http://10.0.0.2:8080");
    const refused = await runCommand(["init", "p", "--from", "a.conf"], { "a.conf": "Bogus\n" });
    expect(refused.status).toBe(1);
    expect(written(refused.files, "p")).toEqual([]);
  });

  it("completes a package.json that is there, and overwrites no other file", async () => {
    const own = { name: "mine", dependencies: { constructs: "^10.8.1" }, scripts: { test: "true" } };
    const done = await runCommand(["init", "p"], { "p/package.json": JSON.stringify(own) });
    expect(done.status).toBe(0);
    const manifest = JSON.parse(done.files["p/package.json"] ?? "") as unknown;
    expect(manifest).toMatchObject({
      name: "mine",
      dependencies: { cdktf: "0.21.0", constructs: "^10.8.1" },
      scripts: { test: "true", synth: "cdktf synth" },
    });
    const there = await runCommand(["init", "p"], { "p/main.ts": "mine" });
    expect(there).toMatchObject({
      status: 2,
      stderr:
        "taken as they are: --cluster mycluster --members http://localhost:8080,http://localhost:8081 --standby none --session JSESSIONID --port 8000\nhttpd-balancer: p/main.ts: is there already; name another folder\n",
    });
    expect(written(there.files, "p")).toEqual(["main.ts"]);
    const broken = await runCommand(["init", "p"], { "p/package.json": "[" });
    expect(broken.status).toBe(2);
    expect(broken.stderr).toContain("p/package.json: is no JSON object");
  });
});
