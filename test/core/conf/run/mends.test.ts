import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { testConf } from "../../../../core/conf/run/configtest.js";
import { NO_FILES } from "../../../../core/conf/run/reader.js";

const ROOT = join(__dirname, "../../../..");

function mendOf(text: string): string | undefined {
  return testConf({ path: "/c/httpd.conf", text, reader: NO_FILES }).error?.mend;
}

/** Fragments that httpd 2.4.71 was asked about, one JSON object a line. */
const VERDICTS = readFileSync(join(ROOT, "test/fixtures/verdicts/verdicts.jsonl"), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as { readonly conf: string; readonly ok: boolean });

/** That every refusal has one is held by the types: none can be made without. */
describe("the mend of a refusal", () => {
  it("is there for everything httpd was seen to refuse, and says what to write, not that something is wrong", () => {
    const refused = VERDICTS.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(100);
    for (const { conf } of refused) {
      const mend = mendOf(conf);
      expect(mend, conf).toMatch(/^[a-z]+ \S.*(?:[^.]|=\.)$/s);
      expect(mend, conf).not.toMatch(/correct the (?:line|value|file)/);
    }
  });

  test.each([
    ["BalancerMember balancer://c http:1.2.3.4", "write http://1.2.3.4"],
    ["BalancerMember balancer://c 10.0.0.1:8080", "write http://10.0.0.1:8080"],
    ["BalancerMember balancer://c http://h::8080", "write http://h:8080"],
    ["BalancerMember balancer://c htp:10.0.0.1", "write http://10.0.0.1"],
    [
      "BalancerMember balancer://c http://h loadfactor=0",
      "write a number from 1 to 100: loadfactor=1 to loadfactor=100",
    ],
    ["BalancerMember balancer://c http://h retry=-1", "write whole seconds, 0 or more, without a unit: retry=10"],
    [
      "BalancerMember balancer://c http://h ping=x",
      "write a time of at least 1ms without a blank: ping=5 (seconds) or ping=500ms",
    ],
    [
      "BalancerMember balancer://c http://h stickysession=S",
      "move stickysession=S to a ProxySet of the balancer: it belongs to the balancer, not to a member",
    ],
    ["BalancerMember balancer://c http://h loadfaktor=2", "did you mean loadfactor=2?"],
    [
      "BalancerMember balancer://c http://h hctemplate=x",
      "define it above this line, in the same server: ProxyHCTemplate x hcmethod=TCP hcinterval=5",
    ],
    [
      "<Proxy balancer://c>\nProxySet retry=5\n</Proxy>",
      "move retry=5 to the BalancerMember lines: it belongs to members",
    ],
    ["<Proxy balancer://c>\nProxySet lbmethod=ByRequests\n</Proxy>", "did you mean lbmethod=byrequests? Case counts"],
    ["<Proxy balancer://c>\nProxySet scolonpathdelim On\n</Proxy>", "write scolonpathdelim=On"],
    ["<Proxy balancer://c>\nBalancerMember http://a http://b\n</Proxy>", "give http://b a line of its own"],
    [
      "<Proxy balancer://c>\nBalancerMember balancer://c http://a\n</Proxy>",
      "remove balancer://c: the section names the balancer",
    ],
    ["<Proxy balancer://c>\nBalancerMember http://a retry = 5\n</Proxy>", "write retry=5"],
    [
      "<Location /a>\nProxyTimeout 5\n</Location>",
      "move ProxyTimeout out of <Location>, to the server or virtual host around it",
    ],
    ["Require all granted", "move Require into a section, for example <Location /> or <Proxy balancer://mycluster>"],
    [
      "<Location /a>\nRequire all allowed\n</Location>",
      "write Require all granted or Require all denied, with nothing behind it",
    ],
    ["<Location /a>\nRequire 10.0.0.1\n</Location>", "write Require ip 10.0.0.1"],
    [
      "<Location /a>\nOrder deny, allow\n</Location>",
      "leave one word behind Order, in quotes if it holds blanks; take 'allow' away: Order Deny,Allow",
    ],
    ["<Proxy balancer://c>", "write </Proxy> where the <Proxy> of line 1 ends"],
    ["<Proxy balancer://c>\n</Location>", "close the <Proxy> of line 1 first: write </Proxy> above this line"],
    ["ProxyPas / http://h/", "did you mean ProxyPass (of mod_proxy)?"],
    [
      "LoadModule proxy_http_module modules/mod_proxy_http.so",
      "load mod_proxy first: move its LoadModule line above this one, or add LoadModule proxy_module modules/mod_proxy.so",
    ],
    [
      "LoadModule proxy_module modules/mod_proxy.so\nRewriteEngine On",
      "add LoadModule rewrite_module modules/mod_rewrite.so above it",
    ],
    [
      "RewriteRule ^/a b [R=301, L]",
      "write the flags in one word: [R=301,L], without blanks; put a pattern or target with blanks in quotes",
    ],
    ["RewriteRule ^/(a b", "close every '(' of the regular expression with a ')', or write \\( for the character"],
    ["RewriteCond %{HTTPS} off [L]", "remove L: conditions have NC, OR and NV; other flags belong to the RewriteRule"],
    ["Header set X-A b c d e", 'put a value with blanks in quotes: Header set Name "a value"'],
    ["Header X-A b", 'write what is done in front of the header\'s name: Header set X-A "value"'],
    ["ErrorDocument /sorry.html 503", "begin with a status from 400 to 599: ErrorDocument 503 /sorry.html"],
    [
      "Listen www:http",
      "write a port from 1 to 65535, with an address in front if it is to be only that one: Listen 80, Listen 10.0.0.1:80",
    ],
    ["<VirtualHost 80>\n</VirtualHost>", "write *:80"],
    [
      "<VirtualHost *:80>\nServerTokens Prod\n</VirtualHost>",
      "move ServerTokens out of all <VirtualHost> sections: it is one for the whole server",
    ],
    ["ProxyPreserveHost yes", "write ProxyPreserveHost On or ProxyPreserveHost Off"],
    ["ProxyPass /a", "write where /a leads: ProxyPass /a balancer://mycluster/a"],
    ["<Location /a>\nProxyPass /a http://h/\n</Location>", "take /a away: the section names the path"],
    ["ServerName x # the front", "put the comment on a line of its own, behind #"],
    ["Use Shop one", "define it above this line: <Macro Shop> ... </Macro>"],
    [
      '<If "%{NOPE} == 1">\n</If>',
      "write %{reqenv:NOPE} for a variable of the request, %{env:NOPE} for one of the environment, or %{http:NOPE} for a header",
    ],
    ["SetEnvIf User-Agent a", 'write SetEnvIf User-Agent "a regular expression" NAME=value'],
  ])("of %j is %j", (text, mend) => {
    expect(mendOf(text)).toBe(mend);
  });
});
