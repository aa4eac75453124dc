import { placeWords } from "../servers-view.js";
import type { Rule } from "../rule.js";

/** LB: an application whose sessions no server copies. */
export const nodeDistributable: Rule = {
  id: "node-distributable",
  group: "sessions",
  severity: "warning",
  presets: ["recommended"],
  wanted: "An application behind several members says <distributable/> in its web.xml.",
  why: "Without that word a server keeps the application's sessions to itself, whatever else is set up for copies: when it goes, its clients begin anew.",
  proof:
    "measured on httpd 2.4.71 with WildFly 39.0.1 and Tomcat 10.1.60: the session's counter went on through failover with <distributable/>, which the servlet specification asks for",
  beside: {
    "web.xml": `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
  <session-config><session-timeout>10</session-timeout></session-config>
</web-app>
`,
  },
  bad: [
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  BalancerMember http://10.0.0.3:8080 route=n3
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
</Proxy>
`,
  ],
  fixable: false,
  *check({ servers }) {
    if (servers === undefined) return;
    for (const { at, file, distributable } of servers.applications) {
      const balancer = servers.balancers.find(({ members }) => members.length > 1);
      if (distributable || balancer === undefined) continue;
      yield {
        at: balancer.at,
        subject: `application of ${file} behind ${balancer.label}`,
        found: `no <distributable/> (${placeWords(at)}), so that each of ${balancer.members.length} servers keeps its sessions to itself`,
        fix: "write <distributable/> below <web-app>, and let the session hold only what can be serialized",
        related: [at],
      };
    }
  },
};
