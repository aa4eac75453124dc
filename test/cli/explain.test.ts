import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command.js";

const CONF = `<Proxy balancer://mycluster>
  BalancerMember http://127.0.0.1:8380 loadfactor=1 retry=10
  BalancerMember http://127.0.0.1:8580 loadfactor=5 retry=10
  BalancerMember http://127.0.0.1:8480 status=+H retry=10
</Proxy>
ProxyPass / balancer://mycluster/
`;

async function explain(...options: readonly string[]) {
  return runCommand(["explain", "httpd.conf", ...options], { "httpd.conf": CONF });
}

describe("explain", () => {
  it("says in sentences who serves and who is next", async () => {
    const result = await explain();
    expect(result).toMatchObject({ status: 0, stderr: "" });
    expect(result.stdout).toContain("While all are up: 127.0.0.1:8380 1/6 (16.7 %), 127.0.0.1:8580 5/6 (83.3 %).");
    expect(result.stdout).toContain("When 127.0.0.1:8380, 127.0.0.1:8580 cannot serve: 127.0.0.1:8480.");
  });

  it("shows what each failure costs, and proposes the maxattempts that closes the hole, as searched", async () => {
    const { stdout } = await explain("--load", "100");
    expect(stdout).toContain("127.0.0.1:8580  83.3 %  0        up to 60s              10s ");
    expect(stdout).toContain(
      "127.0.0.1:8580 (within 4800ms), holds up to 400 of httpd's 400 workers at 100 requests/s",
    );
    expect(stdout).toMatch(
      /With up to 2 down a request may be refused: After .* What mends it, as checked: maxattempts=3\.\n/,
    );
    const json = JSON.parse((await explain("--json")).stdout) as {
      readonly balancers: readonly { readonly outlook: object }[];
    };
    expect(json.balancers[0]?.outlook).toMatchObject({
      longestWaitSeconds: 120,
      alwaysServed: { failures: 2, holds: false, mends: [["maxattempts=3"]] },
    });
    const mended = CONF.replace("</Proxy>", "  ProxySet maxattempts=3\n</Proxy>");
    const after = await runCommand(["explain", "httpd.conf"], { "httpd.conf": mended });
    expect(after.stdout).toContain("With up to 2 down every request is served while anybody can serve it.");
  });

  it("tells nothing of failures where httpd cannot ask a member: who takes over might be that one", async () => {
    const modules = [
      "mpm_event",
      "authz_core",
      "slotmem_shm",
      "proxy",
      "proxy_balancer",
      "lbmethod_byrequests",
      "proxy_http",
    ];
    const loads = modules.map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`).join("");
    const files = {
      "httpd.conf": `${loads}Listen 80\n${CONF.replace("http://127.0.0.1:8580", "ajp://127.0.0.1:8580")}`,
    };
    const { stdout } = await runCommand(["explain", "httpd.conf"], files);
    expect(stdout).toContain("Requests that are given to 127.0.0.1:8580 get 503, whoever else is up");
    expect(stdout).toContain(
      "What failures cost is not told, as no module that is loaded handles the scheme of 127.0.0.1:8580",
    );
    expect(stdout).not.toMatch(/Instead serve|cannot serve|No request fails/);
    const { stdout: json } = await runCommand(["explain", "httpd.conf", "--json"], files);
    const document = JSON.parse(json) as { balancers: readonly unknown[] };
    expect(document.balancers).toMatchObject([
      { failures: [], failuresLeftOut: 2, outlook: { failures: [], silent: [] } },
    ]);
  });

  it("prints one JSON document", async () => {
    const { stdout } = await explain("--json");
    expect(JSON.parse(stdout)).toMatchObject({ balancers: [{ balancer: "mycluster", period: 6, paths: ["/"] }] });
  });

  it("finds load factors for wanted shares", async () => {
    const result = await explain("--want", "127.0.0.1:8380=30, 127.0.0.1:8580=70%");
    expect(result.stdout).toBe(
      "127.0.0.1:8380 loadfactor=3 gets 30.000 %\n127.0.0.1:8580 loadfactor=7 gets 70.000 %\nexactly what is wanted\n",
    );
    const json = await explain("--want", "http://127.0.0.1:8380=1,http://127.0.0.1:8580=5", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({
      members: [
        { member: "http://127.0.0.1:8380", loadfactor: 1 },
        { member: "http://127.0.0.1:8580", loadfactor: 5 },
      ],
    });
  });

  it("refuses shares that are none, with status 2", async () => {
    const result = await explain("--want", "a=0,b=1");
    expect(result).toMatchObject({ status: 2, stdout: "" });
    expect(result.stderr).toContain("--want: found 'a=0', allowed is member=amount with an amount above 0");
  });

  it.each([
    ["node9=3", "--want: found 'node9', allowed is the name or URL of a member; use one of http://127.0.0.1:8380, "],
    ["http://127.0.0.1:8381=3", "did you mean 'http://127.0.0.1:8380'?"],
  ])("refuses shares of what is no member: %s", async (want, said) => {
    const result = await explain("--want", `127.0.0.1:8580=1,${want}`);
    expect(result).toMatchObject({ status: 2, stdout: "" });
    expect(result.stderr).toContain(said);
  });

  it.each([
    ["mount-revers", "did you mean 'mount-reverse'?"],
    ["maxattemps", "did you mean 'maxattempts'?"],
    ["ProxyPreserveHst", "did you mean 'proxypreservehost'?"],
  ])("names the rule or parameter that is nearest to %s", async (word, said) => {
    const done = await runCommand(["explain", word], {});
    expect(done).toMatchObject({ status: 2, stdout: "" });
    expect(done.stderr).toBe(`httpd-balancer: ${word}: is no file, no rule and no parameter; ${said}\n`);
  });
});
