import type { Rule } from "../rule.js";

/** LB: heartbeat cannot tell two ports of a host apart. */
export const heartbeatHosts: Rule = {
  id: "heartbeat-hosts",
  group: "weights",
  severity: "error",
  presets: ["recommended"],
  wanted: "With lbmethod=heartbeat every member has a host of its own.",
  why: "The heartbeat method matches members with heartbeats by host name alone, without the port. Of two members on one host the later one gets all requests.",
  proof: "measured on httpd 2.4.71: two members of one host under heartbeat: the later one gets everything",
  bad: [
    `<Proxy balancer://shop>
  BalancerMember http://app.example:8080
  # wrong
  BalancerMember http://app.example:8180
  ProxySet lbmethod=heartbeat
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://app1.example:8080
  BalancerMember http://app2.example:8080
  ProxySet lbmethod=heartbeat
</Proxy>
`,
  ],
  fixable: false,
  *cluster({ balancer, members }) {
    if (balancer.lbmethod !== "heartbeat") return;
    const hosts = new Set<string>();
    for (const { at, label, backend } of members) {
      if (backend === undefined) continue;
      if (hosts.has(backend.host)) {
        yield {
          at: `${at}/url`,
          subject: `URL of ${label}`,
          found: `host ${backend.host}, as another member before it`,
          fix: "give each member a host name of its own, or use another lbmethod",
        };
      }
      hosts.add(backend.host);
    }
  },
};
