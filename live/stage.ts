import { randomUUID } from "node:crypto";
import { sessionCookie } from "../core/model/session-cookie.js";
import type { SessionCookie } from "../core/model/session-cookie.js";
import { listensOf, portCalled } from "../core/topology/ports.js";
import type { Server, Topology } from "../core/topology/topology.js";
import type { ModuleName } from "../core/vocabulary/modules.js";
import type { ManagerAddress } from "./balancer-manager.js";
import { startHttpd } from "./httpd.js";
import type { Httpd } from "./httpd.js";
import { claimLoopback } from "./ports.js";
import type { Loopback } from "./ports.js";
import { privateConfiguration } from "./private-topology.js";
import type { PrivatePlaces } from "./private-topology.js";
import { UnreadyError } from "./program.js";
import type { HttpdProgram } from "./program.js";
import { originOf, originsOf, schemeOf } from "./stand-ins.js";
import type { Origin } from "./stand-ins.js";
import { createStubNode } from "./stub-node.js";
import type { StubNode } from "./stub-node.js";

/** A real httpd with a topology's balancers, and a stub in place of each backend. */
export interface Stage {
  readonly topology: Topology;
  readonly httpd: Httpd;
  readonly program: HttpdProgram;
  readonly address: string;
  readonly nonce: string;
  /** An `address:port` of a stub; all have the same length, or nearly so. */
  readonly workerAuthority: string;
  /** Stub of a backend, by the backend's scheme, host and port. */
  readonly stubs: ReadonlyMap<Origin, StubNode>;
  /** Where requests with a Host header go, in place of the server's own port. */
  portFor(host?: string): number;
  /** Manager of the main server, or of the virtual host of that name. */
  managerOf(host?: string): ManagerAddress;
  /** The URL httpd knows in place of a member's URL. */
  workerUrl(url: string): string;
  /** Ends everything. No effect the second time. */
  close(): Promise<void>;
}

/** What a stage is opened with: the topology's first server is the one that is rehearsed. */
export interface StageOptions {
  readonly topology: Topology;
  readonly program: HttpdProgram;
  /** Most requests at the same time. @default 64 */
  readonly threads?: number;
}

/** Every module that selection can need; nothing else is loaded. */
const MODULES: readonly ModuleName[] = [
  "unixd",
  "authz_core",
  "authz_host",
  "headers",
  "slotmem_shm",
  "watchdog",
  "proxy",
  "proxy_http",
  "proxy_ajp",
  "proxy_balancer",
  "proxy_hcheck",
  "lbmethod_byrequests",
  "lbmethod_bytraffic",
  "lbmethod_bybusyness",
];
const MANAGER_PATH = "/rehearsal-balancer-manager";

/**
 * Starts stubs and httpd for a topology.
 *
 * @throws UnreadyError when the topology has no server or httpd does not start
 */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { topology, program } = options;
  const [server] = topology.servers;
  if (server === undefined) throw new UnreadyError("the input describes no server; mount a cluster to rehearse it");
  const drawn = topology.clusters.find(({ parameters }) => parameters.lbmethod === "heartbeat");
  if (drawn !== undefined) {
    throw new UnreadyError(`lbmethod=heartbeat of balancer '${drawn.name}' draws at random and cannot be rehearsed`);
  }
  const loopback = await claimLoopback();
  const stubs = new Map<Origin, StubNode>();
  const strikeStubs = async (): Promise<void> => {
    await Promise.all([...stubs.values()].map((stub) => stub.stop()));
    await loopback.release();
  };
  try {
    for (const origin of originsOf(topology)) {
      const cookies = cookiesOf(topology, origin);
      stubs.set(origin, await createStubNode(origin, loopback, { scheme: schemeOf(origin), cookies }));
    }
    await Promise.all([...stubs.values()].map((stub) => stub.start()));
    const places = await choosePlaces(server, loopback, stubs);
    const body = privateConfiguration(topology, server, places);
    const threads = options.threads === undefined ? {} : { threads: options.threads };
    const httpd = await startHttpd({ program, modules: MODULES, body, ...threads });
    const close = async (): Promise<void> => {
      await httpd.stop();
      await strikeStubs();
    };
    return { topology, program, httpd, stubs, close, ...addresses(server, places) };
  } catch (error) {
    await strikeStubs();
    throw error;
  }
}

/** Session cookies that the application of an origin sets: one for each cluster it is a member of. */
export function cookiesOf({ clusters }: Topology, origin: Origin): readonly SessionCookie[] {
  const cookies = clusters.flatMap((cluster) =>
    cluster.members.flatMap(({ url }, member) =>
      originOf(url) === origin ? (sessionCookie(cluster, member) ?? []) : [],
    ),
  );
  return [...new Map(cookies.map((cookie) => [cookie.name, cookie])).values()];
}

async function choosePlaces(
  server: Server,
  loopback: Loopback,
  stubs: ReadonlyMap<Origin, StubNode>,
): Promise<PrivatePlaces> {
  const wanted = listensOf(server).map(({ port }) => port);
  const ports = new Map<number, number>();
  for (const port of wanted) ports.set(port, await loopback.freePort());
  const managerPorts = new Map<string | undefined, number>();
  for (const host of [undefined, ...server.virtualHosts.map(({ name }) => name)]) {
    managerPorts.set(host, await loopback.freePort());
  }
  return {
    address: loopback.address,
    stubs: new Map([...stubs].map(([origin, { authority }]) => [origin, authority])),
    ports,
    managerPorts,
    managerPath: MANAGER_PATH,
    nonce: randomUUID(),
  };
}

function addresses(
  server: Server,
  places: PrivatePlaces,
): Pick<Stage, "address" | "nonce" | "portFor" | "workerAuthority" | "managerOf" | "workerUrl"> {
  const { address, nonce, ports, managerPorts, managerPath, stubs } = places;
  return {
    address,
    nonce,
    workerAuthority: [...stubs.values()][0] ?? "",
    portFor: (host) => {
      const port = portCalled(server, host);
      return required(port === undefined ? undefined : ports.get(port), "a port");
    },
    managerOf: (host) => ({
      address,
      port: required(managerPorts.get(host), `virtual host ${host ?? "(none)"}`),
      path: managerPath,
    }),
    workerUrl: (url) => `${schemeOf(originOf(url))}://${required(stubs.get(originOf(url)), url)}${pathOf(url)}`,
  };
}

/** httpd leaves a lone trailing slash in a worker's name. */
function pathOf(url: string): string {
  return url.slice(originOf(url).length);
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new UnreadyError(`${what} is not part of what is rehearsed`);
  return value;
}
