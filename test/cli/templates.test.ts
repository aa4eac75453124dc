import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command.js";

const TEMPLATE = `<Proxy balancer://c>
  BalancerMember http://{{ backend }}:{{ port }}
  BalancerMember http://{{ backend }}:81
</Proxy>
ProxyPass / balancer://c/
`;

const OFF = `<Proxy balancer://c>
  BalancerMember http://\${BACKEND}:80
</Proxy>
<IfDefine TLS>
  ProxyPass /x balancer://c/
</IfDefine>
ProxyPass / balancer://c/
`;

const COMMANDS: readonly (readonly [string, ...string[]])[] = [
  ["configtest"],
  ["lint"],
  ["explain"],
  ["check"],
  ["import", "--to", "yaml"],
] as const;

describe("every command that reads an httpd.conf says", () => {
  it.each(COMMANDS)("that a template is one, with the values it misses: %s", async (name, ...options) => {
    const { stderr } = await runCommand([name, "x.conf.j2", ...options], { "x.conf.j2": TEMPLATE });
    expect(stderr).toContain(
      "x.conf.j2:2: is a template of Jinja or Ansible, no httpd.conf yet; it misses {{ backend }} (lines 2, 3), " +
        "{{ port }} (line 2); render it with ansible's template module or jinja2\n",
    );
  });

  it.each(COMMANDS)("that a variable has no value, and a block is off: %s", async (name, ...options) => {
    const { stderr, stdout } = await runCommand([name, "httpd.conf", ...options], { "httpd.conf": OFF });
    expect(`${stdout}${stderr}`).toContain("--env BACKEND=VALUE");
    expect(`${stdout}${stderr}`).toContain("<IfDefine TLS>");
  });

  it("nothing of it where the values are given", async () => {
    const { stderr } = await runCommand(["configtest", "httpd.conf", "--env", "BACKEND=a", "-D", "TLS"], {
      "httpd.conf": OFF,
    });
    expect(stderr).toBe("");
  });
});
