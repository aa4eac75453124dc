import { hostOf, wordSpot } from "../conf-view.js";
import type { WrittenDirective } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: a member that never was. */
export const vhostMemberDropped: Rule = {
  id: "vhost-member-dropped",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "All members of a balancer are defined where the balancer is: in the main server, or in one virtual host.",
  why: "A virtual host inherits the balancers of the main server with their members. A BalancerMember that it adds to one of them is dropped without a word.",
  proof: "a member that a virtual host adds is dropped",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
<VirtualHost *:80>
  ServerName shop.example
  <Proxy balancer://shop>
    # wrong
    BalancerMember http://10.0.0.3:8080
  </Proxy>
  ProxyPass / balancer://shop/
  ProxyPassReverse / balancer://shop/
</VirtualHost>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
  BalancerMember http://10.0.0.3:8080
</Proxy>
<VirtualHost *:80>
  ServerName shop.example
  ProxyPass / balancer://shop/
  ProxyPassReverse / balancer://shop/
</VirtualHost>
`,
  ],
  fixable: false,
  *check({ conf }) {
    const members = conf?.named("balancermember") ?? [];
    const hosted = members.filter((one) => hostOf(one) !== undefined);
    if (hosted.length === 0) return;
    const main = new Set(members.filter((one) => hostOf(one) === undefined).map(balancerOf));
    for (const written of hosted) {
      const name = balancerOf(written);
      const [word] = written.words;
      if (word === undefined || !main.has(name)) continue;
      yield {
        at: wordSpot(word),
        subject: `member '${written.words.find(({ text }) => !text.includes("="))?.text ?? ""}' of ${name}`,
        found: "added in a virtual host to a balancer of the main server, which drops it",
        fix: "move it to the <Proxy> of the main server, or give the virtual host a balancer of another name",
      };
    }
  },
};

function balancerOf({ words, parent }: WrittenDirective): string {
  const inside = parent?.name === "proxy" ? parent.words[0]?.text : undefined;
  const named = words.find(({ text }) => /^balancer:/i.test(text))?.text;
  return (named ?? inside ?? "").toLowerCase().replace(/(\/\/[^/]*)\/.*$/, "$1");
}
