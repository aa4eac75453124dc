import { isLoopbackHost } from "../../httpd/address.js";
import { groupAddress, nodeHost, nodePorts } from "../../topology/app-node.js";
import type { AppNode } from "../../topology/app-node.js";

/** What a Tomcat is told beside its node. */
export interface TomcatSetup {
  /** The nodes of its replication group, itself included, in the same order for each of them; empty for none. */
  readonly group: readonly AppNode[];
  /** The route that its sessions carry. @default - none, where httpd has no routes */
  readonly route?: string;
  /** The AJP secret, or a reference to it. @default - no AJP connector */
  readonly secret?: string;
}

/**
 * The server.xml of a Tomcat 10.1. Each value that is not Tomcat's own keeps a session from being lost, or a request
 * from hanging; all were measured on 10.1.60:
 *
 * - `bindOnInit="false"`: the port is refused until the application serves, where it would accept and not answer;
 * - `channelSendOptions="6"`: a change is copied before the answer is sent; with the usual 8, 17 to 42 of 300 were lost;
 * - `channelStartOptions="3"` and static members: no multicast;
 * - `stateTransferTimeout="5"`: a start beside another starting node waits no minute for its sessions;
 * - `DeltaManager`: every node holds every session; two copies lose some when both actives are gone;
 * - a `jvmRoute` only where httpd has routes: alone it loses the session of parallel requests.
 */
export function tomcatServerXml(node: AppNode, setup: TomcatSetup): string {
  const { route } = setup;
  const { application, contextPath } = node;
  const context =
    application === undefined
      ? []
      : [`    <Context path="${xml(contextPathOf(application, contextPath))}" docBase="${xml(application)}"/>`];
  const jvmRoute = route === undefined ? "" : ` jvmRoute="${xml(route)}"`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<!-- Written by cdktf-httpd-balancer: change the description it is made from. -->",
    '<Server port="-1">',
    '<Service name="Catalina">',
    ...connectors(node, setup),
    `  <Engine name="Catalina" defaultHost="localhost"${jvmRoute}>`,
    '  <Host name="localhost" appBase="webapps" autoDeploy="false" unpackWARs="false">',
    ...(setup.group.length === 0 ? [] : clusterLines(node, setup)),
    ...context,
    "  </Host>",
    "  </Engine>",
    "</Service>",
    "</Server>",
  ];
  return `${lines.join("\n")}\n`;
}

/** Where an application is found: its archive's name, as Tomcat has it. */
export function contextPathOf(application: string, contextPath?: string): string {
  if (contextPath !== undefined) return contextPath === "/" ? "" : contextPath;
  const name = application
    .replace(/\/$/, "")
    .replace(/^.*\//, "")
    .replace(/\.war$/i, "");
  return name === "ROOT" ? "" : `/${name}`;
}

/**
 * Tomcat opens its ports one after another, in this order: whoever is answered over HTTP, as a health check is, may rely
 * on AJP being open, too.
 */
function connectors(node: AppNode, { secret }: TomcatSetup): readonly string[] {
  const { http, ajp } = nodePorts(node);
  const connector = (port: number, address: string, words: string): string =>
    `  <Connector port="${port}" address="${address}" ${words}/>`;
  const ofAjp = `protocol="AJP/1.3" bindOnInit="false" secretRequired="true" secret="${xml(secret ?? "")}"`;
  return [
    ...(secret === undefined ? [] : [connector(ajp, bindAddress(node), ofAjp)]),
    connector(http, httpAddress(node), 'protocol="HTTP/1.1" bindOnInit="false"'),
  ];
}

/**
 * Where a Tomcat takes HTTP: of one that balancers speak AJP to, only its own machine asks, whether the application
 * serves.
 */
export function httpAddress(node: AppNode): string {
  const address = bindAddress(node);
  return node.protocol !== "ajp" || isLoopbackHost(address) ? address : "127.0.0.1";
}

/** A node that is reached on this machine only listens there only. */
export function bindAddress(node: AppNode): string {
  const host = nodeHost(node);
  if (host === "localhost") return "127.0.0.1";
  return /^[0-9.]+$/.test(host) || host.includes(":") ? host : "0.0.0.0";
}

function clusterLines(node: AppNode, { group, route }: TomcatSetup): readonly string[] {
  const tribes = "org.apache.catalina.tribes";
  const ha = "org.apache.catalina.ha";
  const interceptor = (name: string, more = ""): string =>
    `      <Interceptor className="${tribes}.group.interceptors.${name}"${more}/>`;
  const others = group.filter(({ name }) => name !== node.name);
  return [
    `    <Cluster className="${ha}.tcp.SimpleTcpCluster" channelSendOptions="6" channelStartOptions="3">`,
    `      <Manager className="${ha}.session.DeltaManager" stateTransferTimeout="5" expireSessionsOnShutdown="false" notifyListenersOnReplication="true"/>`,
    `      <Channel className="${tribes}.group.GroupChannel">`,
    `      <Receiver className="${tribes}.transport.nio.NioReceiver" address="${bindAddress(node)}" port="${nodePorts(node).replication ?? 0}" autoBind="0" selectorTimeout="1000"/>`,
    `      <Sender className="${tribes}.transport.ReplicationTransmitter">`,
    `        <Transport className="${tribes}.transport.nio.PooledParallelSender" timeout="3000"/>`,
    "      </Sender>",
    interceptor("TcpPingInterceptor", ' interval="1000"'),
    interceptor("TcpFailureDetector", ' connectTimeout="500"'),
    `      <Interceptor className="${tribes}.group.interceptors.StaticMembershipInterceptor">`,
    memberLine("LocalMember", group, node),
    ...others.map((other) => memberLine("Member", group, other)),
    "      </Interceptor>",
    interceptor("MessageDispatchInterceptor"),
    "      </Channel>",
    `      <Valve className="${ha}.tcp.ReplicationValve" filter=""/>`,
    ...(route === undefined ? [] : [`      <Valve className="${ha}.session.JvmRouteBinderValve"/>`]),
    `      <ClusterListener className="${ha}.session.ClusterSessionListener"/>`,
    "    </Cluster>",
  ];
}

/** A member bears the same id in the eyes of every node: its place in the group. */
function memberLine(element: "Member" | "LocalMember", group: readonly AppNode[], node: AppNode): string {
  const place = group.findIndex(({ name }) => name === node.name) + 1;
  const bytes = [...Array.from({ length: 14 }, () => 0), Math.floor(place / 128), place % 128];
  const address =
    element === "LocalMember" ? "" : ` host="${xml(groupAddress(node))}" port="${nodePorts(node).replication ?? 0}"`;
  const className = "org.apache.catalina.tribes.membership.StaticMember";
  return `        <${element} className="${className}"${address} domain="sessions" uniqueId="{${bytes.join(",")}}"/>`;
}

function xml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
