import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { inLab } from "../core/lint/lab.js";
import { runCommand } from "../support/command.js";
import { component, describeReal } from "../support/real.js";

const MEMBERS =
  "<Proxy balancer://c>\nBalancerMember http://h:1\nBalancerMember http://h:2\nBalancerMember http://h:3\nProxySet maxattempts=4\n</Proxy>\n";
const ALL = "ProxyPass / balancer://c/\n";

interface Json {
  readonly promises: readonly {
    readonly verdict: string;
    readonly holds: boolean;
    readonly elsewhere?: readonly { readonly path: string; readonly by: readonly string[] }[];
    readonly replay?: { readonly status: number; readonly agrees: boolean; readonly broken: boolean };
    readonly doubts: readonly unknown[];
  }[];
}

async function checked(file: string, text: string, ...words: readonly string[]): Promise<Json["promises"]> {
  const { stdout, stderr } = await runCommand(["check", file, "--json", ...words], { [file]: text });
  expect(stdout, stderr).not.toBe("");
  return (JSON.parse(stdout) as Json).promises;
}

/** A cluster with a promise. */
const spec = (lbmethod: string, promise: object, members: readonly object[]): string =>
  JSON.stringify({
    clusters: {
      c: { lbmethod, promises: [promise], members: Object.fromEntries(members.map((one, at) => [`m${at}`, one])) },
    },
    servers: { web: { listen: [80], mounts: { "/": "c" } } },
  });

describeReal("always-served, of a balancer that httpd keeps every request from,", ["apache2"], () => {
  it.each([
    ["access of <Proxy *>", 403, "<Proxy *>\nRequire all denied\n</Proxy>\n"],
    ["access of a Location", 403, "<Location />\nRequire all denied\n</Location>\n"],
    ["no-proxy", 404, "SetEnvIf Request_URI ^/ no-proxy\n"],
    ["a limit", 414, "LimitRequestLine 10\n"],
  ])("is no promise that holds: %s", { timeout: 180_000 }, async (_, status, lines) => {
    const words = ["--promise", "always-served", "--failures", "1", "--replay"];
    const [result] = await checked("httpd.conf", `${MEMBERS}${lines}${ALL}`, ...words);
    expect(result).toMatchObject({ holds: false, replay: { status, agrees: true, broken: true } });
  });

  it("is no promise that holds where no path leads to it", { timeout: 180_000 }, async () => {
    const conf = `${MEMBERS}<LocationMatch "^/m">\nProxyPass balancer://c\n</LocationMatch>\n`;
    expect(await checked("httpd.conf", conf, "--promise", "always-served")).toMatchObject([{ holds: false }]);
  });
});

describeReal("a file that only narrows who may ask for some paths", ["apache2"], () => {
  it.each([
    ["by address", "Require ip 10.0.0.0/8"],
    ["by a password", "AuthType Basic\nAuthName in\nAuthUserFile /dev/null\nRequire valid-user"],
    ["by a group that nobody here can ask for", "Require ldap-group cn=operators"],
    ["for everybody", "Require all denied"],
    ["in the words of httpd 2.2", "Order deny,allow\nDeny from all\nAllow from 10.0.0.1"],
  ])("still holds, with the line: %s", { timeout: 180_000 }, async (_, requirement) => {
    const conf = `${MEMBERS}${ALL}<Location /in>\n${requirement}\n</Location>\n`;
    const line = conf.split("\n").findIndex((text) => /^(?:Require|Deny)/.test(text)) + 1;
    const results = await checked("httpd.conf", conf, "--failures", "1");
    expect(results.length).toBeGreaterThan(0);
    for (const { verdict, elsewhere = [] } of results)
      expect([verdict, elsewhere.length <= 1]).toEqual(["holds", true]);
    expect(results[0]?.elsewhere?.[0]).toMatchObject({ path: "/in" });
    expect(results[0]?.elsewhere?.[0]?.by).toContain(`httpd.conf:${line}`);
  });

  it("is served on all other paths by the real httpd", { timeout: 180_000 }, async () => {
    await inLab(
      ({ a, b, c }) =>
        `${MEMBERS.replace("http://h:1", a).replace("http://h:2", b).replace("http://h:3", c)}${ALL}<Location /in>\nRequire ip 10.0.0.0/8\n</Location>`,
      async ({ ask }) => {
        expect([await ask(1, "/in"), await ask(3, "/x")]).toEqual(["403", "abc"]);
      },
    );
  });
});

describeReal("promises that more than the order decides", ["apache2"], () => {
  it("shares of bybusyness, and what its members can take, are not judged", { timeout: 180_000 }, async () => {
    for (const promise of [
      { share: { member: "m1", about: 0.8333, within: 0.02 } },
      { capacity: { requestsPerSecond: 90 } },
    ]) {
      const members = [
        { url: "http://h:1", capacity: 100 },
        { url: "http://h:2", capacity: 100, loadfactor: 5 },
      ];
      const results = await checked("s.json", spec("bybusyness", promise, members), "--failures", "0");
      expect(results).toMatchObject([{ verdict: "unjudged", holds: false }]);
    }
  });

  it("a share that its scenario shows is the one the real httpd gives", { timeout: 180_000 }, async () => {
    const members = [3, 4, 4, 4].map((loadfactor, at) => ({
      ...{ url: `http://h:${at + 1}`, loadfactor },
      ...(at === 3 && { role: "spare" }),
    }));
    const share = { share: { member: "m1", about: 0.3636, within: 0.02 } };
    const results = await checked("s.json", spec("byrequests", share, members), "--failures", "1", "--replay");
    expect(results).toMatchObject([{ holds: false, replay: { agrees: true, broken: true } }]);
  });
});

describeReal("what httpd does not read of a file", ["apache2"], () => {
  it("a block that is off is told, and is on with -D", { timeout: 180_000 }, async () => {
    const conf = `${MEMBERS}<IfDefine SSL>\n${ALL}</IfDefine>\n`;
    expect((await runCommand(["explain", "httpd.conf"], { "httpd.conf": conf })).stderr).toContain(
      "<IfDefine SSL> does not hold",
    );
    const played = async (status: number, ...more: readonly string[]): Promise<unknown> => {
      const scenario = `steps:\n  - request: { path: /, expect: { status: ${status} } }\n`;
      const words = ["rehearse", "httpd.conf", "--scenario", "scenario.yaml", "--json", ...more];
      const { stdout } = await runCommand(words, { "httpd.conf": conf, "scenario.yaml": scenario });
      return JSON.parse(stdout);
    };
    expect(await played(404)).toMatchObject({ agrees: true, failures: [], picks: [{ member: null, status: 404 }] });
    expect(await played(200, "-D", "SSL")).toMatchObject({ agrees: true, failures: [], picks: [{ status: 200 }] });
  });

  it("a variable without a value is told by httpd, and by every command", { timeout: 180_000 }, async () => {
    const line = "ServerAdmin ${NOWHERE}";
    const words = ["-t", "-C", line, "-C", "ServerRoot /usr/lib/apache2", "-f", "/dev/null"];
    expect(spawnSync(component("apache2"), words, { encoding: "utf8", env: {} }).stderr).toContain("AH00111");
    const { stderr } = await runCommand(["configtest", "httpd.conf"], { "httpd.conf": `${line}\n` });
    expect(stderr).toContain("${NOWHERE} is not defined");
  });
});
