import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command.js";
import { describeReal } from "../support/real.js";

const SCENARIOS = join(__dirname, "../fixtures/scenarios");
const EXAMPLE = join(__dirname, "../../examples/active-passive.yaml");
const TWO = `<Proxy balancer://c>
  BalancerMember http://a:1 retry=1
  BalancerMember http://b:1 retry=1
</Proxy>
ProxyPass / balancer://c/
`;

interface Document {
  readonly agrees: boolean;
  readonly timing: boolean;
  readonly failures: readonly { readonly message: string }[];
  readonly picks: readonly { readonly member: string | null; readonly status: number; readonly agrees: boolean }[];
}

async function rehearse(conf: string, scenario: string, ...options: readonly string[]) {
  const files = { "httpd.conf": conf, "scenario.yaml": scenario };
  return runCommand(["rehearse", "httpd.conf", "--scenario", "scenario.yaml", ...options], files);
}

async function rehearsedJson(conf: string, scenario: string): Promise<Document> {
  const result = await rehearse(conf, scenario, "--json");
  expect(result.stdout, result.stderr).not.toBe("");
  return JSON.parse(result.stdout) as Document;
}

describeReal("scenario files hold in the model and on httpd", ["apache2"], () => {
  it.each([
    ["active-passive", "10"],
    ["sessions", "2"],
    ["outage", "2"],
    ["hosts", "1"],
  ])("%s", async (name, speedup) => {
    const files = {
      "balancer.conf": readFileSync(join(SCENARIOS, `${name}.conf`), "utf8"),
      "scenario.yaml": readFileSync(join(SCENARIOS, `${name}.yaml`), "utf8"),
    };
    const words = ["balancer.conf", "--scenario", "scenario.yaml"];
    const simulated = await runCommand(["simulate", ...words], files);
    expect(simulated, simulated.stdout).toMatchObject({ status: 0, stderr: "" });
    const rehearsed = await runCommand(["rehearse", ...words, "--speedup", speedup], files);
    expect(rehearsed, rehearsed.stdout).toMatchObject({ status: 0 });
    expect(rehearsed.stdout).toMatch(/^[0-9]+ requests: Apache\S* .*did what the model says\.$/m);
  });

  it("the same scenario holds for the article as a spec", async () => {
    const files = {
      "spec.yaml": readFileSync(EXAMPLE, "utf8"),
      "scenario.yaml": readFileSync(join(SCENARIOS, "active-passive.yaml"), "utf8"),
    };
    const words = ["rehearse", "spec.yaml", "--scenario", "scenario.yaml", "--speedup", "10"];
    expect(await runCommand(words, files)).toMatchObject({ status: 0 });
  });
});

describeReal("rehearse", ["apache2"], () => {
  it("fails with the request and the expectation that httpd did not meet, in text and JUnit", async () => {
    const scenario = `steps:\n  - request: { count: 4, expect: { by: { "http://a:1": 1 } } }\n`;
    const result = await rehearse(TWO, scenario, "--junit", "out.xml");
    const sentence = "expected 1 answers of http://a:1, got one more";
    expect(result.status).toBe(1);
    expect(result.stdout).toContain(`FAILED on httpd at request 3 (step 1): ${sentence}`);
    expect(result.files["out.xml"]).toContain(
      `<testsuites name="httpd-balancer rehearse" tests="1" failures="1" errors="0">`,
    );
    expect(result.files["out.xml"]).toContain(`<failure message="${sentence}">`);
  });

  it("shows where httpd does something else than the model: one server behind two members stops for both", async () => {
    const conf = TWO.replace("http://a:1", "http://b:1/a");
    const scenario = `steps:\n  - stop: http://b:1\n  - request: 2\n`;
    const result = await rehearse(conf, scenario);
    expect(result.status).toBe(1);
    expect(result.stdout).toMatch(/^ +> .* 1-2 +model b:1\/a +real httpd:503$/m);
    expect(result.stdout).toContain("2 of 2 requests differ from the model, the first is request 1.");
  });

  it("takes any answer the model leaves open for agreement", async () => {
    const conf = TWO.replace("http://a:1 retry=1", "http://a:1 retry=0").replace(
      "b:1 retry=1",
      "b:1 status=+H retry=1",
    );
    const document = await rehearsedJson(conf, `steps:\n  - stop: http://a:1\n  - request: 5\n`);
    expect(document).toMatchObject({ agrees: true, failures: [] });
  });

  it("tells a difference that only comes from the time requests take from a real one", async () => {
    const scenario = `steps:
  - stop: http://a:1
  - request: 60
  - start: http://a:1
  - wait: 990ms
  - request: 2
`;
    const document = await rehearsedJson(TWO, scenario);
    expect(document).toMatchObject({ agrees: false, timing: true });
    expect(document.picks[61]).toMatchObject({ agrees: false, member: "http://a:1" });
  });

  it("plays applications that close the connection or never answer", async () => {
    const conf = TWO.replaceAll("retry=1", "retry=60 timeout=1");
    const scenario = `steps:
  - respond: { member: "http://a:1", failure: closes }
  - request: { expect: { status: 502, by: { httpd: 1 } } }
  - request: { expect: { by: { "http://b:1": 1 } } }
  - respond: { member: "http://a:1", failure: silent }
  - request: { expect: { status: 502, by: { httpd: 1 } } }
  - respond: { member: "http://a:1", status: 404 }
  - request: { count: 2, expect: { by: { "http://a:1": 1, "http://b:1": 1 } } }
`;
    expect(await rehearsedJson(conf, scenario)).toMatchObject({ agrees: true, failures: [] });
  });

  it("reaches virtual hosts by name, each with the balancers it sees", async () => {
    const conf = `Listen 80
<Proxy balancer://shared>
  BalancerMember http://a:1
  BalancerMember http://b:1
</Proxy>
<VirtualHost *:80>
  ServerName one.example
  ProxyPass / balancer://shared/
</VirtualHost>
<VirtualHost *:80>
  ServerName two.example
  <Proxy balancer://own>
    BalancerMember http://c:1
    BalancerMember http://d:1 loadfactor=2
  </Proxy>
  ProxyPass /own balancer://own
  ProxyPass / balancer://shared/
</VirtualHost>
`;
    const scenario = `steps:
  - request: { host: one.example, expect: { by: { "http://a:1": 1 } } }
  - request: { host: two.example, expect: { by: { "http://b:1": 1 } } }
  - request: { expect: { by: { "http://a:1": 1 } } }
  - set: { balancer: own, member: "http://d:1", status: "+D" }
  - request: { host: two.example, path: /own/x, count: 3, expect: { by: { "http://c:1": 3 } } }
  - set: { balancer: shared, member: "http://b:1", status: "+D" }
  - request: { host: one.example, count: 2, expect: { by: { "http://a:1": 2 } } }
`;
    expect(await rehearsedJson(conf, scenario)).toMatchObject({ agrees: true, failures: [] });
  });

  it("keeps the order of mounts, in which an earlier one may hide a later one", async () => {
    const conf = `${TWO}<Proxy balancer://hidden>
  BalancerMember http://c:1
</Proxy>
ProxyPass /hidden balancer://hidden/
`;
    const scenario = `steps:\n  - request: { path: /hidden/x, expect: { by: { "http://a:1": 1 } } }\n`;
    expect(await rehearsedJson(conf, scenario)).toMatchObject({ agrees: true, failures: [] });
  });

  it("says before a long wait where it is, on stderr", async () => {
    const result = await rehearse(TWO, "steps:\n  - request: 1\n  - wait: 3100ms\n");
    expect(result.stderr).toContain("step 2 of 2: wait 3100ms (about 3 s left)\n");
    expect(result.status).toBe(0);
  });
});

describe("rehearse without what it needs", () => {
  it("names the package when there is no httpd", async () => {
    const before = process.env["HTTPD"];
    process.env["HTTPD"] = "/nowhere/apache2";
    try {
      const result = await rehearse(TWO, "steps:\n  - request: 1\n");
      expect(result).toMatchObject({ status: 2, stdout: "" });
      expect(result.stderr).toBe(
        "httpd-balancer: HTTPD names /nowhere/apache2, which is not a program; set it to the path of httpd, " +
          "or install the package apache2-bin (Debian, Ubuntu) or httpd (Red Hat, Fedora)\n",
      );
    } finally {
      if (before === undefined) delete process.env["HTTPD"];
      else process.env["HTTPD"] = before;
    }
  });

  it.each(["0", "1.5", "fast"])("refuses --speedup %s", async (factor) => {
    const result = await rehearse(TWO, "steps:\n  - request: 1\n", "--speedup", factor);
    expect(result.status).toBe(2);
    expect(result.stderr).toContain(`--speedup ${factor} is not a whole number`);
  });
});
