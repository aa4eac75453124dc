import type { Rule } from "../rule.js";

const HIGHEST = 65_535;

/** LB: a port that wraps. */
export const memberUrlPort: Rule = {
  id: "member-url-port",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "The port of a member is between 1 and 65535.",
  why: "httpd keeps the low 16 bits of a port and says nothing: `http://node:99999` connects to port 34463, `:0` and `:65536` to the port of the scheme.",
  proof: "measured on httpd 2.4.71: http://h:99999 passes the configuration test and connects to port 34463",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:80800
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2
</Proxy>
`,
  ],
  fixable: false,
  member({ at, label, member, backend }) {
    if (backend === undefined || typeof member.url !== "string") return undefined;
    const written = /:([0-9]+)(?:\/|$)/.exec(member.url.replace(/^.*@/, ""))?.[1];
    if (written === undefined || (backend.port >= 1 && backend.port <= HIGHEST)) return undefined;
    return {
      at: `${at}/url`,
      subject: `URL of ${label}`,
      found: `port ${written}, which httpd takes for ${wrapped(backend.port)}`,
      fix: "write the port that is meant",
    };
  },
};

function wrapped(port: number): string {
  const low = port & HIGHEST;
  return low === 0 ? "the port of the scheme" : String(low);
}
