import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Replay } from "../../cli/replay.js";
import { describeReal } from "../support/real.js";
import { runCommand } from "../support/command.js";

const ARTICLE = [
  "<Proxy balancer://cluster>",
  "  BalancerMember http://localhost:8380 loadfactor=1 retry=10",
  "  BalancerMember http://localhost:8580 loadfactor=5 retry=10",
  "  BalancerMember http://localhost:8480 status=+H retry=10",
  "  ProxySet lbmethod=byrequests",
  "</Proxy>",
  "ProxyPass / balancer://cluster/",
  "",
].join("\n");

interface Json {
  readonly promises: readonly {
    readonly id: string;
    readonly holds: boolean;
    readonly states: number;
    readonly counterexample: {
      readonly scenario: unknown;
      readonly explanation: string;
      readonly events: number;
    } | null;
    readonly mends?: readonly { readonly changes: readonly { readonly text: string }[] }[];
    readonly race?: { readonly events: number; readonly explanation: string };
    readonly acknowledged?: string;
  }[];
}

async function check(conf: string, ...words: readonly string[]): Promise<{ status: number; json: Json }> {
  const { status, stdout } = await runCommand(["check", "httpd.conf", "--json", ...words], { "httpd.conf": conf });
  return { status, json: JSON.parse(stdout) as Json };
}

describe("check", () => {
  test("the article with retry=10 everywhere breaks in seven events, told so that the last request is the refused one", async () => {
    const { status, json } = await check(ARTICLE, "--promise", "always-served");
    const [result] = json.promises;
    expect(status).toBe(1);
    expect(result).toMatchObject({ id: "always-served", holds: false, counterexample: { events: 7 } });
    expect(result?.counterexample?.scenario).toEqual({
      steps: [
        { request: 1 },
        { stop: ["http://localhost:8580"] },
        { request: 1 },
        { start: ["http://localhost:8580"] },
        { stop: ["http://localhost:8380"] },
        { stop: ["http://localhost:8480"] },
        { request: 1 },
      ],
    });
  });

  test("the scenario it shows is a scenario file", async () => {
    const { json } = await check(ARTICLE, "--promise", "always-served");
    const { stdout } = await runCommand(["check", "httpd.conf", "--promise", "always-served"], {
      "httpd.conf": ARTICLE,
    });
    // The last line says the httpd that the answer is for.
    const shown = stdout.slice(stdout.indexOf("    steps:"), stdout.lastIndexOf("for httpd "));
    expect(parse(shown)).toEqual(json.promises[0]?.counterexample?.scenario);
  });

  test("the article holds for one failure", async () => {
    const { status, json } = await check(ARTICLE, "--promise", "always-served", "--failures", "1");
    expect(status).toBe(0);
    expect(json.promises).toMatchObject([{ id: "always-served", holds: true, counterexample: null }]);
  });

  test("the maxattempts that check proposes closes the hole, and the search confirms it", async () => {
    const { json } = await check(ARTICLE, "--promise", "always-served");
    const text = json.promises[0]?.mends?.[0]?.changes[0]?.text ?? "";
    expect(text).toMatch(/^maxattempts=[0-9]+$/);
    const mended = ARTICLE.replace("lbmethod=byrequests", `lbmethod=byrequests ${text}`);
    expect((await check(mended, "--promise", "always-served")).status).toBe(0);
  });

  test("a standby with retry=0, as the article prints it, is told to be a race that may refuse a request sooner", async () => {
    const printed = ARTICLE.replace("status=+H retry=10", "status=+H retry=0");
    const { json } = await check(printed, "--promise", "always-served");
    expect(json.promises[0]).toMatchObject({ holds: false, race: { events: 6 } });
    expect(json.promises[0]?.race?.explanation).toMatch(/race inside httpd \(retry=0\)/);
  });

  test("the explanation names the line of the configuration at fault", async () => {
    const conf = ARTICLE.replace("lbmethod=byrequests", "maxattempts=1");
    const { stdout } = await runCommand(["check", "httpd.conf", "--promise", "always-served"], { "httpd.conf": conf });
    expect(stdout).toContain("httpd.conf:5: ");
  });

  test("a broken promise that is acknowledged is shown with its reason and fails nothing", async () => {
    const spec = [
      "clusters:",
      "  c:",
      "    promises: [always-served]",
      "    acknowledged: { always-served: two nodes are enough for the canteen }",
      "    members:",
      "      a: http://localhost:8380",
      "      b: http://localhost:8580",
      "",
    ].join("\n");
    const { status, stdout } = await runCommand(["check", "spec.yaml", "--json"], { "spec.yaml": spec });
    const { promises } = JSON.parse(stdout) as Json;
    expect(promises).toMatchObject([{ holds: false, acknowledged: "two nodes are enough for the canteen" }]);
    expect(status).toBe(0);
  });

  test.each([
    [["--promise", "always-servd"], "did you mean 'always-served'"],
    [["--failures", "many"], "write a whole number"],
    [["--operator", "reboot"], "use one of drain, disable, restart"],
    [["--promise", "capacity"], "requestsPerSecond"],
  ])("bad usage %j is one sentence and exit status 2", async (words, sentence) => {
    const { status, stderr } = await runCommand(["check", "httpd.conf", ...words], { "httpd.conf": ARTICLE });
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

describe("a counterexample is a scenario that simulate plays, however the balancer is mounted", () => {
  const shop =
    "<Proxy balancer://shop>\nBalancerMember http://a:80\nBalancerMember http://b:80\nProxySet maxattempts=0\n</Proxy>\n";
  const hosts = "Listen 80\nListen 443\n<VirtualHost *:80>\nServerName shop.example\n</VirtualHost>\n";
  test.each([
    ["by an expression", `${shop}ProxyPassMatch ^/(?:x|y)/([^/]+)/[0-9]{2}\\.do$ balancer://shop/$1\n`],
    ["by a rewrite rule", `${shop}RewriteEngine On\nRewriteRule ^/shop(/.*)?$ balancer://shop$1 [P]\n`],
    [
      "in the virtual host of another port",
      `${shop}${hosts}<VirtualHost *:443>\nServerName shop.example\nProxyPass / balancer://shop/\n</VirtualHost>\n`,
    ],
    [
      "in a virtual host that sees it with settings of its own",
      `${shop}<VirtualHost *:80>\nServerName shop.example\nProxyPass / balancer://shop/ lbmethod=bybusyness\n</VirtualHost>\n`,
    ],
  ])("%s", async (_, conf) => {
    const { json } = await check(conf, "--promise", "always-served");
    const scenario = JSON.stringify(json.promises[0]?.counterexample?.scenario);
    const files = { "httpd.conf": conf, "scenario.json": scenario };
    const result = await runCommand(["simulate", "httpd.conf", "--scenario", "scenario.json", "--json"], files);
    expect(result).toMatchObject({ status: 0, stderr: "" });
    const { picks } = JSON.parse(result.stdout) as { picks: readonly unknown[] };
    expect(picks.at(-1)).toMatchObject({ member: null, status: 503 });
  });
});

describeReal("check --replay", ["apache2"], () => {
  test("the real httpd refuses the last request of the article's hole, and agrees with the model on all of them", async () => {
    const { json } = await check(ARTICLE, "--promise", "always-served", "--replay");
    expect(json.promises[0]).toMatchObject({ replay: { status: 503, agrees: true } });
  });

  test("a capacity is replayed at the rate that is promised, and the rates that were measured are told", async () => {
    const spec = {
      clusters: {
        c: {
          members: {
            a: { url: "http://localhost:8380", capacity: 20 },
            b: { url: "http://localhost:8580", capacity: 20 },
          },
          promises: [{ capacity: { requestsPerSecond: 30 } }],
        },
      },
      servers: { web: { listen: [80], mounts: { "/": "c" } } },
    };
    const files = { "shop.json": JSON.stringify(spec) };
    const { stdout } = await runCommand(["check", "shop.json", "--failures", "1", "--replay", "--json"], files);
    const [result] = (JSON.parse(stdout) as { promises: { replay: Replay }[] }).promises;
    expect(result).toMatchObject({ replay: { agrees: true, broken: true } });
    const { sent = 0, members = [] } = result?.replay.rates ?? {};
    // A busy machine sends later than it should, never sooner.
    expect(sent).toBeLessThanOrEqual(30.5);
    expect(sent).toBeGreaterThan(10);
    expect(members.map(({ member, rate }) => [member, rate > 0])).toEqual([
      ["a", false],
      ["b", true],
    ]);
    const { stdout: text } = await runCommand(["check", "shop.json", "--failures", "1", "--replay"], files);
    expect(text).toMatch(
      /on a real httpd the promise is broken: of [0-9.]+ requests per second b got [0-9.]+ \(capacity 20\)/,
    );
  });

  test.each([
    ["a page to ask for that is not given", "hcmethod=GET hcinterval=1", ["--failures", "0"]],
    ["status=+C", "status=+C", ["--failures", "1"]],
  ])("a standby serves beside a member that is out for ever, by %s", async (_, parameters, words) => {
    const conf = [
      "<Proxy balancer://c>",
      `  BalancerMember http://localhost:8380 ${parameters}`,
      "  BalancerMember http://localhost:8580 status=+H",
      "</Proxy>",
      "ProxyPass / balancer://c/",
      "",
    ].join("\n");
    const { json } = await check(conf, "--promise", "standby-idle", ...words, "--replay");
    expect(json.promises[0]).toMatchObject({ verdict: "broken", replay: { agrees: true, broken: true } });
  });
});
