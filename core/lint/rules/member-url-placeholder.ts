import { literalOf } from "../view.js";
import type { Rule } from "../rule.js";

/** LB: a host that somebody was to fill in. */
export const memberUrlPlaceholder: Rule = {
  id: "member-url-placeholder",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "The URL of a member names a host, and nothing that stands for one.",
  why: "httpd takes a host like `<web1-ip>` for a name: the configuration test passes, mostly, and every request that goes there fails once the name is looked up.",
  proof: "a host that stands for another one passes the configuration test",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://<web1-ip>:80
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  # wrong
  BalancerMember http://YOUR_SERVER_IP:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://your.shop.test:8080
</Proxy>
`,
  ],
  fixable: false,
  member({ at, label, member, backend }) {
    const host = backend?.host ?? /^[a-z]+:\/\/([^/]*)/i.exec(literalOf(member.url))?.[1] ?? "";
    if (!isPlaceholder(host)) return undefined;
    return {
      at: `${at}/url`,
      subject: `host of ${label}`,
      found: `'${host}', which stands for a host that nobody filled in`,
      fix: "write the name or address of the backend",
    };
  },
};

/** Characters that no host has, and words of instructions; a variable without a value is another matter. */
function isPlaceholder(host: string): boolean {
  if (host.includes("${")) return false;
  if (/[<>{}]|%\(/.test(host)) return true;
  return /^(?:x{1,3}(?:\.x{1,3}){3}|(?:your|my|the|some)[-_].*|.*[-_]?(?:changeme|placeholder)|(?:ip|host)(?:name|[-_]?address)?[-_]?[0-9]*)$/.test(
    host,
  );
}
