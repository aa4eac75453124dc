import type { ListedPeer, SessionCopying } from "../../server-files/server-file.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import { areDifferentHosts } from "../asked-member.js";
import type { AskedBalancer } from "../asked-member.js";
import { placeWords, serversOf } from "../servers-view.js";
import type { PairedServer } from "../servers-view.js";
import type { Rule } from "../rule.js";

/** LB: a server that does not know the others that its sessions should be on. */
export const nodeGroup: Rule = {
  id: "node-group",
  group: "sessions",
  severity: "error",
  presets: ["recommended"],
  wanted: "The list of members of a server names every other server of its balancer, by the port that it has.",
  why: "Sessions are copied to the servers of the list. One that is left out, or named with a port that it does not have, gets none: a client that is sent there begins anew. The ports in WildFly's list are not moved by the port offset.",
  proof:
    "measured on httpd 2.4.71 with WildFly 39.0.1: servers with port offsets found each other by lists that name the moved ports",
  beside: {
    "server.xml": `<Server port="-1">
  <Service name="Catalina">
    <Connector port="8080" protocol="HTTP/1.1"/>
    <Engine name="Catalina" defaultHost="localhost" jvmRoute="n1">
      <Cluster className="org.apache.catalina.ha.tcp.SimpleTcpCluster" channelStartOptions="3">
        <Channel className="org.apache.catalina.tribes.group.GroupChannel">
          <Receiver className="org.apache.catalina.tribes.transport.nio.NioReceiver" port="4000"/>
          <Interceptor className="org.apache.catalina.tribes.group.interceptors.StaticMembershipInterceptor">
            <Member className="org.apache.catalina.tribes.membership.StaticMember" host="10.0.0.2" port="4000"/>
          </Interceptor>
        </Channel>
      </Cluster>
    </Engine>
  </Service>
</Server>
`,
  },
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember http://10.0.0.1:8080 route=n1
  BalancerMember http://10.0.0.2:8080 route=n2
  BalancerMember http://10.0.0.3:8080 route=n3
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
    if (servers === undefined) return;
    for (const balancer of servers.balancers) {
      const group = serversOf(balancer, servers);
      for (const paired of group) {
        const member = paired.members.find((one) => balancer.members.includes(one));
        const fault = member === undefined ? undefined : listFault(paired, group, balancer);
        if (member === undefined || fault === undefined) continue;
        yield {
          at: member.at,
          subject: `replication group of ${member.label}`,
          found: `${fault.found} (${placeWords(fault.places[0])})`,
          fix: "list every server of the group at each of them, with the host and the port of its replication",
          related: fault.places,
        };
      }
    }
  },
};

interface ListFault {
  readonly found: string;
  readonly places: readonly [SourcePlace, ...SourcePlace[]];
}

/** The first thing that is wrong with the list of a server. */
function listFault(
  paired: PairedServer,
  group: readonly PairedServer[],
  { members }: AskedBalancer,
): ListFault | undefined {
  const own = paired.server.copying;
  if (own?.peers === undefined) return undefined;
  const { peers, listAt } = own;
  for (const other of group) {
    const theirs = other.server.copying;
    if (other === paired || theirs?.port.value === undefined) continue;
    if (peers.some((peer) => isListed(peer, other, theirs))) continue;
    const name = other.members[0]?.label ?? other.server.file;
    const found = `its list has no port ${theirs.port.value} for the server of ${name} (${placeWords(theirs.port.place)})`;
    return { found, places: [listAt, theirs.port.place] };
  }
  const others = peers.filter((peer) => !isListed(peer, paired, own)).length;
  const servers = new Set(members.map(({ host, port }) => `${host}:${port}`)).size;
  if (others >= servers - 1) return undefined;
  return { found: `its list names ${others} of the ${servers - 1} others of the balancer`, places: [listAt] };
}

/** True where an entry may be a server: what no resolver was asked about may. */
function isListed(
  { host, port }: ListedPeer,
  { members }: PairedServer,
  { port: own, address }: SessionCopying,
): boolean {
  if (port.value !== undefined && own.value !== undefined && port.value !== own.value) return false;
  if (host.value === undefined) return true;
  const listed = host.value.toLowerCase();
  const hosts = [...members.map((member) => member.host), ...(isOwn(address?.value) ? [address?.value ?? ""] : [])];
  return hosts.some((one) => one === listed) || !hosts.every((one) => areDifferentHosts(one, listed));
}

function isOwn(address: string | undefined): boolean {
  return address !== undefined && address !== "auto" && address !== "0.0.0.0";
}
