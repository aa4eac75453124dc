import { describe, expect, it } from "vitest";
import "../../cli/commands/explain.js";
import "../../cli/commands/review.js";
import "../../cli/commands/simulate.js";
import { runCommand } from "../support/command.js";

const CONF = `Listen 80
<Proxy balancer://MyCluster>
  BalancerMember http://10.0.0.12:8080
  BalancerMember http://10.0.0.13:8080
</Proxy>
ProxyPass / balancer://MyCluster/
ProxyPassReverse / balancer://MyCluster/
`;

describe("names that are printed are names that are taken", () => {
  it("members as explain shortens them are members of a scenario", async () => {
    const explained = await runCommand(["explain", "a.conf"], { "a.conf": CONF });
    const [, name = ""] = /When (\S+) fails:/.exec(explained.stdout) ?? [];
    expect(name).toBe("10.0.0.12:8080");
    const scenario = `steps: [{ stop: ["${name}"] }, { request: 2 }]`;
    const files = { "a.conf": CONF, "s.yaml": scenario };
    const done = await runCommand(["simulate", "a.conf", "--scenario", "s.yaml", "--json"], files);
    expect(done.status).toBe(0);
    expect(done.stdout.match(/"member": ?"http:\/\/10\.0\.0\.13:8080"/g)?.length).toBe(2);
  });

  it("a short name that two members have is refused with both URLs", async () => {
    const twins = CONF.replace("http://10.0.0.13:8080", "ajp://10.0.0.12:8080");
    const files = { "a.conf": twins, "s.yaml": 'steps: [{ stop: ["10.0.0.12:8080"] }, { request: 2 }]' };
    const done = await runCommand(["simulate", "a.conf", "--scenario", "s.yaml"], files);
    expect(done.status).toBe(2);
    expect(done.stderr).toContain("http://10.0.0.12:8080 or ajp://10.0.0.12:8080");
  });

  it("lint spells balancers as the file does", async () => {
    const doubled = CONF.replace("ProxyPass / balancer://MyCluster/", "ProxyPass /a balancer://MyCluster/");
    const done = await runCommand(["lint", "a.conf", "--format", "concise"], { "a.conf": doubled });
    expect(done.stdout).toContain("write balancer://MyCluster");
    expect(done.stdout).not.toContain("mycluster");
  });

  it("another spelling of a balancer's name is no change of traffic", async () => {
    const files = { "a.conf": CONF, "b.conf": CONF.replaceAll("MyCluster", "mycluster") };
    const done = await runCommand(["review", "a.conf", "b.conf", "--json"], files);
    expect(JSON.parse(done.stdout)).toMatchObject({ changed: false, paths: [] });
  });
});
