import { isEveryAddress } from "../../httpd/address.js";
import { areDifferentHosts } from "../asked-member.js";
import { listenerAt, placeWords, unlessWords } from "../servers-view.js";
import type { Rule } from "../rule.js";

/** LB: a server that listens where its member does not ask. */
export const nodeAddress: Rule = {
  id: "node-address",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "A server listens at the address that its member names.",
  why: "Nobody but the server's own machine reaches a loopback address. WildFly binds to it unless it is started with -b, and an AJP connector of Tomcat unless it has an address: from another machine every connection is refused.",
  proof:
    "measured on httpd 2.4.71 and Tomcat 10.1.60: a member at another address than its Connector's is refused (AH00957)",
  beside: {
    "server.xml": `<Server port="-1">
  <Service name="Catalina">
    <Connector port="8080" protocol="HTTP/1.1"/>
    <Connector port="8009" protocol="AJP/1.3" secret="known"/>
    <Engine name="Catalina" defaultHost="localhost" jvmRoute="n1"/>
  </Service>
</Server>
`,
  },
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember ajp://10.0.0.1:8009 route=n1 secret=known
  BalancerMember ajp://10.0.0.2:8010 route=n2 secret=known
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
  server(member, server) {
    const address = listenerAt(server, member)?.address;
    if (address?.value === undefined || isEveryAddress(address.value)) return undefined;
    if (!areDifferentHosts(address.value.toLowerCase(), member.host)) return undefined;
    return {
      at: member.at,
      subject: `host of ${member.label}`,
      found: `${member.host}, and its server listens at ${address.value} only (${placeWords(address.place)}${startWords(address.unless)})`,
      fix: "bind the server to the address that the member names, and let only the fronts reach it",
      related: [address.place],
    };
  },
};

/** WildFly has a word of its own for the address. */
function startWords(unless: string | undefined): string {
  return unless === "jboss.bind.address" ? ", unless the start says -b" : unlessWords(unless);
}
