import type { AppServerFile } from "../../server-files/server-file.js";
import type { AskedMember } from "../asked-member.js";
import { placeWords, unlessWords } from "../servers-view.js";
import type { ServersView } from "../servers-view.js";
import type { Rule } from "../rule.js";

/** LB: a route that is not what the server's sessions end with. */
export const nodeRoute: Rule = {
  id: "node-route",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "The route of a member is what sessions of its server end with.",
  why: "httpd looks for the member of the route that a session ends with. Where the server writes another one, or none, nothing is found: every request of the session is balanced anew, and meets servers that do not know it. A jvmRoute of Tomcat that no member's route names is worse than none, as each takeover renames the session under requests that are sent side by side.",
  proof:
    "measured on httpd 2.4.71 and Tomcat 10.1.60: a session with a suffix that no member has as its route goes to whoever is next; with jvmRoute and no routes, a request with the old name of a session got a new session",
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
  BalancerMember http://10.0.0.1:8080 route=node1
  BalancerMember http://10.0.0.2:8081 route=node2
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8081
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8081 route=n2
  ProxySet stickysession=JSESSIONID|jsessionid
</Proxy>
`,
  ],
  fixable: false,
  server(member, server, servers) {
    const { route, hashed } = server;
    const written = route?.place ?? server.at;
    const lone = member.route === undefined && member.port > 0 && isLoneRoute(server, member, servers);
    const found = lone
      ? `none in the whole balancer, and the server's sessions end with '${route?.value ?? ""}' (${placeWords(written)})`
      : wrongRoute(server, member);
    if (found === undefined) return undefined;
    return {
      at: member.routeAt,
      subject: `route of ${member.label}`,
      found,
      fix:
        hashed !== undefined
          ? "set obfuscate-session-route to false: httpd cannot know a hashed route"
          : lone
            ? `set route=${route?.value ?? ""} and those of the other members, or take jvmRoute away`
            : route?.value === undefined
              ? `set jvmRoute="${member.route ?? ""}" of the server's Engine`
              : `set route=${route.value}, or the server's route to '${member.route ?? ""}'`,
      related: [hashed ?? written],
    };
  },
};

/** Tomcat's own names for sessions while httpd has no routes. */
function isLoneRoute({ kind, route }: AppServerFile, member: AskedMember, servers: ServersView): boolean {
  if (kind !== "tomcat" || route?.value === undefined) return false;
  const balancer = servers.balancers.find(({ members }) => members.includes(member));
  return (
    balancer !== undefined && balancer.members.length > 1 && balancer.members.every((one) => one.route === undefined)
  );
}

function wrongRoute({ kind, route, hashed, at }: AppServerFile, member: AskedMember): string | undefined {
  // A standby of mod_jk is told to have a route that no server bears, so that nothing sticks to it.
  if (member.route === undefined || member.standby) return undefined;
  const own = `'${member.route}'`;
  if (hashed !== undefined) return `${own}, and the server writes routes as hashes (${placeWords(hashed)})`;
  if (route === undefined)
    return `${own}, and the server has no ${kind === "tomcat" ? "jvmRoute" : "instance-id"} (${placeWords(at)})`;
  if (route.value === undefined || route.value === member.route) return undefined;
  const theirs = `'${route.value}' (${placeWords(route.place)}${unlessWords(route.unless)})`;
  return `${own}, and the server's sessions end with ${theirs}`;
}
