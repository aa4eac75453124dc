import { isEveryAddress, isLoopbackHost } from "../httpd/address.js";
import type {
  AppListener,
  AppServerFile,
  ApplicationFile,
  ServerFile,
  WorkersFile,
} from "../server-files/server-file.js";
import type { SourcePlace } from "../vocabulary/place.js";
import { areDifferentHosts, askedOfCluster, askedOfWorkers } from "./asked-member.js";
import type { AskedBalancer, AskedMember } from "./asked-member.js";
import type { ClusterView } from "./view-parts.js";

/** What servers' own files say beside the input, and whose server each is. */
export interface ServersView {
  readonly balancers: readonly AskedBalancer[];
  readonly servers: readonly PairedServer[];
  readonly applications: readonly ApplicationFile[];
  readonly workers: readonly WorkersFile[];
}

/** A server, and the members that it may be. */
export interface PairedServer {
  readonly server: AppServerFile;
  /** Several where all of them are this one, or nobody can tell which; none where it fits nobody. */
  readonly members: readonly AskedMember[];
  /** False where it is one of the members, and nobody can tell which. */
  readonly sure: boolean;
}

/** Finds out whose servers the files beside an input are. */
export function serversView(clusters: readonly ClusterView[], beside: readonly ServerFile[]): ServersView {
  const workers = beside.filter((file) => file.kind === "workers");
  const balancers = [
    ...clusters.map(askedOfCluster),
    ...workers.flatMap((file) => file.read.workers.balancers.map((balancer) => askedOfWorkers(balancer, file))),
  ].filter(({ members }) => members.length > 0);
  const members = balancers.flatMap((balancer) => balancer.members);
  const files = beside.filter((file): file is AppServerFile => file.kind === "tomcat" || file.kind === "wildfly");
  const certain = files.map((server) => certainly(server, members));
  const taken = new Set(certain.flat());
  const left = members.filter((member) => !taken.has(member));
  return {
    balancers,
    servers: files.map((server, index) => {
      const own = certain[index] ?? [];
      const found = own.length > 0 ? own : possibly(server, left);
      return { server, members: found, sure: isOneAddress(found) };
    }),
    applications: beside.filter((file) => file.kind === "application"),
    workers,
  };
}

/** Members of whom the file says that it is theirs: by the name it was given, else by route and port. */
function certainly(server: AppServerFile, members: readonly AskedMember[]): readonly AskedMember[] {
  const { node } = server;
  const named = members.filter(({ names }) => node !== undefined && names.includes(node));
  if (named.length > 0) return named;
  return members.filter((member) => hasRoute(server, member) && hasPort(server, member));
}

/** Members that agree with it in one of the two; of those that agree in none, the only one that is left. */
function possibly(server: AppServerFile, members: readonly AskedMember[]): readonly AskedMember[] {
  const routed = members.filter((member) => hasRoute(server, member));
  if (routed.length > 0) return routed;
  const ported = members.filter((member) => hasPort(server, member));
  if (ported.length > 0) return ported;
  return isOneAddress(members) ? members : [];
}

function hasRoute({ route }: AppServerFile, member: AskedMember): boolean {
  return route?.value !== undefined && route.value === member.route;
}

function hasPort({ listeners }: AppServerFile, member: AskedMember): boolean {
  return listeners.some(({ port, address }) => {
    const elsewhere = address?.value !== undefined && isElsewhere(address.value, member.host);
    return port.value === member.port && !elsewhere;
  });
}

/** A loopback address is a mistake where balancers come from elsewhere; another address is another machine's. */
function isElsewhere(address: string, host: string): boolean {
  return areDifferentHosts(address, host) && !isLoopbackHost(address) && !isEveryAddress(address);
}

function isOneAddress(members: readonly AskedMember[]): boolean {
  return new Set(members.map(({ host, port, protocol }) => `${protocol}://${host}:${port}`)).size === 1;
}

/** What is wrong with members that a server may be: all of them, or one where all that come into question are wrong. */
export function judgedMembers<Found extends object>(
  { members, sure }: PairedServer,
  judge: (member: AskedMember) => Found | undefined,
): readonly Found[] {
  const found = members.map(judge).filter((one) => one !== undefined);
  if (sure) return found;
  return found.length === members.length ? found.slice(0, 1) : [];
}

/** What a server has at the port that a member asks, in its protocol. */
export function listenerAt({ listeners }: AppServerFile, member: AskedMember): AppListener | undefined {
  return listeners.find(({ protocol, port }) => protocol === member.protocol && port.value === member.port);
}

/** Servers of the members of a balancer, those only of whom it is sure. */
export function serversOf({ members }: AskedBalancer, { servers }: ServersView): readonly PairedServer[] {
  return servers.filter((paired) => paired.sure && paired.members.some((member) => members.includes(member)));
}

/** A place in a sentence. */
export function placeWords({ file, line }: SourcePlace): string {
  return `${file}:${line}`;
}

/** That a value may be another one when the server starts; nothing where the file alone decides. */
export function unlessWords(unless: string | undefined): string {
  return unless === undefined ? "" : `, unless the start says -D${unless}`;
}
