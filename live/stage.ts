import { randomUUID } from "node:crypto";
import { sessionCookie } from "../core/model/session-cookie.js";
import type { SessionCookie } from "../core/model/session-cookie.js";
import { memberOrigin, memberScheme } from "../core/conf/rewire/origin.js";
import type { Origin } from "../core/conf/rewire/origin.js";
import { rewire } from "../core/conf/rewire/rewire.js";
import type { Rewired } from "../core/conf/rewire/rewire.js";
import { wantedBy } from "../core/conf/rewire/wanted.js";
import type { Wanted } from "../core/conf/rewire/wanted.js";
import { virtualHosts } from "../core/conf/rewire/manager.js";
import { serverNameOf } from "../core/httpd/server-name.js";
import { expand } from "../core/conf/run/expand.js";
import type { ExpandOptions } from "../core/conf/run/expand.js";
import type { Expansion } from "../core/conf/run/executed.js";
import { plainBackends, urlText } from "../core/scenario/nodes.js";
import { listensOf, portCalled } from "../core/topology/ports.js";
import type { Server, Topology } from "../core/topology/topology.js";
import type { ManagerAddress } from "./balancer-manager.js";
import { runHttpd } from "./httpd.js";
import type { Httpd, PrivateFolders } from "./httpd.js";
import { madeCertificate } from "./certificates.js";
import type { MadeCertificate } from "./certificates.js";
import { choosePorts, HERE, placesOf } from "./places.js";
import type { ChosenPorts } from "./places.js";
import { addedLines, writePlayed } from "./played-conf.js";
import type { PlayedConf } from "./played-conf.js";
import { claimLoopback } from "./ports.js";
import type { Loopback } from "./ports.js";
import { UnreadyError } from "./program.js";
import type { HttpdProgram } from "./program.js";
import { refusal } from "./refusal.js";
import { createStubNode } from "./stub-node.js";
import type { StubNode } from "./stub-node.js";

/** Where a client connects to, and what it calls the server. */
export interface Called {
  readonly address: string;
  readonly port: number;
  /** The Host header, as a client of the real server sends it. */
  readonly host: string;
  readonly tls: boolean;
}

/** A real httpd with the user's own configuration, and a stub in place of each backend. */
export interface Stage {
  readonly topology: Topology;
  readonly httpd: Httpd;
  readonly program: HttpdProgram;
  /** An `address:port` of a stub; all have the same length, or nearly so. */
  readonly workerAuthority: string;
  /** Stub of a backend. */
  readonly stubs: ReadonlyMap<Origin, StubNode>;
  /** What was changed in the configuration so that it could be played. */
  readonly rewired: Rewired;
  /** Lines that are played around it. */
  readonly added: readonly string[];
  /** Where requests with a Host header go. */
  called(host?: string): Called;
  /** Manager of the main server, or of the virtual host of that name; only where managers were asked for. */
  managerOf(host?: string): ManagerAddress;
  /** The URL httpd knows in place of a member's URL. */
  workerUrl(url: string): string;
  /** Ends everything. No effect the second time. */
  close(): Promise<void>;
}

/** What a stage is opened with. */
export interface StageOptions {
  /** The user's own httpd.conf. */
  readonly conf: ExpandOptions;
  /** What it says, or the description it was written from: its first server is the one that is played. */
  readonly topology: Topology;
  readonly program: HttpdProgram;
  /** Put balancer-managers in, for live changes. @default false */
  readonly managers?: boolean;
  /** All times are divided by it. @default 1 */
  readonly speedup?: number;
  /** Most requests at the same time, where the configuration does not say it. @default 64 */
  readonly threads?: number;
}

/**
 * Starts stubs and httpd for a configuration.
 *
 * @throws UnreadyError when it describes no server, would run a program or reach another host, or httpd does not start
 */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { topology } = options;
  const [server] = topology.servers;
  if (server === undefined) throw new UnreadyError("the input describes no server; mount a cluster to rehearse it");
  const drawn = topology.clusters.find(({ parameters }) => parameters.lbmethod === "heartbeat");
  if (drawn !== undefined) {
    throw new UnreadyError(`lbmethod=heartbeat of balancer '${drawn.name}' draws at random and cannot be rehearsed`);
  }
  const expansion = expand({ ...options.conf, elsewhere: true });
  if (expansion.error !== undefined) throw new UnreadyError(expansion.error.message);
  const wanted = withDescribed(wantedBy(expansion), server);
  const main = await claimLoopback();
  const stubs = new Map<Origin, StubNode>();
  const closing: (() => Promise<void>)[] = [() => main.release()];
  const strike = async (): Promise<void> => {
    await Promise.all([...stubs.values()].map((stub) => stub.stop()));
    await Promise.all(closing.splice(0).map((close) => close()));
  };
  try {
    const certificate = wanted.certificates ? await madeCertificate(namesIn(wanted, server, main)) : undefined;
    for (const origin of wanted.origins) {
      const scheme = memberScheme(origin);
      const tls = scheme === "https" && certificate !== undefined ? { tls: certificate } : {};
      stubs.set(origin, await createStubNode(origin, main, { scheme, cookies: cookiesOf(topology, origin), ...tls }));
    }
    await Promise.all([...stubs.values()].map((stub) => stub.start()));
    const chosen = await choosePorts(wanted, main);
    closing[0] = () => chosen.release();
    const scopes = options.managers === true ? await managerScopes(expansion, main) : undefined;
    const preparation: Preparation = { options, server, expansion, wanted, chosen, stubs, scopes, certificate };
    return await started(preparation, strike);
  } catch (error) {
    await strike();
    throw error;
  }
}

/** Session cookies that the application of an origin sets: one for each cluster it is a member of. */
function cookiesOf({ clusters }: Topology, origin: Origin): readonly SessionCookie[] {
  const cookies = clusters.flatMap((cluster) =>
    cluster.members.flatMap(({ url }, member) =>
      memberOrigin(urlText(url)) === origin ? (sessionCookie(cluster, member) ?? []) : [],
    ),
  );
  return [...new Map(cookies.map((cookie) => [cookie.name, cookie])).values()];
}

/** All that is known before httpd is started. */
interface Preparation {
  readonly options: StageOptions;
  readonly server: Server;
  readonly expansion: Expansion;
  readonly wanted: Wanted;
  readonly chosen: ChosenPorts;
  readonly stubs: ReadonlyMap<Origin, StubNode>;
  readonly scopes: PlayedConf["manager"] | undefined;
  readonly certificate: MadeCertificate | undefined;
}

async function started(preparation: Preparation, strike: () => Promise<void>): Promise<Stage> {
  const { options, expansion, stubs } = preparation;
  const { conf, topology, program } = options;
  const prepared: { played?: PlayedConf } = {};
  const write = (folders: PrivateFolders): string => {
    const played = playedIn(preparation, folders);
    if (played.rewired.refused.length > 0) throw new UnreadyError(refusal(played.rewired.refused));
    prepared.played = played;
    return writePlayed(played);
  };
  const httpd = await runHttpd({
    program,
    write,
    serverRoot: expansion.serverRoot,
    ...(conf.flags !== undefined && { flags: conf.flags }),
    ...(conf.environment !== undefined && { environment: conf.environment }),
    names: () => new Map((prepared.played?.rewired.files ?? []).map(({ path, name }) => [path, name])),
  });
  const { played } = prepared;
  if (played === undefined) throw new Error("httpd was started without a configuration");
  const close = async (): Promise<void> => {
    await httpd.stop();
    await strike();
  };
  return {
    topology,
    program,
    httpd,
    stubs,
    close,
    rewired: played.rewired,
    added: addedLines(played),
    workerAuthority: [...stubs.values()][0]?.authority ?? "",
    ...addresses(preparation),
  };
}

function playedIn(preparation: Preparation, { own, documents }: PrivateFolders): PlayedConf {
  const { options, server, expansion, wanted, chosen, stubs, scopes, certificate } = preparation;
  const { program, speedup = 1, threads = 64, topology } = options;
  const places = placesOf({ chosen, stubs, program, folder: own, documents, root: expansion.serverRoot, speedup });
  const said = new Set(wanted.listens.map(({ port }) => port));
  return {
    expansion,
    wanted,
    chosen,
    program,
    folder: own,
    threads,
    rewired: rewire(expansion, { places, folder: own, ...(scopes !== undefined && { manager: scopes }) }),
    listens: listensOf(server).flatMap(({ port }) => (said.has(port) ? [] : [port])),
    namesWorker: hasTwins(topology),
    ...(certificate !== undefined && { certificate }),
    ...(scopes !== undefined && { manager: scopes }),
  };
}

/** What the description knows beyond the text: where a piece of an httpd.conf is reached. */
function withDescribed(wanted: Wanted, server: Server): Wanted {
  const ports = listensOf(server).map(({ port }) => port);
  return { ...wanted, ports: [...new Set([...wanted.ports, ...ports])] };
}

async function managerScopes({ directives }: Expansion, main: Loopback): Promise<PlayedConf["manager"]> {
  const own = await Promise.all(virtualHosts(directives).map(() => main.freePort()));
  const hosts = own.map((port) => `${main.address}:${port}`);
  return { path: `/rehearsal-${randomUUID()}`, hosts, port: await main.freePort() };
}

/** What servers are called: by their address, by clients, and by httpd where it hands the client's word on. */
function namesIn({ origins }: Wanted, server: Server, { address }: Loopback): readonly string[] {
  const own = [server, ...server.virtualHosts].flatMap(({ serverName, serverAliases = [] }) => [
    ...(serverName === undefined ? [] : [serverNameOf(serverName).name]),
    ...serverAliases,
  ]);
  const hosts = origins.map((origin) => origin.replace(/^[a-z]+:\/\/|:[0-9]+$/g, ""));
  return [address, "localhost", HERE, ...own, ...hosts].filter((name) => /^[\w*.-]+$/.test(name));
}

/** Where several members are one backend, only httpd knows which of them it chose. */
function hasTwins(topology: Topology): boolean {
  const members = topology.clusters.flatMap(({ members }) => members.map(({ url }) => urlText(url)));
  const urls = new Set([...members, ...plainBackends(topology)]);
  return new Set([...urls].map(memberOrigin)).size < urls.size;
}

function addresses(preparation: Preparation): Pick<Stage, "called" | "managerOf" | "workerUrl"> {
  const { server, wanted, chosen, stubs, scopes } = preparation;
  return {
    called(host) {
      const port = portCalled(server, host) ?? 80;
      const address = listensOf(server).find((listen) => listen.port === port)?.address ?? HERE;
      return {
        address: chosen.addresses.get(address) ?? chosen.main.address,
        port: chosen.ports.get(port) ?? port,
        host: host ?? `${address}:${port}`,
        tls: wanted.tls.has(port),
      };
    },
    managerOf(host) {
      const at = server.virtualHosts.findIndex(({ name }) => name === host);
      const written = host === undefined ? undefined : scopes?.hosts[at];
      const port = written === undefined ? scopes?.port : Number(written.slice(written.lastIndexOf(":") + 1));
      return {
        address: chosen.main.address,
        port: required(host !== undefined && written === undefined ? undefined : port, `virtual host ${host ?? ""}`),
        path: required(scopes?.path, "balancer-manager"),
      };
    },
    workerUrl(url) {
      const stub = required(stubs.get(memberOrigin(url)), url);
      return url.replace(/^([a-z0-9+.-]+:\/\/)[^/?#]*/i, `$1${stub.authority}`);
    },
  };
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new UnreadyError(`${what} is not part of what is rehearsed`);
  return value;
}
