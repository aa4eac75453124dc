import { describe, expect, it } from "vitest";
import { fromUnicode } from "../../../core/httpd/bytes.js";
import { fixConf } from "../../../core/lint/fix.js";
import { DEFAULT_PRESETS, rulesOf } from "../../../core/lint/presets.js";
import { alone } from "./examples.js";

const MOUNTED = `ProxyPass / balancer://c/
ProxyPassReverse / balancer://c/
`;

function fixed(text: string): string {
  return fixConf(alone(text), rulesOf(DEFAULT_PRESETS), { unsafe: true }).texts.get("httpd.conf") ?? text;
}

describe("fixConf", () => {
  it("makes every repair, however many say the same", () => {
    const members = Array.from({ length: 300 }, (_one, index) => `BalancerMember http://node${index}:80 timeout=5m`);
    const text = `<Proxy balancer://c>\n${members.join("\n")}\n</Proxy>\n${MOUNTED}`;
    expect(fixed(text)).toBe(text.replaceAll("timeout=5m", "timeout=300"));
  });

  it("makes repairs that stand in the same line, one after the other", () => {
    const text = `<Proxy balancer://c>
  BalancerMember http://node1:80/ timeout=5m retry=2min
  BalancerMember http://node2:80
</Proxy>
${MOUNTED}`;
    const right = text.replace("http://node1:80/ timeout=5m retry=2min", "http://node1:80 timeout=300 retry=120");
    expect(fixed(text)).toBe(right);
  });

  it("keeps the spelling of the file where httpd shows a name in lower case", () => {
    const text = `<Proxy balancer://MyApp>
  BalancerMember http://node1:80
</Proxy>
ProxyPass /shop balancer://MyApp/
ProxyPassReverse /shop balancer://MyApp
`;
    expect(fixed(text)).toBe(text.replace("/shop balancer://MyApp/", "/shop balancer://MyApp"));
  });

  it("repairs a file httpd refuses for another reason, and refuses no more than before", () => {
    const text = `Nonsense
<Proxy balancer://c>
  BalancerMember http://node1:80 timeout=5m
  BalancerMember http://node2:80
</Proxy>
${MOUNTED}`;
    expect(fixed(text)).toBe(text.replace("5m", "300"));
  });

  it("makes no balancer-manager reachable that is open to everybody", () => {
    const text = `<Proxy balancer://c>
  BalancerMember http://node1:80
</Proxy>
ProxyPass / balancer://c/
ProxyPassReverse / balancer://c/
<Location /balancer-manager>
  SetHandler balancer-manager
  Order deny,allow
  Allow from all
</Location>
`;
    expect(fixed(text)).toBe(text);
    const limited = text.replace("  Order deny,allow\n  Allow from all", "  Require local");
    expect(fixed(limited)).toBe(limited.replace("ProxyPass / ", "ProxyPass /balancer-manager !\nProxyPass / "));
  });

  it.each([
    ["whom it names", "Require ip 198.51.100.0/24", "opened"],
    ["whom nobody here can name", "Require ldap-group cn=operators", "opened"],
  ])("asks before it shows a balancer-manager to those %s", (_who, requirement, kind) => {
    const text = `<Proxy balancer://c>
  BalancerMember http://node1:80
</Proxy>
ProxyPass / balancer://c/
ProxyPassReverse / balancer://c/
<Location /balancer-manager>
  SetHandler balancer-manager
  ${requirement}
</Location>
`;
    const { texts, asked } = fixConf(alone(text), rulesOf(DEFAULT_PRESETS), { unsafe: true });
    expect(texts.size).toBe(0);
    expect(asked.map(({ proposed, change }) => [proposed, change.kind])).toEqual([
      [["ProxyPass /balancer-manager !"], kind],
    ]);
  });

  it("asks where lines that are not read could decide", () => {
    const text = `<Proxy balancer://c>
  BalancerMember http://node1:80
</Proxy>
ProxyPass / balancer://c/
ProxyPassReverse / balancer://c/
<Location /balancer-manager>
  SetHandler balancer-manager
  Require local
  LuaHookAccessChecker /srv/who.lua decide
</Location>
`;
    const { texts, asked } = fixConf(alone(text), rulesOf(DEFAULT_PRESETS), { unsafe: true });
    expect(texts.size).toBe(0);
    expect(asked.map(({ change }) => change.kind)).toEqual(["not shown"]);
  });

  it("does not turn a server into its balancer-manager", () => {
    const text = `<Proxy balancer://c>
  BalancerMember http://node1:80
</Proxy>
<Location />
  SetHandler balancer-manager
  Require local
</Location>
${MOUNTED}`;
    expect(fixed(text)).toBe(text);
  });

  it("keeps bytes that are no UTF-8 beside a repair, and writes what it adds in the encoding of the file", () => {
    const text = `# caf\xe9\n<Proxy balancer://c maxattempts=2>
  BalancerMember http://node1:80 timeout=5m
  BalancerMember http://node2:80 #${fromUnicode("Küche")}
</Proxy>
${MOUNTED}`;
    const right = text
      .replace("timeout=5m", "timeout=300")
      .replace(/ {2}(BalancerMember http:\/\/node2:80) #(.*)/, "  # $2\n  $1");
    expect(fixed(text)).toBe(right);
  });
});
