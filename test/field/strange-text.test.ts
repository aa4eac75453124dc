import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCommand } from "../support/command.js";

const BALANCER =
  "<Proxy balancer://c>\nBalancerMember http://h:1 retry=5m\n</Proxy>\nProxyPass / balancer://c/\nProxyPassReverse / balancer://c/\n";

it("1 finding repaired is one", async () => {
  const { stderr } = await runCommand(["lint", "httpd.conf", "--fix"], { "httpd.conf": BALANCER });
  expect(stderr).toContain("1 finding repaired\n");
  const two = BALANCER.replace("retry=5m", "retry=5m timeout=5m");
  expect((await runCommand(["lint", "httpd.conf", "--fix"], { "httpd.conf": two })).stderr).toContain(
    "2 findings repaired\n",
  );
});

it.each([9, 10, 100])("the caret stands under its word on line %i", async (line) => {
  const conf = `${"#\n".repeat(line - 2)}${BALANCER}`;
  for (const command of ["lint", "configtest"]) {
    const text = command === "lint" ? conf : conf.replace("http://h:1 retry=5m", "http:1.2.3.4");
    const { stdout } = await runCommand([command, "httpd.conf"], { "httpd.conf": text });
    const lines = stdout.split("\n");
    const at = lines.findIndex((one) => one.startsWith(`    ${line} | `));
    const [excerpt = "", caret = ""] = lines.slice(at, at + 2);
    expect(excerpt.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1)).toBe(
      command === "lint" ? "retry=5m" : "http:1.2.3.4",
    );
  }
});

it("mounts of ajp and fcgi ask for no ProxyPassReverse, one of http does", async () => {
  const conf = "ProxyPass /a ajp://127.0.0.1:8009/a secret=x\nProxyPass /f fcgi://127.0.0.1:9000/f\n";
  const { stdout } = await runCommand(["lint", "httpd.conf"], { "httpd.conf": conf });
  expect(stdout).not.toContain("mount-reverse");
  const http = await runCommand(["lint", "httpd.conf"], { "httpd.conf": "ProxyPass /h http://127.0.0.1:8080/h\n" });
  expect(http.stdout).toContain("mount-reverse");
});

it.each([
  ["lookaheads", "(?=a)".repeat(5_000)],
  ["groups", `${"(".repeat(5_000)}a${")".repeat(5_000)}`],
])("a regular expression of 5,000 %s ends in an answer", async (_, pattern) => {
  const conf = `${BALANCER}ProxyPassMatch ${pattern} balancer://c/\n`;
  for (const command of ["explain", "lint", "configtest"]) {
    const { status, stdout, stderr } = await runCommand([command, "httpd.conf"], { "httpd.conf": conf });
    expect(status).toBeLessThan(2);
    expect(stdout + stderr).not.toContain("internal error");
  }
});

it.each(["", "{", "[]", "null", '{"pid":"x"}'])("a demo whose record is damaged (%j) is not running", (record) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  try {
    for (const name of ["scripts", "run"]) mkdirSync(join(folder, name));
    for (const name of ["demo.mjs", "setup.mjs"])
      copyFileSync(join(__dirname, "../../scripts", name), join(folder, "scripts", name));
    writeFileSync(join(folder, "run/demo.json"), record);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "scripts/demo.mjs"), "stop"], {
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([0, "The demo is not running; nothing had to be stopped.\n"]);
    expect(stderr).toContain("is damaged and is removed");
    expect(stderr).not.toContain("    at ");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.each([
  ["a.yaml", `clusters: ${"[".repeat(5_000)}${"]".repeat(5_000)}`],
  ["b.yaml", Array.from({ length: 5_000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
  ["a.json", `{"clusters":${"[".repeat(5_000)}${"]".repeat(5_000)}}`],
])("a spec %s nested 5,000 deep has one problem that has a place", async (name, text) => {
  for (const command of ["lint", "check", "explain"]) {
    const { status, stdout, stderr } = await runCommand([command, name], { [name]: text });
    expect(status).toBeGreaterThan(0);
    expect(stdout + stderr).toMatch(/:\d+:/);
    expect(stdout + stderr).not.toContain("internal error");
  }
});

it("a section whose word has curly quotes is named with its line, where a line inside is refused", async () => {
  const text = "<Proxy “balancer://c”>\n  BalancerMember http://h:1\n  ProxySet lbmethod=byrequests\n</Proxy>\n";
  const { stdout } = await runCommand(["configtest", "httpd.conf", "--json"], { "httpd.conf": text });
  const [verdict] = JSON.parse(stdout) as readonly [{ readonly line: number; readonly fix: string }];
  expect(verdict.line).toBeGreaterThan(1);
  expect(verdict.fix).toBe('type " for the curly quote on line 1; lint --fix does it in the whole file');
});
