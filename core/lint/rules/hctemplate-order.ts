import { wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: a template that overwrites what stands before it. */
export const hctemplateOrder: Rule = {
  id: "hctemplate-order",
  group: "health",
  severity: "error",
  presets: ["recommended"],
  wanted: "hctemplate stands before the health-check parameters of a member.",
  why: "httpd takes parameters in the order they are written, and a template sets all of them: `hcfails=9 hctemplate=web` has the template's hcfails, `hctemplate=web hcfails=9` has 9.",
  proof: "measured on httpd 2.4.71: hcfails=9 hctemplate=g takes the value of the template",
  bad: [
    `ProxyHCTemplate web hcmethod=TCP hcinterval=5
<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 hcfails=9 hctemplate=web
</Proxy>
`,
  ],
  good: [
    `ProxyHCTemplate web hcmethod=TCP hcinterval=5
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 hctemplate=web hcfails=9
</Proxy>
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const template of conf?.keyed("hctemplate") ?? []) {
      const { written, word: named } = template;
      if (written.name !== "balancermember") continue;
      for (const { key, word, owner } of written.parameters.slice(0, written.parameters.indexOf(template))) {
        if (!key.startsWith("hc") || key === "hctemplate") continue;
        yield {
          at: wordSpot(word),
          subject: `${key} of ${owner}`,
          found: `before ${named.text}, which overwrites it`,
          fix: `write ${named.text} first`,
        };
      }
    }
  },
};
