import { rewriteLineOf } from "../../conf/run/statement.js";
import { isProxyRule } from "../../httpd/rewrite-line.js";
import { lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** REQUEST_URI begins with a slash (httpd answers 400 otherwise), so that nothing behind it reaches the host. */
const CHOSEN = /^(https?|ajp|fcgi|wss?|h2c?):\/\/(?:(?!%\{REQUEST_URI\})[^/])*(\$[0-9]|%\{(HTTP|QUERY_STRING)[^}]*\})/i;

/** LB: the client names the backend. */
export const proxiedHost: Rule = {
  id: "proxied-host",
  group: "security",
  severity: "error",
  presets: ["security"],
  wanted: "Which host a request is proxied to does not come out of the request.",
  why: "A backreference or a header in the host of a RewriteRule [P] or ProxyPassMatch lets a client choose where httpd connects to: services behind the firewall, or a host of its own (`http://app$1` with the path `@evil.example/`).",
  proof: "a backreference in the host lets the client choose the backend",
  bad: [
    `RewriteEngine On
# wrong
RewriteRule ^/to/([^/]+)/(.*)$ http://$1/$2 [P]
`,
    `# wrong
ProxyPassMatch ^(/.*)$ http://app.internal$1
`,
  ],
  good: [
    `RewriteEngine On
RewriteRule ^/to/(.*)$ http://app.internal/$1 [P]
`,
    `ProxyPassMatch ^/(.*)$ http://app.internal/$1
`,
    `RewriteEngine On
RewriteRule ^/ws ws://10.0.0.1:8080%{REQUEST_URI} [P]
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const written of [...(conf?.named("rewriterule") ?? []), ...(conf?.named("proxypassmatch") ?? [])]) {
      const target = written.words.slice(0, 3).find(({ text }) => CHOSEN.test(text));
      if (target === undefined) continue;
      if (written.name === "rewriterule" && !isProxyRule(rewriteLineOf(written.statement)?.flags)) continue;
      yield {
        at: lineSpot(written),
        subject: `target of ${written.statement.name}`,
        found: `${target.text}, whose host the client chooses`,
        fix: "write the host, with a slash behind it, or use RewriteMap with a list of allowed hosts",
      };
    }
  },
};
