import { describe, expect, test } from "vitest";
import "../../cli/commands/review.js";
import { runCommand } from "../support/command.js";

const BASE = `clusters:
  c:
    maxattempts: 3
    members:
      a: { url: http://10.0.0.1:8080 }
      b: { url: http://10.0.0.2:8080 }
servers:
  web: { listen: [80], mounts: { /: c } }
`;
const CONF = `<Proxy balancer://c>
  BalancerMember http://10.0.0.1:8080 retry=60
  BalancerMember http://10.0.0.2:8080
  ProxySet maxattempts=3
</Proxy>
ProxyPass / balancer://c/
ProxyPassReverse / balancer://c/
`;
const FILES = {
  "base.yaml": BASE,
  "head.yaml": BASE.replace("8080 }", "8080, loadfactor: 3 }"),
  "broken.yaml": BASE.replace("maxattempts: 3", "maxattempts: 0"),
  "bad.yaml": "clusters: [\n",
  "httpd.conf": CONF,
  "bad.conf": "ProxyPass\n",
};

interface Json {
  readonly changed: boolean;
  readonly summary: string;
  readonly notes: readonly string[];
  readonly clusters: readonly { readonly name: string; readonly kind: string; readonly shares: object }[];
}

describe("review", () => {
  test("two specs: the contract's JSON, on stdout alone", async () => {
    const { status, stdout, stderr } = await runCommand(["review", "base.yaml", "head.yaml", "--json"], FILES);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      summary: "Traffic changes: a gets 3/4 (75.0 %) of c instead of 1/2 (50.0 %).",
      changed: true,
      clusters: [
        {
          name: "c",
          shares: { before: { a: "1/2", b: "1/2" }, after: { a: "3/4", b: "1/4" } },
          promises: { broken: [], mended: [] },
        },
      ],
      findings: { new: [], fixed: [] },
    });
  });

  test("a spec and an httpd.conf that say the same are no change", async () => {
    const conf = await runCommand(["render", "base.yaml", "--out", "out"], FILES);
    const { status, stdout } = await runCommand(["review", "base.yaml", "out/httpd.conf", "--json"], conf.files);
    const json = JSON.parse(stdout) as Json;
    expect({ status, changed: json.changed, clusters: json.clusters }).toEqual({
      status: 0,
      changed: false,
      clusters: [],
    });
  });

  test("an httpd.conf against a spec names each side's members as that side does", async () => {
    const conf = await runCommand(["render", "base.yaml", "--out", "out"], FILES);
    const { stdout } = await runCommand(["review", "out/httpd.conf", "head.yaml", "--json"], conf.files);
    const [cluster] = (JSON.parse(stdout) as Json).clusters;
    expect(cluster?.shares).toEqual({
      before: { "http://10.0.0.1:8080": "1/2", "http://10.0.0.2:8080": "1/2" },
      after: { a: "3/4", b: "1/4" },
    });
  });

  test("the same httpd.conf in another spelling is no change, and says so in its first line", async () => {
    const spelled = `# a remark\n${CONF.replace("retry=60", "").replace("ProxySet maxattempts=3", 'proxyset "maxattempts=3" lbmethod=byrequests')}`;
    const { status, stdout } = await runCommand(["review", "httpd.conf", "new.conf"], {
      ...FILES,
      "new.conf": spelled,
    });
    expect(status).toBe(0);
    expect(stdout.split("\n")[0]).toBe("No effect on traffic: only the spelling changes.");
  });

  test("fits 80 columns", async () => {
    const { stdout } = await runCommand(["review", "base.yaml", "broken.yaml"], FILES);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("policy", () => {
  test.each([
    ["broken.yaml", [], 1],
    ["head.yaml", [], 0],
    ["head.yaml", ["--fail-on", "traffic"], 1],
    ["head.yaml", ["--fail-on", "changed"], 1],
    ["base.yaml", ["--fail-on", "traffic,changed,broken,errors,warnings"], 0],
    ["broken.yaml", ["--fail-on", "nothing"], 0],
  ])("%s with %j ends with %i", async (head, words, expected) => {
    const { status } = await runCommand(["review", "base.yaml", head, ...words], FILES);
    expect(status).toBe(expected);
  });
});

describe("bad input", () => {
  test.each([
    [["review", "base.yaml", "bad.yaml"], /bad\.yaml:\d+:\d+: /],
    [["review", "base.yaml", "bad.conf"], /bad\.conf:1: /],
    [["review", "base.yaml", "none.yaml"], /none\.yaml: no such file/],
    [["review", "none.yaml", "head.yaml"], /none\.yaml: no such file/],
    [["review", "base.yaml"], /name BASE and HEAD/],
    [["review", "base.yaml", "head.yaml", "--fail-on", "x"], /--fail-on: found 'x'/],
    [["review", "base.yaml", "head.yaml", "--budget", "0"], /--budget: found '0'/],
  ])("%j ends with 2 and one sentence", async (words, sentence) => {
    const { status, stdout, stderr } = await runCommand(words, FILES);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test("two inputs without a balancer that is read are told as such, not as harmless", async () => {
    const files = { "a.conf": "IncludeOptional none/*.conf\n", "b.conf": "ServerName b\n" };
    const { status, stdout } = await runCommand(["review", "a.conf", "b.conf", "--json"], files);
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as Json).notes).toEqual([
      "no balancer is read here: this says nothing about other traffic",
    ]);
  });

  test("a base that does not parse leaves a report on the head alone, which says so", async () => {
    const { status, stdout } = await runCommand(["review", "bad.yaml", "head.yaml", "--json"], FILES);
    const json = JSON.parse(stdout) as Json;
    expect(status).toBe(0);
    expect(json.notes[0]).toMatch(/^the base cannot be read, so that this is about the head alone: bad\.yaml:/);
    expect(json.clusters).toMatchObject([{ name: "c", kind: "added" }]);
  });
});
