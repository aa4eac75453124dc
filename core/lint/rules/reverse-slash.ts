import { parseUri } from "../../httpd/uri.js";
import { wordSpot } from "../conf-view.js";
import { speechlessScheme } from "../reverse-lines.js";
import type { Rule } from "../rule.js";

/** LB: redirects with a slash too many or too few. */
export const reverseSlash: Rule = {
  id: "reverse-slash",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Path and URL of a ProxyPassReverse both end in a slash, or neither.",
  why: "httpd puts what follows the URL in a redirect of the backend behind the path as it is: `ProxyPassReverse / http://node:8080` makes of a redirect to `/login` one to `//login`, which a browser takes for another host, and `ProxyPassReverse /shop http://node:8080/` one to `/shoplogin`. A balancer's name is more forgiving, but not behind `/shop/`.",
  proof: "a ProxyPassReverse with unlike ends makes redirects with two slashes",
  bad: [
    `ProxyPass / http://10.0.0.1:8080/
# wrong
ProxyPassReverse / http://10.0.0.1:8080
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
ProxyPass /shop/ balancer://shop/
# wrong
ProxyPassReverse /shop/ balancer://shop
`,
  ],
  good: [
    `ProxyPass / http://10.0.0.1:8080/
ProxyPassReverse / http://10.0.0.1:8080/
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop
`,
  ],
  fixable: true,
  *check({ conf }) {
    for (const written of conf?.named("proxypassreverse") ?? []) {
      const [path, url, more] = written.words;
      if (path === undefined || url === undefined || more !== undefined || !path.text.startsWith("/")) continue;
      if (path.text.endsWith("/") === url.text.endsWith("/") || parseUri(url.text) === undefined) continue;
      if (speechlessScheme(url.text) !== undefined) continue;
      if (/^balancer:/i.test(url.text) && (path.text === "/" || !path.text.endsWith("/"))) continue;
      const right = path.text.endsWith("/") ? `${url.text}/` : url.text.replace(/\/+$/, "");
      yield {
        at: wordSpot(url),
        subject: `ProxyPassReverse of ${path.text}`,
        found: `${path.text} and ${url.text}, of which only one ends in a slash`,
        fix: `write ProxyPassReverse ${path.text} ${right}`,
        repair: { kind: "reword", at: url.place, from: url.text, to: right },
      };
    }
  },
};
