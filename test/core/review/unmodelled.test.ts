import { describe, expect, test } from "vitest";
import "../../../cli/commands/review.js";
import type { ReviewReport } from "../../../core/review/report.js";
import { runCommand } from "../../support/command.js";

const CONF = `ServerName x.example
Listen 80
Timeout 60
ErrorDocument 503 "later"
<Location /admin>
  Require ip 10.0.0.0/8
</Location>
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 retry=10 route=r1
  BalancerMember http://10.0.0.2:8080 retry=10 route=r2
  ProxySet maxattempts=5 stickysession=SID
</Proxy>
ProxyPass /static !
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`;

/** Each change of one place: what is there, what comes in its place, and what the first line has to name. */
type Edit = readonly [was: string, is: string, named: RegExp];

const PERHAPS: Readonly<Record<string, Edit>> = {
  "access is opened": ["Require ip 10.0.0.0/8", "Require all granted", /require all granted/],
  "another port": ["Listen 80", "Listen 8080", /8080/],
  "an error page is gone": ['ErrorDocument 503 "later"\n', "", /errordocument 503/],
  "redirects of backends are no longer mapped": ["ProxyPassReverse / balancer://shop/\n", "", /reverse/],
  "request bodies are limited": ["Timeout 60", "Timeout 60\nLimitRequestBody 1000", /limitrequestbody/],
  "errors of backends are replaced": ["Timeout 60", "Timeout 60\nProxyErrorOverride On", /ProxyErrorOverride/],
  "answers of an application put its member out of use": ["=SID", "=SID failonstatus=503", /failonstatus/],
  "a backend is asked before each request": ["route=r2", "route=r2 ping=2", /ping of 10\.0\.0\.2:8080/],
  "connections are limited": ["route=r2", "route=r2 max=5 acquire=100", /max of 10\.0\.0\.2:8080/],
  "requests wait for a member": ["=SID", "=SID timeout=3", /timeout/],
};

const NONE: Readonly<Record<string, Edit>> = {
  "more is logged": ["Timeout 60", "Timeout 60\nLogLevel debug", /loglevel debug/],
  "what is closed is opened again, as it is anyhow": [
    "Timeout 60",
    "Timeout 60\n<Directory />\nAllowOverride None\nRequire all denied\n</Directory>\nProxyRequests Off\n<Directory />\nRequire all granted\n</Directory>",
    /require all denied/,
  ],
  "connections are kept shorter": ["route=r2", "route=r2 ttl=60", /ttl of 10\.0\.0\.2:8080/],
  "health checks that nobody makes": ["route=r2", "route=r2 hcinterval=5", /hcinterval/],
};

async function reviewed([was, is]: Edit, words: readonly string[] = []): Promise<ReviewReport & { status: number }> {
  expect(CONF).toContain(was);
  const files = { "base.conf": CONF, "head.conf": CONF.replace(was, is) };
  const { stdout, status } = await runCommand(["review", "base.conf", "head.conf", "--json", ...words], files);
  return { ...(JSON.parse(stdout) as ReviewReport), status };
}

describe("what decides about requests and is no figure of the model is never said to have no effect", () => {
  test.each(Object.entries(PERHAPS))("%s", async (_, edit) => {
    const { risk, summary, status } = await reviewed(edit, ["--fail-on", "traffic"]);
    expect({ risk, status }).toEqual({ risk: "perhaps", status: 1 });
    expect(summary).toMatch(/^Traffic may change: /);
    expect(summary).toMatch(edit[2]);
  });
});

describe("what decides about no request has no effect", () => {
  test.each(Object.entries(NONE))("%s", async (_, edit) => {
    const { risk, summary, status } = await reviewed(edit, ["--fail-on", "traffic"]);
    expect({ risk, status }).toEqual({ risk: "none", status: 0 });
    expect(summary).toMatch(/^No effect on traffic: /);
    expect(summary).toMatch(edit[2]);
  });
});

test("a change that the figures show is told first, what they do not show behind it", async () => {
  const { risk, summary, clusters } = await reviewed(["route=r2", "route=r2 loadfactor=3 ping=2", /ping/]);
  expect(risk).toBe("some");
  expect(summary).toMatch(/^Traffic changes: 10\.0\.0\.2:8080 gets 3\/4 .*; ping of 10\.0\.0\.2:8080: .* \(shop\)/);
  expect(clusters.map(({ affectsTraffic }) => affectsTraffic)).toEqual([true]);
});

test("the last <Directory /> that closes the file system is heard", async () => {
  const closed =
    "Timeout 60\n<Directory />\nRequire all granted\n</Directory>\n<Directory />\nRequire all denied\n</Directory>";
  const { risk, paths } = await reviewed(["Timeout 60", closed, /denied/]);
  expect(risk).toBe("some");
  expect(paths.map(({ after }) => after)).toContain("403");
});
