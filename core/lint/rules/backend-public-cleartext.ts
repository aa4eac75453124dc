import type { Rule } from "../rule.js";

const CLEARTEXT: ReadonlySet<string> = new Set(["http", "ws", "ajp", "fcgi", "scgi", "uwsgi", "h2c"]);
const PRIVATE =
  /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.)/;

/** LB: requests in clear over the internet. */
export const backendPublicCleartext: Rule = {
  id: "backend-public-cleartext",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "A backend with a public address is reached over TLS.",
  why: "Sessions and passwords travel in clear between httpd and the backend, over networks that others run.",
  proof: "measured on httpd 2.4.71: an http member is sent the client's Cookie and Authorization headers as they are",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://198.51.100.7:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://app.internal:8080
</Proxy>
`,
  ],
  fixable: false,
  member({ at, label, backend }) {
    if (backend === undefined || !CLEARTEXT.has(backend.scheme) || backend.socket !== undefined) return undefined;
    if (!/^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/.test(backend.host) || PRIVATE.test(backend.host)) return undefined;
    return {
      at: `${at}/url`,
      subject: `URL of ${label}`,
      found: `${backend.scheme} to the public address ${backend.host}`,
      fix: "use https with SSLProxyEngine, or a private network",
    };
  },
};
