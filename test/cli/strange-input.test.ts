import { expect, it, test } from "vitest";
import "../../cli/commands/explain.js";
import "../../cli/commands/import.js";
import "../../cli/commands/lint.js";
import { runCommand } from "../support/command.js";

test.each(["lint", "explain", "import --to yaml"])(
  "%s says of 20,000 sections in each other that it looks no deeper",
  async (words) => {
    const conf = `${"<Location />\n".repeat(20_000)}${"</Location>\n".repeat(20_000)}`;
    const { status, stdout, stderr } = await runCommand([...words.split(" "), "a.conf"], { "a.conf": conf });
    expect(status).toBeGreaterThan(0);
    expect(stdout + stderr).toContain("more than 200 deep in each other");
    expect(stdout + stderr).not.toContain("internal error");
  },
);

it("200 sections in each other are looked into", async () => {
  const conf = `${"<Location />\n".repeat(200)}${"</Location>\n".repeat(200)}`;
  const { stdout } = await runCommand(["lint", "a.conf"], { "a.conf": conf });
  expect(stdout).toContain("<Location not allowed in <Location> context");
});

it("slips that stand in each other are told one by one, and mended as far as they are apart", async () => {
  const conf = "<Proxy balancer://c>\n  BalancerMember http://h:1 retry= //x y\n</Proxy>\n";
  const { status, stdout, stderr } = await runCommand(["import", "a.conf", "--to", "yaml"], { "a.conf": conf });
  expect(status).toBe(1);
  expect(stdout + stderr).toContain("httpd knows no comments behind a directive");
  expect(stdout + stderr).not.toContain("internal error");
});

/** Kinds of very many words in one line, each more than a call takes arguments. */
const MANY = 150_000;
const WORDS: Readonly<Record<string, string>> = {
  "names of a host": `<VirtualHost *:80>\nServerAlias ${"a ".repeat(MANY)}\nProxyPass / http://h:1/\n</VirtualHost>\n`,
  "parameters of a member": `<Proxy balancer://a>\nBalancerMember http://h:1 ${"retry=1 ".repeat(MANY)}\n</Proxy>\nProxyPass / balancer://a/\n`,
  "options of rewriting": `RewriteEngine On\nRewriteOptions ${"Inherit ".repeat(MANY)}\nProxyPass / http://h:1/\n`,
  "undefined variables": `ServerAdmin ${"${X}".repeat(MANY)}\nProxyPass / http://h:1/\n`,
};

test("a line that says a parameter 20,000 times, each time another, has each of them found", async () => {
  const words = Array.from({ length: 20_000 }, (_, index) => `retry=${index}`).join(" ");
  const conf = `<Proxy balancer://a>\nBalancerMember http://h:1 ${words}\n</Proxy>\nProxyPass / balancer://a/\n`;
  const { stdout } = await runCommand(["lint", "a.conf"], { "a.conf": conf });
  expect(stdout).toContain("retry=0, and retry=1 on line 2");
  expect(stdout).toMatch(/ 20000 warnings? in 2 rules|19999 warnings/);
});

test.each(Object.entries(WORDS))(
  "a line of very many %s ends in an answer",
  async (_name, conf) => {
    for (const words of [["lint"], ["explain"], ["import", "--to", "yaml", "--unproven"]]) {
      const { status, stdout, stderr } = await runCommand([...words, "a.conf"], { "a.conf": conf });
      expect(status).toBeLessThan(2);
      expect(stdout + stderr).not.toContain("internal error");
    }
  },
  30_000,
);
