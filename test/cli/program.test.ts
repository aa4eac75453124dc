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
