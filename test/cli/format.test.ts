import { join } from "node:path";
import { describe, expect, it } from "vitest";
// The program loads a command when it is asked for; loaded here, no test spends its time on that.
import "../../cli/commands/check.js";
import "../../cli/commands/configtest.js";
import "../../cli/commands/lint.js";
import "../../cli/commands/simulate.js";
import { FORMATS } from "../../core/report/formats/index.js";
import { runCommand } from "../support/command.js";
import { junitFaults } from "../support/junit-schema.js";

const CONF = `<Proxy balancer://c>
  BalancerMember http://10.0.0.1:8080 retry=5min
  BalancerMember http://10.0.0.2:8080 status=+H
  ProxySet maxattempts=0
</Proxy>
ProxyPass / balancer://c/
`;
const FILES = {
  "httpd.conf": CONF,
  "/bad.conf": "::add-mask::a\n",
  "s.yaml": `steps:\n  - request: { count: 2, expect: { status: 404 } }\n  - request: 1\n`,
};

/** Each command with words after which it finds something, and the rule that says so. */
const COMMANDS: readonly (readonly [words: readonly string[], rule: string])[] = [
  [["lint", "httpd.conf"], "seconds-unit"],
  [["lint", "/bad.conf"], "configtest"],
  [["configtest", "/bad.conf"], "configtest"],
  [["check", "httpd.conf", "--no-mend", "--promise", "always-served"], "always-served"],
  [["simulate", "httpd.conf", "--scenario", "s.yaml"], "expectation"],
];

describe.each(COMMANDS)("%s", (words, rule) => {
  it.each(Object.keys(FORMATS))("reports as %s, with status 1", async (format) => {
    const { status, stdout, stderr } = await runCommand([...words, "--format", format], FILES);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/\n$/);
    if (format === "json" || format === "sarif" || format === "gitlab")
      expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });

  it("names its rule as GitHub's annotation, GitLab's issue, SARIF's result and JUnit's failure", async () => {
    const told = async (format: string): Promise<string> =>
      (await runCommand([...words, "--format", format], FILES)).stdout;
    expect(await told("github")).toMatch(new RegExp(`^::error .*title=${rule}::`, "m"));
    const issues = JSON.parse(await told("gitlab")) as readonly { readonly check_name: string }[];
    expect(issues.map((issue) => issue.check_name)).toContain(rule);
    const sarif = JSON.parse(await told("sarif")) as Sarif;
    const driver = sarif.runs[0]?.tool.driver.rules ?? [];
    const results = sarif.runs[0]?.results ?? [];
    expect(results.map(({ ruleId }) => ruleId)).toContain(rule);
    for (const { ruleId, ruleIndex } of results) expect(driver[ruleIndex]?.id).toBe(ruleId);
    const junit = await told("junit");
    expect(junit).toContain(`<testsuites name="httpd-balancer ${words[0] ?? ""}" `);
    expect(junit).toContain(`failures="${junit.match(/<failure /g)?.length ?? 0}"`);
    expect(junit).toContain(rule);
    expect(await junitFaults(junit)).toEqual([]);
  });

  it("lets no line of its input command a runner of GitHub", async () => {
    const { stdout } = await runCommand(words, FILES);
    expect(stdout).not.toMatch(/^\s*::|##\[/m);
  });

  it("knows no other format", async () => {
    const { status, stderr } = await runCommand([...words, "--format", "sarf"], FILES);
    expect(status).toBe(2);
    expect(stderr).toContain("--format: there is no 'sarf'; did you mean 'sarif'?");
  });
});

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
  }[];
}

describe("a file that is included", () => {
  const folder = join(process.cwd(), "conf");
  const files = { "conf/httpd.conf": "Include more.conf\n", [join(folder, "more.conf")]: CONF };

  it.each(["github", "gitlab", "sarif", "junit", "json", "concise", "text"])(
    "is named from the folder of the run, so that annotations attach: %s",
    async (format) => {
      const { stdout } = await runCommand(["lint", "conf/httpd.conf", "--format", format], files);
      expect(stdout).toContain("conf/more.conf");
      expect(stdout).not.toContain(folder);
    },
  );

  it("keeps its whole name where it lies elsewhere", async () => {
    const elsewhere = { "/srv/httpd.conf": "Include more.conf\n", "/srv/more.conf": CONF };
    const { stdout } = await runCommand(["lint", "/srv/httpd.conf", "--format", "github"], elsewhere);
    expect(stdout).toContain("file=/srv/more.conf");
  });
});

describe("JUnit", () => {
  it("has a passed case for what holds: a step as expected, a promise kept", async () => {
    const words = ["simulate", "httpd.conf", "--scenario", "s.yaml", "--format", "junit"];
    const { stdout } = await runCommand(words, FILES);
    expect(stdout).toContain(`<testcase classname="s.yaml" name="step 2"/>`);
    const kept = await runCommand(
      ["check", "httpd.conf", "--promise", "always-served", "--failures", "0", "--format", "junit"],
      FILES,
    );
    expect(kept.status).toBe(0);
    expect(kept.stdout).toContain(`name="always-served (c)"/>`);
  });
});

describe("a promise that holds as far as some line does not decide otherwise", () => {
  const doubtful = `${CONF}
<Location "/">
Require local
</Location>
`;
  const check = (format: string) =>
    runCommand(["check", "httpd.conf", "--promise", "always-served", "--failures", "0", "--format", format], {
      "httpd.conf": doubtful,
    });
  const line = doubtful.split("\n").indexOf("Require local") + 1;
  const clause = `as far as line ${line} does not decide otherwise`;

  it.each(["text", "sarif", "github", "gitlab", "junit"])("is told as such in %s, and exits clean", async (format) => {
    const { stdout, status } = await check(format);
    expect(stdout).toContain(clause);
    expect(status).toBe(0);
  });

  it("is not judged in JSON, with the line", async () => {
    const [promise] = (JSON.parse((await check("json")).stdout) as { readonly promises: readonly object[] }).promises;
    expect(promise).toMatchObject({ holds: true, judged: false, doubts: [`httpd.conf:${line}`] });
  });
});
