import { proxiedErrorPage, saysErrorDocument } from "../../model/error-page.js";
import type { Rule } from "../rule.js";

/** LB: the page for a balancer that has failed is asked of that balancer. */
export const errorDocumentProxied: Rule = {
  id: "error-document-proxied",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "The page that is shown when a balancer has no member left does not come from that balancer.",
  why: "httpd asks for the path of an ErrorDocument like for any other, so that a `ProxyPass /` takes it, too: with all members down nobody is left to send the page, and the client gets httpd's own text. Where only the tries ran out, a member is asked for the page, and the client sees its answer, a 404 say.",
  proof: "the page for a failed balancer is asked of the balancer",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
# wrong
ErrorDocument 503 /sorry.html
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ErrorDocument 503 /sorry.html
ProxyPass /sorry.html !
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ErrorDocument 503 "We are back soon."
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
ErrorDocument 503 /sorry.html
ProxyPass /shop balancer://shop
ProxyPassReverse /shop balancer://shop
`,
  ],
  fixable: false,
  *check({ clusters, topology }) {
    if (topology.servers.length === 0 || !saysErrorDocument(topology)) return;
    for (const { label, cluster } of clusters) {
      const page = proxiedErrorPage(topology, cluster);
      if (page === undefined || topology.clusters[page.askedOf] !== cluster) continue;
      yield {
        at: page.at,
        subject: `ErrorDocument ${page.status} of ${label}`,
        found: "a page that is asked of the same balancer, which has no member left then",
        fix: "keep its path from the balancer with ProxyPass PATH ! above the one that leads to it, and let httpd serve the file; or write the text itself between quotes",
      };
    }
  },
};
