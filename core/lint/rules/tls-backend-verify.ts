import { lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";
import { tlsBackends } from "../tls-backends.js";

/** LB: TLS to whoever answers. */
export const tlsBackendVerify: Rule = {
  id: "tls-backend-verify",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "Certificates of https backends are verified: SSLProxyVerify require.",
  why: "The default of `SSLProxyVerify` is none: httpd takes any certificate, and the connection is protected from nobody who can get in between.",
  proof: "an https member with any certificate is accepted unless SSLProxyVerify is require",
  bad: [
    `# wrong
SSLProxyEngine On
<Proxy balancer://shop>
  BalancerMember https://10.0.0.1:8443
</Proxy>
`,
    `SSLProxyEngine On
# wrong
SSLProxyVerify none
<Proxy balancer://shop>
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
  fixable: false,
  *check(view) {
    const { conf } = view;
    if (conf === undefined || tlsBackends(view).length === 0) return;
    const verify = conf.named("sslproxyverify");
    const lax = verify.filter(({ words }) => words[0]?.text.toLowerCase() !== "require");
    const engines = conf.named("sslproxyengine").filter(({ words }) => words[0]?.text.toLowerCase() === "on");
    for (const written of verify.length === 0 ? engines : lax) {
      yield {
        at: lineSpot(written),
        subject: "SSLProxyVerify",
        found: verify.length === 0 ? "not set: none" : (written.words[0]?.text ?? ""),
        fix: "set SSLProxyVerify require and SSLProxyCACertificateFile with the authority of the backends",
      };
    }
  },
};
