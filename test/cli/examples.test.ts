import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../support/command.js";

const text = (name: string): string => readFileSync(join(__dirname, "../../examples", name), "utf8");

test.each(["active-passive.yaml", "tls.yaml"])(
  "%s keeps the promises of a cluster that promises nothing",
  async (name) => {
    const { status, stdout } = await runCommand(["check", name], { [name]: text(name) });
    expect(stdout).not.toContain("BROKEN");
    expect(stdout).toMatch(/^holds +always-served/);
    expect(status).toBe(0);
  },
);

test("active-passive.yaml without its maxattempts refuses a request while a node is up, and says what mends it", async () => {
  const printed = text("active-passive.yaml").replace(/^ *maxattempts.*\n/m, "");
  const { status, stdout } = await runCommand(["check", "a.yaml"], { "a.yaml": printed });
  expect(stdout).toMatch(/^BROKEN +always-served/);
  expect(stdout).toContain("What mends it, as checked: maxattempts=3.");
  expect(status).toBe(1);
});
