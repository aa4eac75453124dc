import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command.js";
import { confFixture } from "../support/conf-fixtures.js";

const fixture = (name: string): Readonly<Record<string, string>> => ({
  "httpd.conf": readFileSync(confFixture(name), "utf8"),
});

describe("httpd-balancer import", () => {
  it("writes a spec, says on stderr what became of each line, and ends with 0", async () => {
    const done = await runCommand(
      ["import", "httpd.conf", "--to", "yaml", "--out", "spec.yaml"],
      fixture("twins.conf"),
    );
    expect(done).toMatchObject({ status: 0, stdout: "" });
    expect(done.files["spec.yaml"]).toMatch(/^clusters:\n {2}pages:\n {4}stickysession: SID\n {4}members:\n {6}n1:\n/);
    const lines = done.stderr.split("\n");
    expect(lines).toContain("httpd.conf:3: understood: BalancerMember http://10.5.0.1:8080 route=n1");
    expect(lines).toContain("11 directives: 11 understood");
    expect(lines).toContain("httpd.conf: note: no Listen was read; port 80 is assumed");
  });

  it("says of a stock configuration first how much there is, and each directive that is kept once", async () => {
    const icons = Array.from({ length: 200 }, (_, at) => `AddIcon /icons/${at}.gif .x${at}\n`).join("");
    const stock = `Listen 80\n${icons}AddLanguage en .en\nAddLanguage de .de\nIndexOptions FancyIndexing\n`;
    const balancer = "<Proxy balancer://c>\nBalancerMember http://a:1\n</Proxy>\nProxyPass / balancer://c/\n";
    const done = await runCommand(["import", "a.conf", "--to", "yaml"], { "a.conf": `${stock}${balancer}` });
    const lines = done.stderr.trimEnd().split("\n");
    expect(lines[0]).toBe("207 directives: 4 understood, 203 kept as it is");
    expect(lines).toContain("a.conf:2: kept as it is: AddIcon /icons/0.gif .x0 (and 199 more, to line 201)");
    expect(lines).toContain("a.conf:202: kept as it is: AddLanguage en .en (and 1 more, to line 203)");
    expect(lines).toContain("a.conf:204: kept as it is: IndexOptions FancyIndexing");
    expect(lines.length).toBeLessThan(12);
  });

  it("prints a stack on stdout when no file is named", async () => {
    const done = await runCommand(["import", "httpd.conf", "--to", "ts"], fixture("article-mended.conf"));
    expect(done.status).toBe(0);
    expect(done.stdout).toContain(
      'mycluster.addStandby("node3", { url: "http://localhost:8480", retry: seconds(0) });',
    );
  });

  it("writes status letters as the types of the constructs have them", async () => {
    const conf = "<Proxy balancer://c>\nBalancerMember http://a:1\nBalancerMember http://b:1 status=+hd\n</Proxy>\n";
    const { stdout } = await runCommand(["import", "a.conf", "--to", "ts"], {
      "a.conf": `${conf}ProxyPass / balancer://c/\n`,
    });
    expect(stdout).toContain('status: "+HD"');
  });

  it("says all of that as one JSON document, too", async () => {
    const words = ["import", "httpd.conf", "--to", "yaml", "--json"];
    const done = await runCommand(words, fixture("twins.conf"));
    const json = JSON.parse(done.stdout) as Record<string, unknown>;
    const plain = await runCommand(words.slice(0, -1), fixture("twins.conf"));
    expect(done).toMatchObject({ status: 0, stderr: "" });
    expect(json).toMatchObject({ format: "yaml", text: plain.stdout });
    expect(json["lines"]).toContainEqual({
      file: "httpd.conf",
      line: 3,
      verdict: "understood",
      text: "BalancerMember http://10.5.0.1:8080 route=n1",
    });
    expect(json["notes"]).toEqual([
      { file: "httpd.conf", verdict: "note", text: "no Listen was read; port 80 is assumed" },
    ]);
  });

  it("says what httpd says to the article as it is printed, explains both slips, and ends with 1", async () => {
    const done = await runCommand(["import", "httpd.conf", "--to", "yaml"], fixture("article.conf"));
    expect(done).toMatchObject({ status: 1, stdout: "" });
    const [sentence, ...explained] = done.stderr.trimEnd().split("\n");
    expect(sentence).toBe("httpd.conf:2: BalancerMember can not have a balancer name when defined in a location");
    expect(explained).toHaveLength(4);
    expect(explained[0]).toMatch(
      /^httpd\.conf:2:64: .*'\/\/Active node1' for arguments.*: BalancerMember \S+8380 loadf/,
    );
    expect(explained[3]).toMatch(
      /^httpd\.conf:4:36: .*two colons before the port.*: BalancerMember http:\/\/localhost:8480 /,
    );
  });

  it("explains blanks around '=' and misspelt parameters", async () => {
    const text = "<Proxy balancer://c>\nBalancerMember http://h:1 loadfactor = 5 retyr=1\n</Proxy>\n";
    const done = await runCommand(["import", "httpd.conf", "--to", "yaml"], { "httpd.conf": text });
    expect(done.status).toBe(1);
    expect(done.stderr).toContain("write it without blanks: BalancerMember http://h:1 loadfactor=5 retry=1");
    expect(done.stderr).toContain("there is no parameter 'retyr'; 'retry' is meant?");
  });

  it("ends with 1 and names what the description cannot say", async () => {
    const done = await runCommand(["import", "httpd.conf", "--to", "yaml"], fixture("vhost-difference.conf"));
    expect(done.status).toBe(1);
    expect(done.stderr).toContain(
      "httpd.conf:9: not carried: virtual host 'app.example' has other settings for balancer 'app' (stickysession)",
    );
  });

  it("writes access control of httpd 2.2 as Require, unless Require stands elsewhere in the file", async () => {
    const old = fixture("access-2.2.conf");
    const rewritten = await runCommand(["import", "httpd.conf", "--to", "yaml"], old);
    expect(rewritten.stdout).toContain("Require not ip 10.0.0.7");
    expect(rewritten.stdout).not.toMatch(/Order|Deny from/);
    const mixed = { "httpd.conf": `${old["httpd.conf"] ?? ""}<Location /x>\nRequire local\n</Location>\n` };
    const kept = await runCommand(["import", "httpd.conf", "--to", "yaml"], mixed);
    expect(kept.stdout).toContain("Deny from 10.0.0.7");
  });

  it("writes nothing by which somebody would reach more, and names the lines of both", async () => {
    const text =
      "<Proxy balancer://c>\nBalancerMember http://h:1\n</Proxy>\nProxyPass / BALANCER://C/\n" +
      "<Proxy BALANCER://C>\nRequire all denied\n</Proxy>\n";
    const done = await runCommand(["import", "httpd.conf", "--to", "yaml", "--out", "s.yaml"], { "httpd.conf": text });
    expect(done.status).toBe(1);
    expect(done.files["s.yaml"]).toBeUndefined();
    expect(done.stderr).toMatch(
      /httpd\.conf:\d+: not accepted: somebody would reach what is closed to him: .*403 now, to balancer:/,
    );
    const json = await runCommand(["import", "httpd.conf", "--to", "ts", "--json"], { "httpd.conf": text });
    expect(JSON.parse(json.stdout)).not.toHaveProperty("text");
  });

  it("shows no secret", async () => {
    const text =
      "<Proxy balancer://c>\nBalancerMember ajp://user:hidden1@h secret=hidden2\nProxySet nonce=hidden3\n</Proxy>\n";
    const done = await runCommand(["import", "httpd.conf", "--to", "yaml", "--out", "x"], { "httpd.conf": text });
    expect(done.stderr).toContain("BalancerMember ajp://************@h secret=*******");
    expect(done.stderr).not.toContain("hidden");
  });

  it.each([
    [["import", "httpd.conf", "--to", "xml"], "--to: found 'xml'; use ts or yaml"],
    [["import", "missing.conf", "--to", "ts"], "missing.conf: no such file"],
    [["import", "spec.yaml", "--to", "ts"], "spec.yaml: is a spec already"],
    [["import", "binary.conf", "--to", "ts"], "binary.conf: is a binary file"],
    [["import", "folder", "--to", "ts"], "folder: holds no httpd.conf"],
  ])("%j ends with 2 and one sentence", async (words, sentence) => {
    const files = {
      "httpd.conf": "",
      "spec.yaml": "clusters: { c: { members: { a: 'http://a:1' } } }",
      "binary.conf": "\0\u0001",
      "folder/notes.txt": "",
    };
    const done = await runCommand(words, files);
    expect(done).toMatchObject({ status: 2, stdout: "" });
    expect(done.stderr).toMatch(new RegExp(`^httpd-balancer: ${sentence}[^\n]*\n$`));
  });

  it.each([
    [
      "workers.properties",
      "worker.list=lb\nworker.lb.type=lb\nworker.lb.balance_workers=n1\nworker.n1.type=ajp13\nworker.n1.host=a\nworker.n1.port=80090\n",
    ],
    ["httpd.conf", "<Proxy balancer://c>\nBalancerMember http://a:80090\n</Proxy>\nProxyPass / balancer://c/\n"],
  ])("writes nothing of a %s whose description has problems, and says so", async (name, text) => {
    for (const to of ["yaml", "ts"]) {
      const files = { [name]: text, "spec.yaml": "clusters: {}\n" };
      const done = await runCommand(["import", name, "--to", to, "--out", "spec.yaml"], files);
      expect(done).toMatchObject({ status: 1, stdout: "" });
      expect(done.files["spec.yaml"]).toBe("clusters: {}\n");
      expect(done.stderr).toMatch(/not accepted: url of member .*80090/);
      expect(done.stderr).toContain(`${name}: note: spec.yaml is not written: correct what is not accepted first\n`);
      const printed = await runCommand(["import", name, "--to", to], files);
      expect(printed).toMatchObject({ status: 1, stdout: "" });
      const json = await runCommand(["import", name, "--to", to, "--json"], files);
      expect(JSON.parse(json.stdout)).not.toHaveProperty("text");
    }
  });
});
