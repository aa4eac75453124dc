import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { testConf } from "../../../../core/conf/run/configtest.js";
import type { ConfigTest } from "../../../../core/conf/run/configtest.js";
import { NO_FILES } from "../../../../core/conf/run/reader.js";
import { ourVerdict } from "./configtest.oracle.js";

interface Sample {
  readonly conf: string;
  readonly ok: boolean;
  readonly line: number | null;
  readonly message: string | null;
}

const SAMPLES = readFileSync(join(__dirname, "../../../fixtures/verdicts/verdicts.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Sample);

/** Places in sentences about sections left open, which name the file of the recording. */
const RECORDED = /\\n\S*:\d+: /g;

function judge(text: string): ConfigTest {
  return testConf({ path: "/etc/httpd/httpd.conf", text, reader: NO_FILES });
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

  test("lets a status that is no redirect have no URL, in a section neither", () => {
    const refused = "Redirect URL not valid for this status";
    expect(sentence("Redirect gone /a http://b/")).toBe(`1: ${refused}`);
    expect(sentence("<Location /x>\nRedirect gone /a http://b/\n</Location>")).toBe(`2: ${refused}`);
    expect(sentence("<Location /x>\nRedirect gone /a\n</Location>")).toBe("Syntax OK");
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

  test("a module before the one it is linked to cannot be loaded", () => {
    const proxy = "LoadModule proxy_module modules/mod_proxy.so\n";
    const http = "LoadModule proxy_http_module modules/mod_proxy_http.so\n";
    expect(sentence(proxy + http)).toBe("Syntax OK");
    expect(sentence(http + proxy)).toBe(
      "1: Cannot load modules/mod_proxy_http.so into server: /usr/lib/apache2/modules/mod_proxy_http.so: " +
        "undefined symbol: ap_proxy_location_reverse_map",
    );
  });

  test("a shared object is only missing where its folder can be seen", () => {
    const text = "LoadModule foo_module modules/mod_foo.so\n";
    const seen = { readText: () => undefined, readFolder: () => ["mod_proxy.so"] };
    const { error } = testConf({ path: "/etc/httpd/httpd.conf", text, reader: seen });
    expect(error?.message).toBe(
      "Cannot load modules/mod_foo.so into server: /usr/lib/apache2/modules/mod_foo.so: " +
        "cannot open shared object file: No such file or directory",
    );
    expect(sentence(text)).toBe("Syntax OK");
  });

  /** Lines and sentences recorded from `apache2 -t` of httpd 2.4.71. */
  test.each([
    ["<Proxy *>\nProxyPass http://h/\n</Proxy>", "2: Regular expression could not be compiled."],
    ["<Location /a*>\nProxyPass http://h/\n</Location>", "Syntax OK"],
    ["<Proxy *>\n<LimitExcept POST>\n<Limit X>\n</Limit>\n</LimitExcept>\n</Proxy>", "Syntax OK"],
    [
      "<Proxy *>\n<Limit GET>\n<LimitExcept X>\n</LimitExcept>\n</Limit>\n</Proxy>",
      "3: <LimitExcept> directive specifies methods already excluded",
    ],
    [
      "<Location /a>\n<RequireAll>\n<If true>\n</If>\n</RequireAll>\n</Location>",
      "3: <If> cannot occur within <Limit> or <LimitExcept> section",
    ],
    ['Error "some thing"', "1: some thing"],
    ["RedirectTemp gone /a", "Syntax OK"],
    [
      "ProxyHCExpr a {x\\}",
      "1: Could not parse expression \"x\\\\\": syntax error, unexpected T_ERROR, expecting '(': Parse error near '\\\\'",
    ],
    ['"', "Syntax OK"],
    ['"" Nonsense', "Syntax OK"],
    ["<VirtualHost 65536>\n</VirtualHost>", "1: The address or port is invalid"],
    ["ReadBufferSize 5k", "1: parameter must be a number between 0 and (4294967295U)): 5k"],
    ["FlushMaxPipelined -2", "1: parameter must be a number between -1 and (2147483647): -2"],
    ["RegexDefaultOptions +ICASE -none", "1: RegexDefaultOptions: option 'none' unknown"],
    ["<IfVersion foo bar>\n</IfVersion>", "1: unrecognized operator 'foo'"],
    ["<IfVersion = />\n</IfVersion>", "1: Missing delimiting / of regular expression."],
    ["ProxySourceAddress 127.1", "Syntax OK"],
    ["BrowserMatch a\\\\ x", "Syntax OK"],
  ])("says what httpd says to %j", (text, verdict) => {
    expect(sentence(text)).toBe(verdict);
  });

  test("a provider that got an alias is known by it from there on, in its exact case", () => {
    const alias = (words: string): string => `<AuthzProviderAlias ${words}>\n</AuthzProviderAlias>\n`;
    const needing = (name: string): string => `<Location /x>\nRequire ${name}\n</Location>`;
    expect(sentence(alias("ip Office 10.1.2.0/24") + needing("Office"))).toBe("Syntax OK");
    expect(sentence(alias("ip Office 10.1.2.0/24") + needing("office"))).toBe("4: Unknown Authz provider: office");
    expect(sentence(alias("ip Office foo"))).toBe(
      "1: Can't parse 'Require ip foo': ip address 'foo' appears to be invalid",
    );
  });

  test("a virtual host may have a DocumentRoot that is not there, the main server may not", () => {
    const reader = { readText: () => undefined, readFolder: (path: string) => (path === "/" ? ["etc"] : undefined) };
    const judged = (text: string): string | undefined => testConf({ path: "/httpd.conf", text, reader }).error?.message;
    expect(judged("DocumentRoot /nope")).toBe("DocumentRoot '/nope' is not a directory, or is not readable");
    expect(judged("<VirtualHost *:80>\nDocumentRoot /nope\n</VirtualHost>")).toBeUndefined();
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

  test("says that httpd dies of failonstatus in a virtual host on a balancer of the main server", () => {
    const host = "<VirtualHost *:80>\n<Proxy balancer://c>\nProxySet failonstatus=503\n</Proxy>\n</VirtualHost>";
    const balancer = "<Proxy balancer://c>\nBalancerMember http://h\n</Proxy>";
    expect(sentence(`${balancer}\n${host}`)).toMatch(/^6: httpd ends with a segmentation fault/);
    expect(sentence(`ProxyPass /m balancer://c/\n${host}`)).toMatch(/^4: httpd ends with a segmentation fault/);
    expect(judge(`${balancer.replace("//c", "//d")}\n${host}`).error).toBeUndefined();
    expect(judge(`${balancer.replace("\nB", "\nProxySet failonstatus=500\nB")}\n${host}`).error).toBeUndefined();
    expect(judge(`${balancer.replace("\nB", "\nProxySet failonstatus=\nB")}\n${host}`).error).toBeUndefined();
    expect(judge(`${balancer}\n${host.replace("503", "")}`).error).toBeUndefined();
  });

  test("is linear in the number of members of one balancer", () => {
    const members = Array.from({ length: 20_000 }, (_, index) => `  BalancerMember http://h${index}:8080\n`).join("");
    expect(sentence(`<Proxy balancer://c>\n${members}  Nonsense\n</Proxy>`)).toMatch(/^20002: Invalid command/);
  });
});
