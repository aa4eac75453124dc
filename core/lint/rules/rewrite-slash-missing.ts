import { rewriteLineOf } from "../../conf/run/statement.js";
import { isProxyRule } from "../../httpd/rewrite-line.js";
import { leavesSlashOut } from "../captured.js";
import { enclosing, wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: the name of a balancer and the path behind it are glued together. */
export const rewriteSlashMissing: Rule = {
  id: "rewrite-slash-missing",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "Between the balancer of a RewriteRule and a path without its slash stands one.",
  why: "`RewriteRule ^/(.*)$ balancer://shop$1 [P]` makes of `/cart` the balancer `shopcart`, which is not there: httpd answers 500 (AH01144). Only `/` itself works.",
  proof: "a RewriteRule that glues the path to the balancer's name answers an error",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
RewriteEngine On
# wrong
RewriteRule ^/(.*)$ balancer://shop$1 [P]
ProxyPassReverse / balancer://shop/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
RewriteEngine On
RewriteRule ^/shop(/.*)$ balancer://shop$1 [P]
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const written of conf?.named("rewriterule") ?? []) {
      const { first = "", second = "", flags } = rewriteLineOf(written.statement) ?? {};
      const group = /^balancer:\/\/[^/$%]+\$([0-9])/i.exec(second)?.[1];
      const word = written.words[1];
      if (word === undefined || group === undefined || !isProxyRule(flags)) continue;
      if (enclosing(written, "location") !== undefined || enclosing(written, "directory") !== undefined) continue;
      if (!leavesSlashOut(first, Number(group))) continue;
      yield {
        at: wordSpot(word),
        subject: "target of the RewriteRule",
        found: `${second}, which glues the path to the name of the balancer`,
        fix: `put a slash between them: ${second.replace(`$${group}`, `/$${group}`)}`,
      };
    }
  },
};
