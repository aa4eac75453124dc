import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configtest } from "../../../core/conf/configtest.js";
import type { ConfigTest } from "../../../core/conf/configtest.js";
import { NO_FILES } from "../../../core/conf/reader.js";
import { ourVerdict } from "./configtest.oracle.js";

interface Sample {
  readonly conf: string;
  readonly ok: boolean;
  readonly line: number | null;
  readonly message: string | null;
}

const SAMPLES = readFileSync(join(__dirname, "../../fixtures/verdicts/verdicts.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Sample);

/** Places in sentences about sections left open, which name the file of the recording. */
const RECORDED = /\\n\S*:\d+: /g;

function judge(text: string): ConfigTest {
  return configtest({ path: "/etc/httpd/httpd.conf", text, reader: NO_FILES });
}

function sentence(text: string): string {
  const { error } = judge(text);
  return error === undefined ? "Syntax OK" : `${error.line}: ${error.message}`;
}

describe("configtest", () => {
  test.each(SAMPLES)("agrees with the recorded verdict $message", (sample) => {
    const ours = ourVerdict(sample.conf);
    expect(ours.ok).toBe(sample.ok);
    expect(ours.line ?? null).toBe(sample.line);
    const message = ours.message?.replace(RECORDED, "\\n");
    expect(message ?? null).toBe(sample.message?.replace(RECORDED, "\\n") ?? null);
  });

  test("judges the structure of the whole before any directive", () => {
    expect(sentence("ProxyTimeout 0\n</Proxy>")).toBe("2: </Proxy> without matching <Proxy> section");
    expect(sentence("ProxyTimeout 0\n")).toBe("1: Proxy Timeout must be at least 1 second.");
  });

  test("judges the content of a section before its arguments", () => {
    expect(sentence("<Proxy balancer://c lbmethod=no>\nNonsense\n</Proxy>")).toMatch(/^2: Invalid command 'Nonsense'/);
    expect(sentence("<Proxy balancer://c lbmethod=no>\n</Proxy>")).toBe(
      "1: <Proxy unknown lbmethod lbmethod=no; balancer://c",
    );
  });

  test("does not look at the parameters of a member that shares a worker", () => {
    const members = (first: string, second: string): string =>
      `<Proxy balancer://c>\nBalancerMember ${first}\nBalancerMember ${second} retry=-1\n</Proxy>`;
    expect(sentence(members("http://h:1", "http://H:1/app"))).toBe("Syntax OK");
    expect(sentence(members("http://h:1/app", "http://h:1"))).toBe("3: BalancerMember Retry must be a positive value");
    expect(sentence(members("http://h:80", "http://h"))).toBe("Syntax OK");
    expect(sentence(members("unix:/a|http://h", "unix:/b|http://h"))).toBe("Syntax OK");
  });

  test("keeps balancers, templates and expressions of virtual hosts apart", () => {
    const template = "ProxyHCTemplate t hcinterval=5\n";
    const member = "<Proxy balancer://c>\nBalancerMember http://h hctemplate=t\n</Proxy>\n";
    expect(sentence(template + member)).toBe("Syntax OK");
    expect(sentence(`${template}<VirtualHost *:80>\n${member}</VirtualHost>`)).toBe(
      "4: BalancerMember Unknown ProxyHCTemplate name: t",
    );
  });

  test("says what stops the article it was founded on", () => {
    const member = "BalancerMember http://localhost:8380 loadfactor=1";
    expect(sentence(`<Proxy balancer://c>\n  ${member} //Active node1\n</Proxy>`)).toBe(
      "2: BalancerMember can not have a balancer name when defined in a location",
    );
    expect(sentence("<Proxy balancer://c>\n  BalancerMember http://localhost::8480\n</Proxy>")).toBe(
      "2: BalancerMember Unable to parse URL: http://localhost::8480",
    );
  });

  test("escapes what httpd escapes in its log", () => {
    expect(sentence("Foo\\bar\xe9\x01")).toMatch(/^1: Invalid command 'Foo\\\\bar\\xe9\\x01', perhaps/);
  });

  test("accepts directives of modules it does not know, and lists them", () => {
    const text = "LoadModule foo_module modules/mod_foo.so\nFooThing a b\n<FooPlace>\nBar\n</FooPlace>\n";
    const { error, notJudged } = judge(text);
    expect(error).toBeUndefined();
    expect(notJudged.map((directive) => directive.name)).toEqual(["FooThing", "FooPlace"]);
    expect(sentence("LoadModule dir_module modules/mod_dir.so\nFooThing a b")).toMatch(
      /^2: Invalid command 'FooThing'/,
    );
  });

  test("reports what passes -t and fails the start", () => {
    const load = (...names: readonly string[]): string =>
      names.map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`).join("");
    const balancer = "<Proxy balancer://c>\nBalancerMember http://h\n</Proxy>";
    const ids = (text: string): readonly string[] => judge(text).startUp.map((finding) => finding.id);
    expect(ids(load("proxy", "proxy_balancer") + balancer)).toEqual(["AH01177", "AH02432"]);
    expect(ids(load("proxy", "proxy_balancer", "slotmem_shm", "lbmethod_byrequests") + balancer)).toEqual([]);
    const other = balancer.replace("\nB", "\nProxySet lbmethod=bytraffic\nB");
    expect(ids(load("proxy", "proxy_balancer", "slotmem_shm", "lbmethod_bytraffic") + other)).toEqual([]);
  });

  test("is linear in the number of members of one balancer", () => {
    const members = Array.from({ length: 20_000 }, (_, index) => `  BalancerMember http://h${index}:8080\n`).join("");
    expect(sentence(`<Proxy balancer://c>\n${members}  Nonsense\n</Proxy>`)).toMatch(/^20002: Invalid command/);
  });
});
