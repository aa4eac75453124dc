import { placeWords, unlessWords } from "../servers-view.js";
import type { Rule } from "../rule.js";

/** LB: a member whose server listens elsewhere, or speaks another protocol there. */
export const nodePort: Rule = {
  id: "node-port",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "A member's server listens at its port, and speaks its protocol there.",
  why: "Nobody answers at that port, or something that httpd does not understand: the member is in error from its first request on, and the others carry its share.",
  proof:
    "measured on httpd 2.4.71 and Tomcat 10.1.60: a member with another port than its Connector is refused (AH00957)",
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
  BalancerMember http://10.0.0.1:8180 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8009 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
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
    const { listeners } = server;
    // A port that only the start knows may be any.
    if (listeners.some(({ port }) => port.value === undefined)) return undefined;
    const there = listeners.filter(({ port }) => port.value === member.port);
    if (there.some(({ protocol }) => protocol === member.protocol)) return undefined;
    const speaking = listeners.filter(({ protocol }) => protocol === member.protocol);
    const named = there.length > 0 ? there : speaking;
    const words = named.map(({ protocol, port }) => {
      return `${protocol} at ${port.value ?? "?"} (${placeWords(port.place)}${unlessWords(port.unless)})`;
    });
    return {
      at: member.at,
      subject: `port of ${member.label}`,
      found: `${member.protocol} to port ${member.port}, and its server ${words.length === 0 ? `has no listener for ${member.protocol} (${placeWords(server.at)})` : `speaks ${words.join(", ")}`}`,
      fix: "write the port and the protocol that the server has, or change the server's",
      related: named.length === 0 ? [server.at] : named.map(({ port }) => port.place),
    };
  },
};
