import { fromUnicode } from "../../httpd/bytes.js";
import { matcherOf } from "../../httpd/regex.js";
import type { Rule } from "../rule.js";

const MATCH = /%\{REQUEST_STATUS\}\s*=~\s*m?(["'#/|])(.*?)\1/;

/** LB: a check that a missing page passes. */
export const hcexprStatus: Rule = {
  id: "hcexpr-status",
  group: "health",
  severity: "warning",
  presets: ["recommended"],
  wanted: "The expression of a health check refuses the status 404 and 500.",
  why: "An expression replaces httpd's own judgement of the status (200 to 399). One that lets 4xx pass keeps a member in service whose application is not deployed: it answers 404 faster than the others answer 200.",
  proof: "a health check whose expression accepts 404 keeps the member in service",
  bad: [
    `# wrong
ProxyHCExpr ok {%{REQUEST_STATUS} =~ /^[234]/}
ProxyHCTemplate web hcmethod=GET hcuri=/health hcexpr=ok
`,
  ],
  good: [
    `ProxyHCExpr ok {%{REQUEST_STATUS} =~ /^[23]/}
ProxyHCTemplate web hcmethod=GET hcuri=/health hcexpr=ok
`,
  ],
  fixable: false,
  *check({ topology }) {
    for (const [index, { name, expression }] of topology.healthCheckExpressions.entries()) {
      const pattern = MATCH.exec(expression)?.[2];
      const passes = pattern === undefined ? [] : ["404", "500"].filter((status) => matches(pattern, status));
      if (passes.length === 0) continue;
      yield {
        at: `/healthCheckExpressions/${index}`,
        subject: `health-check expression '${name}'`,
        found: `${expression}, which ${passes.join(" and ")} pass`,
        fix: "match 2xx and 3xx only: =~ /^[23]/",
      };
    }
  },
};

function matches(pattern: string, status: string): boolean {
  return matcherOf(fromUnicode(pattern))?.test(status) === true;
}
