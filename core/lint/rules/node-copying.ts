import { placeWords, serversOf } from "../servers-view.js";
import type { AppServerFile } from "../../server-files/server-file.js";
import type { AskedBalancer } from "../asked-member.js";
import type { Finding, Rule } from "../rule.js";

/** LB: a server whose sessions end with it, or are on too few others. */
export const nodeCopying: Rule = {
  id: "node-copying",
  group: "sessions",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Sessions are on so many servers that one of them is left when all actives are down.",
  why: "A standby that holds no copy of the sessions answers everybody as a new client. With two copies, as WildFly has them and Tomcat's BackupManager, the sessions whose two holders are down at the same time are lost.",
  proof:
    "measured on httpd 2.4.71 with Tomcat 10.1.60: with BackupManager 4 of 12 sessions were lost when both actives died, with DeltaManager none",
  beside: {
    "server.xml": `<Server port="-1">
  <Service name="Catalina">
    <Connector port="8080" protocol="HTTP/1.1"/>
    <Connector port="8009" protocol="AJP/1.3" address="0.0.0.0" secret="known"/>
    <Engine name="Catalina" defaultHost="localhost" jvmRoute="n1"/>
  </Service>
</Server>
`,
  },
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  BalancerMember http://10.0.0.3:8080 status=+H
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
  ],
  fixable: false,
  *check({ servers }) {
    for (const balancer of servers?.balancers ?? []) {
      if (servers === undefined || balancer.members.length < 2) continue;
      const group = serversOf(balancer, servers);
      const wanted = servers.applications.some(({ distributable }) => distributable);
      const copied = wanted || group.some(({ server }) => server.copying !== undefined);
      for (const { server, members } of group) {
        const member = members.find((one) => balancer.members.includes(one));
        const fault = member === undefined ? undefined : copyingFault(server, balancer, copied);
        if (member !== undefined && fault !== undefined) {
          yield { at: member.at, subject: `sessions of ${member.label}`, ...fault };
        }
      }
    }
  },
};

/** @param copied - whether other servers copy, or the application asks for it */
function copyingFault(
  { copying, at }: AppServerFile,
  { members }: AskedBalancer,
  copied: boolean,
): Pick<Finding, "found" | "fix" | "related"> | undefined {
  const standby = members.some((member) => member.standby);
  const actives = members.filter((member) => !member.standby).length;
  if (copying === undefined) {
    if (!copied && !standby) return undefined;
    const fix = "let the server copy its sessions to the others: Cluster in server.xml, standalone-ha.xml of WildFly";
    return { found: `on this server only (${placeWords(at)})`, fix, related: [at] };
  }
  const { copies } = copying;
  if (!standby || copies?.value === undefined || copies.value > actives) return undefined;
  return {
    found: `on ${copies.value} servers, and ${actives} actives may be down at once (${placeWords(copies.place)})`,
    fix: `keep ${actives + 1} copies: owners of WildFly's cache, DeltaManager of Tomcat`,
    related: [copies.place],
  };
}
