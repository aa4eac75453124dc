import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command.js";

const TRACES = join(__dirname, "../fixtures/traces");
const CONF = `<Proxy balancer://mycluster>
  BalancerMember http://127.0.0.1:8380 loadfactor=1 retry=10
  BalancerMember http://127.0.0.1:8580 loadfactor=5 retry=10
  BalancerMember http://127.0.0.1:8480 status=+H retry=10
</Proxy>
ProxyPass /app balancer://mycluster/
`;
const NODE1 = "http://127.0.0.1:8380";
const NODE2 = "http://127.0.0.1:8580";

async function simulate(scenario: string, ...options: readonly string[]) {
  const files = { "httpd.conf": CONF, "scenario.yaml": scenario };
  return runCommand(["simulate", "httpd.conf", "--scenario", "scenario.yaml", ...options], files);
}

describe("simulate repeats every trace recorded from httpd 2.4.71", () => {
  it.each(readdirSync(TRACES))("%s", async (name) => {
    const text = (file: string) => readFileSync(join(TRACES, name, file), "utf8");
    const files = { "balancer.conf": text("balancer.conf"), "scenario.json": text("scenario.json") };
    const result = await runCommand(["simulate", "balancer.conf", "--scenario", "scenario.json", "--json"], files);
    const picks = (JSON.parse(result.stdout) as { picks: { member: string | null; status: number }[] }).picks;
    const recorded = (JSON.parse(text("trace.json")) as { picks: unknown[] }).picks;
    expect(picks.map(({ member, status }) => ({ member, status }))).toEqual(recorded);
    expect(result).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("a scenario is an executable acceptance test", () => {
  it("the article: weights hold, the standby serves, the actives come back", async () => {
    const result = await simulate(`
steps:
  - request: { count: 24, path: /app, expect: { status: 200, by: { "${NODE1}": 4, "${NODE2}": 20 } } }
  - stop: ["${NODE1}", "${NODE2}"]
  - request: { count: 5, path: /app, expect: { status: 200, by: { "http://127.0.0.1:8480": 5 } } }
  - start: ["${NODE1}", "${NODE2}"]
  - request: { path: /app, expect: { never: ["${NODE1}", "${NODE2}"] } }
  - wait: 10s
  - request: { count: 3, path: /app, expect: { sequence: ["${NODE2}", "${NODE1}", "${NODE2}"] } }
`);
    expect(result).toMatchObject({ status: 0, stderr: "" });
  });

  it("names the first request that differs, and why", async () => {
    const result = await simulate(
      `steps:\n  - request: { count: 9, path: /app, expect: { by: { "${NODE1}": 1 } } }\n`,
      "--explain",
    );
    expect(result.status).toBe(1);
    expect(result.stdout).toContain(
      `FAILED at request 9 (step 1): expected 1 answers of ${NODE1}, got one more: 127.0.0.1:8380 is elected of`,
    );
  });

  it("finds the first difference among billions without playing them one by one", async () => {
    const result = await simulate(
      `steps:\n  - request: { count: 1000000000000, path: /app, expect: { by: { "${NODE1}": 500000000 } } }\n`,
    );
    expect(result.stdout).toContain("FAILED at request 3000000003 (step 1)");
    expect(result.stdout).toContain("833333333333 x 127.0.0.1:8580 200, 166666666667 x 127.0.0.1:8380 200");
  });
});

it("a fragment without Listen is reached where its virtual hosts are, whatever their port", async () => {
  const host = `<VirtualHost *:8443>\nServerName shop.test\n${CONF}</VirtualHost>\n`;
  const files = { "httpd.conf": host, "scenario.yaml": "steps:\n  - request: { path: /app, count: 6 }\n" };
  const result = await runCommand(["simulate", "httpd.conf", "--scenario", "scenario.yaml"], files);
  expect(result).toMatchObject({ status: 0, stderr: "" });
  expect(result.stdout).toContain("5 x 127.0.0.1:8580 200, 1 x 127.0.0.1:8380 200");
});

it("a backend without a balancer that is disabled is not asked", async () => {
  const conf = "ProxyPass /off http://a:1 status=+D\nProxyPass /on http://b:1 status=+E\n";
  const scenario = "steps:\n  - request: { path: /off, expect: { status: 503 } }\n  - request: { path: /on }\n";
  const files = { "httpd.conf": conf, "scenario.yaml": scenario };
  const result = await runCommand(["simulate", "httpd.conf", "--scenario", "scenario.yaml", "--json"], files);
  const { picks } = JSON.parse(result.stdout) as { picks: readonly unknown[] };
  expect(picks).toMatchObject([
    { member: null, status: 503 },
    { member: "http://b:1", status: 200 },
  ]);
});

it("a port in 'host' chooses among the ports the server listens on", async () => {
  const hosts = `Listen 80\nListen 443\n<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:443>\nServerName a\n`;
  const scenario = "steps:\n  - request: { path: /app, host: 'a:443' }\n  - request: { path: /app, host: a }\n";
  const files = { "httpd.conf": `${hosts}${CONF}</VirtualHost>\n`, "scenario.yaml": scenario };
  const result = await runCommand(["simulate", "httpd.conf", "--scenario", "scenario.yaml"], files);
  expect(result.stderr).toBe(
    "httpd-balancer: scenario.yaml:3: path of step 2: found '/app', which httpd answers with 404 (no mount matches the " +
      "path), allowed is a host that serves paths; correct the 'host', or expect status 404\n",
  );
});

describe("a scenario that does not fit is refused with file, line and the nearest name", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "an unknown member",
      `steps:\n  - wait: 1s\n  - stop: ["http://127.0.0.1:8390"]\n`,
      "scenario.yaml:3: member of step 2: found 'http://127.0.0.1:8390', allowed is the name or URL of a member; did you mean 'http://127.0.0.1:8380'?",
    ],
    [
      "a negative time",
      `steps:\n  - wait: -2s\n`,
      "scenario.yaml:2: 'wait' of step 1: found '-2s', allowed is a number with a unit",
    ],
    [
      "stopping what is stopped",
      `steps:\n  - stop: ["${NODE1}"]\n  - stop: "${NODE1}"\n`,
      `scenario.yaml:3: 'stop' of step 2: found '${NODE1}', which is stopped already`,
    ],
    [
      "starting what runs",
      `steps:\n  - start: "${NODE1}"\n`,
      `scenario.yaml:2: 'start' of step 1: found '${NODE1}', which is running already`,
    ],
    [
      "a path no mount serves",
      `steps:\n  - request: 1\n`,
      "scenario.yaml:2: path of step 1: found '/', which httpd answers with 404",
    ],
    [
      "an unknown step",
      `steps:\n  - reqest: 1\n`,
      "scenario.yaml:2: step 1: found unknown key 'reqest', allowed is request, stop, start, respond, wait, set, reload; did you mean 'request'?",
    ],
    [
      "an unknown key",
      `steps:\n  - request: { cuont: 1 }\n`,
      "scenario.yaml:2: 'request' of step 1: found unknown key 'cuont'",
    ],
    [
      "an unknown balancer",
      `steps:\n  - set: { balancer: myclustr, member: "${NODE1}", status: +D }\n`,
      "scenario.yaml:2: balancer of step 1: found 'myclustr', allowed is mycluster; did you mean 'mycluster'?",
    ],
    [
      "a letter balancer-manager cannot set",
      `steps:\n  - set: { member: "${NODE1}", status: +E }\n`,
      "scenario.yaml:2: 'status' of 'set' of step 1: found '+E'",
    ],
    ["broken YAML", `steps:\n  - request: [\n`, "scenario.yaml:3: the scenario: found"],
    [
      "two keys in a step",
      `steps:\n  - request: 1\n    wait: 1s\n`,
      'scenario.yaml:2: step 1: found {"request":1,"wait":"1s"}',
    ],
  ];
  it.each(cases)("%s", async (_, scenario, sentence) => {
    const result = await simulate(scenario);
    expect(result.stderr).toContain(sentence);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(result).toMatchObject({ status: 2, stdout: "" });
  });

  it("but a path no mount serves may be expected", async () => {
    const result = await simulate(
      `steps:\n  - request: { path: /other, expect: { status: 404, never: ["${NODE1}"] } }\n`,
    );
    expect(result).toMatchObject({ status: 0, stderr: "" });
  });
});
