import { isLoopbackHost } from "../../httpd/address.js";
import type { AppListener } from "../../server-files/server-file.js";
import { listenerAt, placeWords } from "../servers-view.js";
import type { Rule } from "../rule.js";

/** LB: an AJP connector of Tomcat that is open, or that does not start. */
export const nodeAjpSecret: Rule = {
  id: "node-ajp-secret",
  group: "security",
  severity: "error",
  presets: ["recommended", "security"],
  wanted: "The AJP connector that a member speaks to asks for a secret, and has one.",
  why: 'AJP says who the user is, and Tomcat believes it: with secretRequired="false" whoever reaches the port is any user, and reads files of the application. With the usual secretRequired="true" and no secret, Tomcat does not start the connector at all.',
  proof:
    "measured on httpd 2.4.71 and Tomcat 10.1.60: a connector with secretRequired and without a secret does not start, and nothing listens at its port",
  beside: {
    "server.xml": `<Server port="-1">
  <Service name="Catalina">
    <Connector port="8080" protocol="HTTP/1.1"/>
    <Connector port="8009" protocol="AJP/1.3" address="0.0.0.0" secretRequired="false"/>
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
    const listener = member.protocol === "ajp" ? listenerAt(server, member) : undefined;
    const found = listener === undefined ? undefined : connectorFault(listener);
    if (listener === undefined || found === undefined) return undefined;
    return {
      at: member.at,
      subject: `AJP connector of ${member.label}`,
      found: `${found} (${placeWords(listener.port.place)})`,
      fix: "set secretRequired to true and a secret of its own in the Connector, and the same secret of the member",
      related: [listener.port.place],
    };
  },
};

function connectorFault({ secret, address }: AppListener): string | undefined {
  if (secret === undefined) return undefined;
  if (secret.required.value === true && secret.secret === undefined) {
    return "a secret is required and none is set, so that Tomcat does not start it";
  }
  if (secret.required.value !== false) return undefined;
  const local = address?.value !== undefined && isLoopbackHost(address.value);
  return local ? undefined : 'secretRequired="false", and it listens beyond its own machine';
}
