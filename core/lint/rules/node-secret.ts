import type { AppListener, AppServerFile } from "../../server-files/server-file.js";
import type { AskedMember } from "../asked-member.js";
import { listenerAt, placeWords } from "../servers-view.js";
import type { Rule } from "../rule.js";

/** LB: a secret that the server does not ask for, or another one. */
export const nodeSecret: Rule = {
  id: "node-secret",
  group: "security",
  severity: "error",
  presets: ["recommended", "security"],
  wanted: "An AJP member and its server have one secret.",
  why: "Tomcat answers 403 to whoever does not know its secret, and httpd takes that for a good answer: the member stays in the balance, and its share of requests fails for as long as nobody looks. A server that asks for none lets everybody who reaches its port say who he is.",
  proof:
    "measured on httpd 2.4.71 and Tomcat 10.1.60: with a missing or a wrong secret every second of two members' answers was 403",
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
  BalancerMember ajp://10.0.0.1:8009 route=n1 secret=other
  BalancerMember ajp://10.0.0.2:8010 route=n2 secret=known
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember ajp://10.0.0.1:8009 route=n1 secret=known
  BalancerMember ajp://10.0.0.2:8010 route=n2 secret=known
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
  ],
  fixable: false,
  server(member, server) {
    const listener = ajpOf(server, member);
    const found = listener === undefined ? undefined : secretFault(listener, member);
    if (listener === undefined || found === undefined) return undefined;
    const place = listener.secret?.secret?.place ?? listener.port.place;
    return {
      at: member.secretAt,
      subject: `secret of ${member.label}`,
      found: `${found} (${placeWords(place)})`,
      fix:
        listener.secret === undefined
          ? "use http: this server can ask for no secret, so that whoever reaches its AJP port may say who he is"
          : "give both ends the same one, from a file or a variable that only they read",
      related: [place],
    };
  },
};

/** The AJP listener that a member meets: the one at its port, else the only one. */
function ajpOf(server: AppServerFile, member: AskedMember): AppListener | undefined {
  if (member.protocol !== "ajp") return undefined;
  const ajp = server.listeners.filter(({ protocol }) => protocol === "ajp");
  return listenerAt(server, member) ?? (ajp.length === 1 ? ajp[0] : undefined);
}

function secretFault({ secret }: AppListener, member: AskedMember): string | undefined {
  const own = member.secret;
  if (secret === undefined) return own === undefined ? undefined : "one that its server never asks for";
  if (secret.required.value === false) return undefined;
  const theirs = secret.secret;
  // A connector that demands a secret and has none does not start, and one whose value is elsewhere is unknown.
  if (theirs === undefined || theirs.value === undefined || member.secretUnknown) return undefined;
  if (own === undefined) return "none, and its server asks for one";
  return own === theirs.value ? undefined : "another one than its server asks for";
}
