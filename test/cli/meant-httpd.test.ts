import { describe, expect, it } from "vitest";
import { DISTRIBUTIONS } from "../../core/vocabulary/distributions.js";
import type { DistributionName } from "../../core/vocabulary/distributions.js";
import { runCommand } from "../support/command.js";
import { jsonKeys } from "../support/json-keys.js";

const CONF = `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=a timeout=5
  BalancerMember http://10.0.0.2:8080 route=b timeout=5
  ProxySet stickysession=SID|sid
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`;
const spec = (more: string, layout = "debian"): string => `${more}clusters:
  shop:
    stickysession: SID|sid
    members:
      a: { url: "http://10.0.0.1:8080", route: a }
      b: { url: "http://10.0.0.2:8080", route: b }
servers:
  web: { layout: ${layout}, listen: [80], mounts: { /: shop } }
`;
const FILES = {
  "httpd.conf": CONF,
  "old.conf": CONF.replace("route=b", "route=b retry=9"),
  "red.conf": `ServerRoot /etc/httpd\n${CONF}`,
  "shop.yaml": spec(""),
  "old.yaml": spec("httpd: 2.4.58\n"),
  "red.yaml": spec("", "rhel"),
  "scenario.yaml": "steps:\n  - request: 3\n",
};

/** Every command that answers without a running httpd, as it is asked about an input. */
const COMMANDS = {
  configtest: (input) => ["configtest", input],
  lint: (input) => ["lint", input],
  simulate: (input) => ["simulate", input, "--scenario", "scenario.yaml"],
  check: (input) => ["check", input],
  explain: (input) => ["explain", input],
  import: (input) => ["import", input, "--to", "yaml"],
  runbook: (input) => ["runbook", "drain", input, "--member", "10.0.0.1:8080"],
  review: (input) => ["review", input, input],
} as const satisfies Record<string, (input: string) => readonly string[]>;
const NAMES = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[];

describe("the httpd that an answer is for", () => {
  it.each(NAMES)("is said by %s, as text and as JSON", async (name) => {
    const asked = [...COMMANDS[name]("httpd.conf"), "--httpd", "2.4.57"];
    const text = await runCommand(asked, FILES);
    expect(`${text.stdout}${text.stderr}`).toContain("for httpd 2.4.57 (as asked)\n");
    const { stdout } = await runCommand([...asked, "--json"], FILES);
    expect(jsonKeys(JSON.parse(stdout), "httpd")).toContain(
      name === "review" ? '{"before":"2.4.57","after":"2.4.57"}' : '"2.4.57"',
    );
  });

  it.each(NAMES.filter((name) => name !== "configtest" && name !== "import"))(
    "is that of the spec for %s, unless another one is asked for",
    async (name) => {
      const words = COMMANDS[name]("old.yaml");
      expect((await runCommand(words, FILES)).stdout).toContain("for httpd 2.4.58 (as the input says)\n");
      const asked = await runCommand([...words, "--httpd", "2.4.71"], FILES);
      expect(asked.stdout).toContain("for httpd 2.4.71 (as asked)\n");
    },
  );

  it.each([
    ["httpd.conf", "for httpd 2.4.71 (the default; --httpd names another)"],
    ["shop.yaml", "for httpd 2.4.71 (the default; --httpd names another)"],
    ["red.conf", "for httpd 2.4.62 (of layout rhel; --httpd names another)"],
    ["red.yaml", "for httpd 2.4.62 (of layout rhel; --httpd names another)"],
  ])("is that of the layout where nobody says it: %s", async (input, phrase) => {
    expect((await runCommand(["explain", input], FILES)).stdout).toContain(`${phrase}\n`);
    expect((await runCommand(["lint", input], FILES)).stdout).toContain(`${phrase}\n`);
  });

  it.each(Object.keys(DISTRIBUTIONS) as DistributionName[])(
    "is the release that %s is built from, and its back-ports are said not to be known",
    async (name) => {
      const { stdout } = await runCommand(["explain", "httpd.conf", "--httpd", name], FILES);
      expect(stdout).toContain(`for httpd ${DISTRIBUTIONS[name].httpd} (${name}; what it back-ports is not known)\n`);
    },
  );

  it("is the development branch as a preview, with what is not known of it", async () => {
    const { stdout } = await runCommand(["lint", "httpd.conf", "--httpd", "trunk"], FILES);
    expect(stdout).toMatch(/^for httpd 2[.]5[.]0 \(2[.]5 preview, read as 2[.]4[.]71: retry=0, .*\) \(as asked\)$/m);
  });

  it.each(["concise", "sarif", "junit", "markdown", "html"])("is said in the format %s", async (format) => {
    const { stdout } = await runCommand(["lint", "httpd.conf", "--httpd", "2.4.52", "--format", format], FILES);
    expect(stdout.replaceAll("`", "")).toContain("for httpd 2.4.52 (as asked)");
  });

  it.each(["github", "gitlab"])("is said behind each finding in the format %s, by its release", async (format) => {
    const { stdout } = await runCommand(["lint", "httpd.conf", "--httpd", "2.4.52", "--format", format], FILES);
    const findings = stdout.match(format === "github" ? /^::/gm : /"check_name"/g) ?? [];
    expect(findings.length).toBeGreaterThan(0);
    expect(stdout.match(/ For httpd 2[.]4[.]52[.]/g)).toHaveLength(findings.length);
    const trunk = await runCommand(["lint", "httpd.conf", "--httpd", "trunk", "--format", format], FILES);
    expect(trunk.stdout).toContain(" For httpd 2.5.0 (preview).");
  });

  it("is said in a flowchart, as a comment", async () => {
    const { stdout } = await runCommand(["explain", "httpd.conf", "--httpd", "2.4.52", "--mermaid"], FILES);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("  %% for httpd 2.4.52 (as asked)");
  });

  it("is said by render, as text and as JSON, and stands in what it writes", async () => {
    const words = ["render", "old.yaml", "--out", "out"];
    const { stdout, files } = await runCommand(words, FILES);
    expect(stdout).toContain("for httpd 2.4.58 (as the input says)\n");
    expect(files["out/httpd.conf"]).toMatch(/^# httpd 2[.]4[.]58 /);
    const json = await runCommand([...words, "--json"], FILES);
    expect(jsonKeys(JSON.parse(json.stdout), "httpd")).toEqual(['"2.4.58"']);
  });

  it("is said once of several inputs that have it in common, and each of those that differ", async () => {
    const same = await runCommand(["lint", "httpd.conf", "old.conf"], FILES);
    expect(same.stdout.match(/for httpd/g)).toHaveLength(1);
    const others = await runCommand(["lint", "httpd.conf", "red.conf", "--json"], FILES);
    expect(jsonKeys(JSON.parse(others.stdout), "httpd")).toEqual(['"2.4.71, 2.4.62"']);
  });

  it("decides: the session in the query string that 2.4.62 does not see", async () => {
    const scenario = "steps:\n  - request: { count: 3, path: '/?sid=x.b' }\n";
    const words = ["simulate", "shop.yaml", "--scenario", "scenario.yaml", "--json", "--httpd"];
    const picked = async (version: string): Promise<readonly string[]> => {
      const { stdout } = await runCommand([...words, version], { ...FILES, "scenario.yaml": scenario });
      const { picks } = JSON.parse(stdout) as { readonly picks: readonly { readonly name: string }[] };
      return picks.map(({ name }) => name);
    };
    expect(await picked("2.4.71")).toEqual(["b", "b", "b"]);
    expect(await picked("2.4.62")).toEqual(["a", "b", "a"]);
    expect(await picked("2.4.58")).toEqual(["b", "b", "b"]);
  });

  it("is asked of render, too: a word that came later is refused", async () => {
    const late = spec("").replace("route: a }", "route: a, addressttl: 5s }");
    const words = ["render", "shop.yaml", "--out", "out", "--httpd"];
    expect((await runCommand([...words, "2.4.59"], { "shop.yaml": late })).status).toBe(0);
    const refused = await runCommand([...words, "2.4.58"], { "shop.yaml": late });
    expect(refused).toMatchObject({ status: 1 });
    expect(refused.stderr).toContain("addressttl");
  });

  it("stays in what import writes, so that the spec is read for the same httpd", async () => {
    const { stdout } = await runCommand(["import", "httpd.conf", "--to", "yaml", "--httpd", "2.4.58"], FILES);
    expect(stdout).toContain("httpd: 2.4.58\n");
    const again = await runCommand(["explain", "made.yaml"], { "made.yaml": stdout });
    expect(again.stdout).toContain("for httpd 2.4.58 (as the input says)\n");
    const stack = await runCommand(["import", "httpd.conf", "--to", "ts", "--httpd", "2.4.58"], FILES);
    expect(stack.stdout).toContain('httpd: "2.4.58"');
  });
});
