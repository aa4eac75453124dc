import { rewriteLineOf } from "../../conf/run/statement.js";
import { enclosing, wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";
import { isProxyRule } from "../../httpd/rewrite-line.js";
import { regexOf } from "../../route/regex.js";

/** A path such as nobody writes a rule for. */
const ANY_PATH = "/any-name";

/** LB: a slash too many behind a RewriteRule. */
export const rewriteSlashDoubled: Rule = {
  id: "rewrite-slash-doubled",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "A RewriteRule that captures the path with its slash puts no slash in front of it.",
  why: "Outside of sections the path begins with a slash. `RewriteRule ^(.*)$ balancer://shop/$1 [P]` makes `//cart` of it: the backend gets a path that most applications do not know, and that access rules by path let through.",
  proof: "a captured path behind a slash has two of them",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
RewriteEngine On
# wrong
RewriteRule ^(.*)$ balancer://shop/$1 [P]
ProxyPassReverse / balancer://shop/
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
RewriteEngine On
# wrong
RewriteRule ^/shop balancer://shop/%{REQUEST_URI} [P]
ProxyPassReverse / balancer://shop/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
RewriteEngine On
RewriteRule ^/(.*)$ balancer://shop/$1 [P]
ProxyPassReverse / balancer://shop/
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const written of conf?.named("rewriterule") ?? []) {
      if (["location", "locationmatch", "directory", "files"].some((name) => enclosing(written, name) !== undefined))
        continue;
      const { first = "", second = "", flags } = rewriteLineOf(written.statement) ?? {};
      const word = written.words[1];
      if (word === undefined || !isProxyRule(flags)) continue;
      const whole = /^[a-z]+:\/\/[^/$%]+(?:\/[^$%]*)?\/%\{REQUEST_URI\}/i.test(second);
      if (whole) {
        yield {
          at: wordSpot(word),
          subject: "target of the RewriteRule",
          found: `${second}, which makes /${ANY_PATH} of ${ANY_PATH}: %{REQUEST_URI} begins with a slash`,
          fix: `leave the slash out: ${second.replace("/%{", "%{")}`,
        };
        continue;
      }
      const group = /^[a-z]+:\/\/[^/]+(?:\/[^$]*)?\/\$([0-9])/i.exec(second)?.[1];
      const captured = group === undefined ? undefined : regexOf(first)?.exec(ANY_PATH)?.[Number(group)];
      if (captured?.startsWith("/") !== true) continue;
      yield {
        at: wordSpot(word),
        subject: "target of the RewriteRule",
        found: `${second}, which makes /${captured} of ${ANY_PATH}`,
        fix: `leave the slash out: ${second.replace(`/$${group ?? ""}`, `$${group ?? ""}`)}`,
      };
    }
  },
};
