import { parseUri, withOneColon } from "../../httpd/uri.js";
import { wordSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** LB: a ProxyPassReverse whose URL no backend ever sends. */
export const reverseUrl: Rule = {
  id: "reverse-url",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "The URL of a ProxyPassReverse is one that a backend can name in a redirect.",
  why: "httpd compares the URL letter by letter with the Location of an answer. One that is no URL, as with two colons before the port, is accepted and never matches: visitors are sent to the backend's own address.",
  proof: "a ProxyPassReverse with two colons before the port changes no redirect",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
# wrong
ProxyPassReverse / http://10.0.0.1::8080/
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
ProxyPass / balancer://shop/
ProxyPassReverse / balancer://shop/
ProxyPassReverse / http://10.0.0.1:8080/
`,
  ],
  fixable: true,
  *check({ conf }) {
    for (const written of conf?.named("proxypassreverse") ?? []) {
      const url = written.words.findLast(({ text }) => /^[a-z][a-z0-9+.-]*:/i.test(text));
      if (url === undefined || /[$%]/.test(url.text) || parseUri(url.text) !== undefined) continue;
      const right = withOneColon(url.text);
      const mended = right === undefined || parseUri(right) === undefined ? undefined : right;
      yield {
        at: wordSpot(url),
        subject: "ProxyPassReverse",
        found: `${url.text}, which is no URL: no redirect of a backend ever matches it`,
        fix: mended === undefined ? "write scheme, host and port: http://10.0.0.1:8080/" : `write ${mended}`,
        ...(mended === undefined ? {} : { repair: { kind: "reword", at: url.place, from: url.text, to: mended } }),
      };
    }
  },
};
