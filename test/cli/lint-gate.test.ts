import { describe, expect, it, test } from "vitest";
import "../../cli/commands/explain.js";
import "../../cli/commands/lint.js";
import { runCommand } from "../support/command.js";

/** An error that cannot be repaired unread, a warning and notes that can. */
const CONF = `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080/
  BalancerMember http://10.0.0.2:8080
</Proxy>
<Location /balancer-manager>
  SetHandler balancer-manager
</Location>
ProxyPass /shop balancer://shop/
`;

interface Found {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly unsafe: boolean }[];
}

async function findings(words: readonly string[], files: Readonly<Record<string, string>>) {
  const done = await runCommand(["lint", "a.conf", "--json", ...words], files);
  return { status: done.status, rules: (JSON.parse(done.stdout) as Found).findings.map(({ rule }) => rule) };
}

describe("lint as a gate", () => {
  it("ends with 1 from the severity on that is asked for", async () => {
    const note = { "a.conf": "ProxyPass /a http://10.0.0.1:8080/a\n" };
    expect(await findings([], note)).toEqual({ status: 1, rules: ["mount-reverse"] });
    expect((await findings(["--fail-on", "warning"], note)).status).toBe(0);
    expect((await findings(["--fail-on", "error"], { "a.conf": CONF })).status).toBe(1);
    const wrong = await runCommand(["lint", "a.conf", "--fail-on", "errors"], note);
    expect(wrong).toMatchObject({ status: 2, stdout: "" });
    expect(wrong.stderr).toContain("did you mean 'error'?");
  });

  it("tells only what is new beside a baseline, wherever its lines move", async () => {
    const written = await runCommand(["lint", "a.conf", "--write-baseline", "base.json"], { "a.conf": CONF });
    expect(written).toMatchObject({ status: 0, stdout: "" });
    const moved = { ...written.files, "a.conf": `# one more line\n${CONF}` };
    expect(await findings(["--baseline", "base.json"], moved)).toEqual({ status: 0, rules: [] });
    const more = { ...moved, "a.conf": `${CONF}ProxyPass /b http://10.0.0.9/b\n` };
    expect(await findings(["--baseline", "base.json"], more)).toEqual({ status: 1, rules: ["mount-reverse"] });
    const told = await runCommand(["lint", "a.conf", "--baseline", "base.json"], moved);
    expect(told.stderr).toMatch(/^base\.json: [1-9]\d* findings? (?:is|are) known, and not told$/m);
    const other = await runCommand(["lint", "a.conf", "--baseline", "a.conf"], moved);
    expect(other).toMatchObject({ status: 2 });
    expect(other.stderr).toContain("is no baseline; write one with --write-baseline");
  });

  it("switches a rule off with a reason, and not without one", async () => {
    const off = await runCommand(["lint", "a.conf", "--off", "mount-reverse=no backend of ours redirects"], {
      "a.conf": "ProxyPass /a http://10.0.0.1:8080/a\n",
    });
    expect(off.status).toBe(0);
    expect(off.stdout).toContain("allowed mount-reverse: no backend of ours redirects");
    for (const [word, said] of [
      ["mount-reverse", 'say why: --off mount-reverse="REASON"'],
      ["mount-revers=x", "did you mean 'mount-reverse'?"],
      ["configtest=x", "mend the file"],
    ] as const) {
      const done = await runCommand(["lint", "a.conf", "--off", word], { "a.conf": "" });
      expect(done.status).toBe(2);
      expect(done.stderr).toContain(said);
    }
  });

  it("repairs unread only what changes neither access, sessions nor trust; the rest is asked for", async () => {
    const safe = await runCommand(["lint", "a.conf", "--fix"], { "a.conf": CONF });
    expect(safe.files["a.conf"]).toContain("BalancerMember http://10.0.0.1:8080\n");
    expect(safe.files["a.conf"]).not.toContain("Require");
    expect(safe.stdout).toContain("(--fix --unsafe does it: look at it first)");
    const all = await runCommand(["lint", "a.conf", "--fix", "--unsafe"], { "a.conf": CONF });
    expect(all.files["a.conf"]).toContain("Require local");
  });

  it("shows what it would change, and changes nothing", async () => {
    const done = await runCommand(["lint", "a.conf", "--fix", "--diff"], { "a.conf": CONF });
    expect(done.files["a.conf"]).toBe(CONF);
    expect(done.stdout).toContain("-  BalancerMember http://10.0.0.1:8080/\n+  BalancerMember http://10.0.0.1:8080\n");
    expect(done.stderr).toMatch(/findings would be repaired\n$/);
  });

  it("never calls it no findings when there was nothing to look at", async () => {
    const done = await runCommand(["lint", "a.conf"], { "a.conf": "ServerName a\n" });
    expect(done).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/nothing was looked at\nfor httpd .*\n$/) as string,
    });
  });

  it("needs an input", async () => {
    expect(await runCommand(["lint"])).toMatchObject({ status: 2, stdout: "" });
  });
});

describe("the rules", () => {
  it("are listed with what they are about, and as JSON", async () => {
    const { stdout, status } = await runCommand(["lint", "--rules"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Failover and standbys\n");
    expect(stdout).toContain("  mount-reverse (note; ");
    expect(stdout).toContain("--fix --unsafe)");
    const { rules } = JSON.parse((await runCommand(["lint", "--rules", "--json"])).stdout) as {
      readonly rules: readonly { readonly id: string; readonly why: string }[];
    };
    expect(rules.length).toBeGreaterThan(100);
  });

  test.each([
    ["mount-reverse", "accept a finding: # httpd-balancer: allow mount-reverse because REASON"],
    ["retry", "default: 60 seconds"],
    ["scolonpathdelim", "on ProxySet in <Proxy balancer://...>"],
    ["ProxyTimeout", "as a directive of its own"],
    ["hcinterval", "needs mod_proxy_hcheck"],
  ])("explain %s says %j", async (word, said) => {
    const done = await runCommand(["explain", word]);
    expect(done.status).toBe(0);
    expect(done.stdout).toContain(said);
  });

  it("are told in 80 columns", async () => {
    const wide = (await runCommand(["lint", "a.conf"], { "a.conf": CONF }, { width: 80 })).stdout.split("\n");
    expect(wide.filter((line) => line.length > 80)).toEqual([]);
  });
});
