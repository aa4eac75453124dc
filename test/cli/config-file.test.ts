import { describe, expect, it } from "vitest";
import "../../cli/commands/check.js";
import "../../cli/commands/lint.js";
import { runCommand } from "../support/command.js";

/** One note, and no warning. */
const CONF = "ProxyPass /a http://10.0.0.1:8080/a\n";
const FLAGGED = `<IfDefine SSL>\n${CONF}</IfDefine>\n`;

const SOURCES = [
  ["httpd-balancer.yaml", (lint: string) => ({ "httpd-balancer.yaml": `lint:\n  ${lint}\n` })],
  [
    "package.json, httpd-balancer",
    (lint: string) => {
      const [key = "", value = ""] = lint.split(": ");
      return { "package.json": JSON.stringify({ "httpd-balancer": { lint: { [key]: value } } }) };
    },
  ],
] as const;

describe("a file with defaults", () => {
  it.each(SOURCES)("is heard, and told: %s", async (source, files) => {
    const done = await runCommand(["lint", "a.conf"], { "a.conf": CONF, ...files("fail-on: error") });
    expect(done).toMatchObject({ status: 0, stderr: `${source}: fail-on=error\n` });
    const without = await runCommand(["lint", "a.conf"], { "a.conf": CONF });
    expect(without).toMatchObject({ status: 1, stderr: "" });
  });

  it("gives way to the command line, and leaves JSON alone", async () => {
    const files = { "a.conf": CONF, "httpd-balancer.yaml": "lint: { fail-on: error }\n" };
    const given = await runCommand(["lint", "a.conf", "--fail-on", "note"], files);
    expect(given).toMatchObject({ status: 1, stderr: "" });
    const json = await runCommand(["lint", "a.conf", "--json"], files);
    expect(json.status).toBe(0);
    expect(JSON.parse(json.stdout)).toHaveProperty("findings");
  });

  it("says something for all commands, or for one; that of one counts", async () => {
    const files = { "a.conf": FLAGGED, "httpd-balancer.yaml": "all: { D: [SSL] }\nlint: { format: concise }\n" };
    const linted = await runCommand(["lint", "a.conf"], files);
    expect(linted.stdout).toContain("note mount-reverse");
    expect(linted.stderr).toBe("httpd-balancer.yaml: D=SSL, format=concise\n");
    const checked = await runCommand(["check", "a.conf"], files);
    expect(checked.stderr).toContain("httpd-balancer.yaml: D=SSL\n");
  });

  it("takes a mapping for options that are repeated", async () => {
    const files = {
      "a.conf": CONF,
      "httpd-balancer.yaml": "lint:\n  off:\n    mount-reverse: nothing redirects here\n",
    };
    const done = await runCommand(["lint", "a.conf"], files);
    expect(done.status).toBe(0);
    expect(done.stdout).toContain("allowed mount-reverse: nothing redirects here");
  });

  it.each([
    ["lnt: {}", "there is no command 'lnt'; did you mean 'lint'?"],
    ["lint: { fail: error }", "'fail' is no option that may have a default"],
    ["lint: { fix: true }", "'fix' is no option that may have a default"],
    ["lint: { allow-outside: true }", "'allow-outside' is no option that may have a default"],
    ["all: { write-baseline: x }", "'write-baseline' is no option that may have a default"],
    ["lint: [a]", "allowed is a mapping"],
    ["lint: { fail-on: { a: 1 } }", "allowed is what the option takes on the command line"],
    ["lint: {", "httpd-balancer.yaml:"],
  ])(
    "is refused whole where it says what no command has, or what only a person may ask for: %s",
    async (text, said) => {
      const done = await runCommand(["lint", "a.conf"], { "a.conf": CONF, "httpd-balancer.yaml": `${text}\n` });
      expect(done).toMatchObject({ status: 2, stdout: "" });
      expect(done.stderr).toContain(said);
    },
  );

  it("is nobody's matter where package.json has no such key, or is broken", async () => {
    for (const manifest of ["{}", '{ "httpd-balancer": ', '{ "dependencies": { "httpd-balancer-x": "1" } }']) {
      const done = await runCommand(["lint", "a.conf"], { "a.conf": CONF, "package.json": manifest });
      expect(done).toMatchObject({ status: 1, stderr: "" });
    }
  });
});
