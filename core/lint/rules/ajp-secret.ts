import { isLoopbackHost } from "../../httpd/address.js";
import { backendOf } from "../../httpd/backend.js";
import type { MemberBackend } from "../../httpd/backend.js";
import type { ConfView } from "../conf-view.js";
import type { Finding, Rule } from "../rule.js";

/** LB: AJP without a secret. */
export const ajpSecret: Rule = {
  id: "ajp-secret",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "An ajp member has a secret.",
  why: "Whoever reaches the AJP port of a servlet container can send it requests with any user and any attribute (CVE-2020-1938). Tomcat refuses AJP without a secret since then, unless told otherwise.",
  proof: "measured on httpd 2.4.71: secret is accepted on ajp members up to 63 characters and sent with each request",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember ajp://10.0.0.1:8009
</Proxy>
`,
    `# wrong
ProxyPass /app ajp://localhost:8009/app
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember ajp://10.0.0.1:8009 secret=\${AJP_SECRET}
</Proxy>
`,
  ],
  fixable: false,
  member({ at, label, member, backend }, _cluster, { conf }) {
    if (backend?.scheme !== "ajp" || member.parameters.secret !== undefined) return undefined;
    return { at, ...secretOf(label, backend, conf) };
  },
  mount({ at, label, mount, target }, _scope, { conf }) {
    if (mount.to.kind !== "url" || !/^ajp:/i.test(target) || mount.to.parameters.secret !== undefined) return undefined;
    return { at: `${at}/to`, ...secretOf(label, backendOf(target), conf) };
  },
};

/** On the loopback address only programs of this machine reach the port. */
function secretOf(label: string, backend: MemberBackend | undefined, conf: ConfView | undefined): Omit<Finding, "at"> {
  const subject = `secret of ${label}`;
  // A description takes no variables of httpd: its files are written for their owner alone.
  const fix =
    conf === undefined
      ? "set secret to the one of the connector"
      : "set secret=${AJP_SECRET}, define that variable outside the file, and set the same secret in the connector";
  if (backend === undefined || (backend.socket === undefined && !isLoopbackHost(backend.host)))
    return { subject, found: "none", fix };
  return { subject, found: "none, which programs of this machine alone can use", fix, severity: "note" };
}
