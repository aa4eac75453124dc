import { placeWords, unlessWords } from "../servers-view.js";
import type { Rule } from "../rule.js";

/** LB: a server that no member asks. */
export const nodeUnasked: Rule = {
  id: "node-unasked",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Every server whose file is given is asked by a member.",
  why: "A server that listens at ports that no member has, and whose route none has, gets no request; or ports and routes are wrong at one of the two ends.",
  proof: "measured on httpd 2.4.71: a member asks the port of its URL only",
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
    `# wrong
<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8180 route=a
  BalancerMember http://10.0.0.2:8280 route=b
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
    const [balancer] = servers?.balancers ?? [];
    if (servers === undefined || balancer === undefined) return;
    const asked = servers.balancers.flatMap(({ members }) => members.map(({ port }) => port));
    for (const { server, members } of servers.servers) {
      // The ports may be any where only the start says them.
      if (members.length > 0 || server.listeners.some(({ port }) => port.value === undefined)) continue;
      const { listeners, route, file } = server;
      const ports = listeners.map(({ port, protocol }) => `${protocol} at ${port.value ?? "?"}`);
      const unless = listeners.map(({ port }) => port.unless).find((name) => name !== undefined);
      const named = route?.value === undefined ? "" : `, with the route '${route.value}'`;
      const place = listeners[0]?.port.place ?? server.at;
      yield {
        at: balancer.at,
        subject: `server of ${file} beside ${balancer.label}`,
        found: `it speaks ${ports.join(", ") || "nothing"}${named} (${placeWords(place)}${unlessWords(unless)}), and members ask the ports ${[...new Set(asked)].join(", ")}`,
        fix: "correct port or route at one of the two ends; --node NAME=FILE,PROPERTY=VALUE says whose file it is and how it is started",
        related: [place],
      };
    }
  },
};
