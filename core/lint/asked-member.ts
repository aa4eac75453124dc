import { isLoopbackHost } from "../httpd/address.js";
import type { WorkersFile } from "../server-files/server-file.js";
import type { JkBalancer, JkMember } from "../server-files/jk-workers.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Spot } from "./conf-view.js";
import { parameterOf } from "./view-parts.js";
import type { ClusterView, MemberView } from "./view-parts.js";

/** A member of a balancer of httpd or of mod_jk, as far as its server has to agree with it. */
export interface AskedMember {
  readonly label: string;
  /** Names that a server may be called by to say that it is this one. */
  readonly names: readonly string[];
  readonly at: Pointer | Spot;
  readonly routeAt: Pointer | Spot;
  readonly secretAt: Pointer | Spot;
  readonly protocol: "http" | "https" | "ajp";
  readonly host: string;
  readonly port: number;
  /** What sessions of it end with; undefined for none. */
  readonly route: string | undefined;
  readonly secret: string | undefined;
  /** True where the secret is a variable of httpd's environment. */
  readonly secretUnknown: boolean;
  readonly standby: boolean;
}

/** A balancer of httpd or of mod_jk. */
export interface AskedBalancer {
  readonly label: string;
  readonly at: Pointer | Spot;
  /** Those that take part. */
  readonly members: readonly AskedMember[];
  /** True for one of mod_jk, which takes a worker's name for its route. */
  readonly jk: boolean;
}

/** Schemes of members by what their servers have to speak. */
const PROTOCOLS: Readonly<Record<string, AskedMember["protocol"]>> = {
  http: "http",
  ws: "http",
  h2c: "http",
  https: "https",
  wss: "https",
  h2: "https",
  ajp: "ajp",
};

/** A balancer of an httpd.conf or a spec. */
export function askedOfCluster({ label, at, inService }: ClusterView): AskedBalancer {
  return { label, at, members: inService.flatMap(askedOfMember), jk: false };
}

function askedOfMember(view: MemberView): readonly AskedMember[] {
  const { backend, member, at, label, effective, role } = view;
  const protocol = PROTOCOLS[backend?.scheme ?? ""];
  if (backend === undefined || protocol === undefined || backend.socket !== undefined) return [];
  const { host, port } = backend;
  const secret = member.parameters.secret;
  return [
    {
      label,
      names: [member.name, effective.route, `${backend.scheme}://${host}:${port}`].filter((name) => name !== ""),
      at,
      routeAt: parameterOf(view, "route"),
      secretAt: parameterOf(view, "secret"),
      protocol,
      host,
      port,
      route: effective.route === "" ? undefined : effective.route,
      secret,
      secretUnknown: secret?.includes("${") === true,
      standby: role === "standby",
    },
  ];
}

/** A balancer of a workers.properties. */
export function askedOfWorkers(balancer: JkBalancer, workers: WorkersFile): AskedBalancer {
  const nearest = Math.min(...balancer.members.map(({ distance }) => distance));
  const label = `worker '${balancer.name}'`;
  return {
    label,
    at: workerSpot(balancer.name, workers),
    jk: true,
    members: balancer.members
      .filter(({ activation }) => activation !== "stopped")
      .map((member) => askedOfWorker(member, { label, nearest, workers })),
  };
}

interface WorkerPlace {
  readonly label: string;
  readonly nearest: number;
  readonly workers: WorkersFile;
}

function askedOfWorker(member: JkMember, { label, nearest, workers }: WorkerPlace): AskedMember {
  const { name, host, port, route, others, distance, activation } = member;
  const word = (property: string): Spot => workerSpot(name, workers, property);
  return {
    label: label === `worker '${name}'` ? label : `member '${name}' of ${label}`,
    names: [name, route],
    at: word("port"),
    routeAt: word("route"),
    secretAt: word("secret"),
    protocol: "ajp",
    host: host.toLowerCase(),
    port,
    route,
    secret: others["secret"],
    secretUnknown: false,
    standby: distance > nearest || activation === "disabled",
  };
}

/** The line of a property of a worker, else the first that speaks of it. */
function workerSpot(worker: string, { file, read }: WorkersFile, property?: string): Spot {
  const own = read.properties.find(({ word }) => word === `worker.${worker}.${property ?? "type"}`);
  const listed = read.properties.find(({ word }) => word === "worker.list");
  return { place: { file, line: own?.line ?? read.lineOf(worker) ?? listed?.line ?? 1, column: 1 } };
}

/** True where two names of hosts cannot be those of one server. */
export function areDifferentHosts(one: string, other: string): boolean {
  if (isLoopbackHost(one) || isLoopbackHost(other)) return isLoopbackHost(one) !== isLoopbackHost(other);
  const literal = /^[\d.]+$|:/;
  // Whose address a name is, only a resolver knows.
  return one !== other && literal.test(one) && literal.test(other);
}
