import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command.js";

describe("a command that was asked for JSON", () => {
  it.each([
    ["a file that is not there", ["check", "gone.conf", "--json"], 2],
    ["bad usage", ["simulate", "httpd.conf", "--json"], 2],
    ["a file that httpd rejects", ["explain", "httpd.conf", "--json"], 1],
  ] as const)("prints one JSON document with the sentence of its error: %s", async (_title, words, status) => {
    const done = await runCommand(words, { "httpd.conf": "<Proxy balancer://c>\nBalancerMember h\n</Proxy>\n" });
    const { error } = JSON.parse(done.stdout) as { readonly error: string };
    expect(done.status).toBe(status);
    expect(error).not.toBe("");
    expect(done.stderr).toContain(error);
  });
});

describe("a word that is no command", () => {
  it.each([[["lnt"]], [["lnt", "--help"]]])("is an error, also beside --help: %j", async (words) => {
    const done = await runCommand(words);
    expect(done.status).toBe(2);
    expect(done.stderr).toContain("unknown command 'lnt'");
    expect(done.stderr).toContain("lint");
  });
});

describe("what is printed", () => {
  const ESC = "\u001b";
  const CONF = `<Proxy balancer://c>\n  BalancerMember "http://h:1/${ESC}]0;x\u0007" route="a${ESC}[31m"\n</Proxy>\nProxyPass / balancer://c/\n`;

  it.each([
    "explain",
    "check",
    "lint",
    "lint --format github",
    "lint --format concise",
    "configtest",
    "import --to ts",
  ])("steers no terminal: %s", async (words) => {
    const { stdout, stderr } = await runCommand([...words.split(" "), "a.conf"], { "a.conf": CONF });
    expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n\t]/u);
  });

  it("breaks a list of many words between them, and leaves a sentence to the terminal", async () => {
    const spec = (key: string): Record<string, string> => ({
      "a.yaml": `clusters: { c: { members: { a: { url: "http://a:1", ${key}: 1 } } } }`,
    });
    const listed = await runCommand(["check", "a.yaml"], spec("zzzzzzzz"), { width: 80 });
    expect(listed.stderr).toContain("unknown key 'zzzzzzzz'");
    expect(Math.max(...listed.stderr.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
    const near = await runCommand(["check", "a.yaml"], spec("loadfaktor"), { width: 80 });
    expect(near.stderr.trim().split("\n")).toHaveLength(1);
  });

  it.each([60, 80, 120])("fits a terminal of %d columns, but for tables", async (width) => {
    const spec = `clusters:\n  shop:\n    members:\n${Array.from({ length: 14 }, (_, at) => `      node${at}: http://node${at}.example.org:8080\n`).join("")}`;
    const files = { "a.yaml": spec, "s.yaml": "steps:\n  - request: 24\n  - stop: [node1]\n  - request: 24\n" };
    for (const words of [["check"], ["explain"], ["simulate", "--scenario", "s.yaml"], ["lint"]]) {
      const { stdout } = await runCommand([...words, "a.yaml"], files, { width, columns: width });
      const long = stdout.split("\n").filter((line) => line.length > width && !/\S {2,}\S.* {2,}\S/.test(line));
      expect(long).toEqual([]);
      // Lint cuts the lines it quotes.
      if (words[0] === "lint") continue;
      const joined = (await runCommand([...words, "a.yaml"], files)).stdout;
      expect(stdout.split(/\s+/)).toEqual(joined.split(/\s+/));
    }
  });
});
