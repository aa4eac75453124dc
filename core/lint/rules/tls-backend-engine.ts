import type { Rule } from "../rule.js";
import { tlsBackends } from "../tls-backends.js";

/** LB: https to backends without TLS. */
export const tlsBackendEngine: Rule = {
  id: "tls-backend-engine",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "Where a backend is https, SSLProxyEngine is On.",
  why: "Without `SSLProxyEngine On` httpd cannot open a TLS connection: every request to the backend is answered 500, and the configuration test says nothing.",
  proof: "an https member without SSLProxyEngine answers 500",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember https://10.0.0.1:8443
</Proxy>
`,
  ],
  good: [
    `SSLProxyEngine On
SSLProxyVerify require
SSLProxyCACertificateFile /etc/ssl/certs/ca-certificates.crt
<Proxy balancer://shop>
  BalancerMember https://10.0.0.1:8443
</Proxy>
`,
  ],
  fixable: true,
  *check(view) {
    if (view.conf === undefined) return;
    const engines = view.conf.named("sslproxyengine");
    if (engines.some(({ words }) => words[0]?.text.toLowerCase() === "on")) return;
    for (const { at, label, around } of tlsBackends(view)) {
      yield {
        at,
        subject: label,
        found: "TLS, and no SSLProxyEngine On",
        fix: "add SSLProxyEngine On to the server or virtual host whose ProxyPass leads there",
        repair: { kind: "insert", at: around, where: "above", line: "SSLProxyEngine On" },
      };
    }
  },
};
