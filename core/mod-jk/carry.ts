import { effectiveBalancer, lbfactorOf } from "../topology/effective.js";
import { roleOf } from "../topology/roles.js";
import type { Cluster, Member, Topology } from "../topology/topology.js";
import { printParameter } from "../vocabulary/codec.js";
import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import type { BalancerParameters } from "../vocabulary/balancer.js";
import { shown } from "../vocabulary/shown.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { wholeSeconds } from "./carried.js";
import { carryMember } from "./jk-member.js";
import type { JkLoss } from "./losses.js";
import type { JkBalancer, JkMethod, JkSticky, JkWorkers } from "../server-files/jk-workers.js";

/** The clusters of a topology as mod_jk has them, and what it has nothing for. */
export interface CarriedWorkers {
  readonly workers: JkWorkers;
  /** Name of the balancer of each cluster, in the order of clusters. */
  readonly names: readonly string[];
  readonly losses: readonly JkLoss[];
}

type BalancerParameterName = keyof BalancerParameters;

/** Name of the worker that takes the place of balancer-manager. */
const STATUS_WORKER = "jkstatus";

/** Balancer parameters that are carried over. */
const CARRIED: readonly BalancerParameterName[] = [
  "lbmethod",
  "stickysession",
  "nofailover",
  "failonstatus",
  "maxattempts",
  "nonce",
];

const METHODS: Readonly<Record<string, JkMethod>> = { byrequests: "R", bytraffic: "T", bybusyness: "B" };

/** What mod_jk has for the clusters of a topology; members must have passed `addressProblems`. */
export function carryWorkers({ clusters, servers }: Topology): CarriedWorkers {
  const taken = new Set([STATUS_WORKER]);
  const carried = clusters.map((cluster) => carryBalancer(cluster, taken));
  const scopes = servers.flatMap((server) => [server, ...server.virtualHosts]);
  const recover = Math.min(60, ...carried.map(({ balancer }) => balancer.recoverTime));
  return {
    workers: {
      balancers: carried.map(({ balancer }) => balancer),
      maintain: Math.max(1, Math.floor(recover / 5)),
      status: scopes.some(({ manager }) => manager !== undefined) ? STATUS_WORKER : undefined,
    },
    names: carried.map(({ balancer }) => balancer.name),
    losses: carried.flatMap(({ losses }) => losses),
  };
}

function carryBalancer(
  cluster: Cluster,
  taken: Set<string>,
): { readonly balancer: JkBalancer; readonly losses: readonly JkLoss[] } {
  const { members, parameters } = cluster;
  const owner = `cluster ${shown(cluster.name)}`;
  const workers = members.map(({ name, parameters: { route } }) => freeName(route ?? name, taken));
  const workerOfRoute = (route: string): string | undefined =>
    workers[members.findIndex((member) => member.parameters.route === route)];
  const factors = wholeFactors(members);
  const distances = distancesOf(members);
  const carried = members.map((member, index) =>
    carryMember(member, {
      worker: workers[index] ?? "",
      lbfactor: factors[index] ?? 1,
      distance: distances[index] ?? 0,
      workerOfRoute,
    }),
  );
  const retries = members.map(({ parameters: { retry = WORKER_PARAMETERS.retry.default } }) =>
    Number(wholeSeconds(retry)),
  );
  const recoverTime = Math.max(1, ...retries);
  const failing = parameters.failonstatus === undefined ? {} : { fail_on_status: parameters.failonstatus.join(",") };
  const balancer: JkBalancer = {
    name: freeName(cluster.name, taken),
    members: carried.map(({ member }) => ({ ...member, others: { ...member.others, ...failing } })),
    sticky: stickyOf(cluster),
    method: METHODS[parameters.lbmethod ?? "byrequests"] ?? "R",
    recoverTime,
    others: {
      ...(members.length > 3 ? { lb_retries: String(members.length) } : {}),
    },
  };
  const losses = [
    ...carried.flatMap((member) => member.losses),
    ...balancerLosses(cluster, owner),
    ...(new Set(retries).size > 1
      ? [{ what: `different retry of members of ${owner}`, instead: `mod_jk has one for all: ${recoverTime} s` }]
      : []),
  ];
  return { balancer, losses };
}

function stickyOf(cluster: Cluster): JkSticky | undefined {
  const { sticky, nofailover } = effectiveBalancer(cluster);
  const routed = cluster.members.some(({ parameters }) => parameters.route !== undefined);
  if (sticky === undefined || !routed) return undefined;
  return { cookie: sticky.cookie, path: `;${sticky.parameter}`, force: nofailover };
}

function balancerLosses({ parameters, routeCookie, extra = [] }: Cluster, owner: string): readonly JkLoss[] {
  const given = Object.keys(parameters) as readonly BalancerParameterName[];
  const nothing = "mod_jk has nothing like it";
  const unknown = given.filter((word) => !CARRIED.includes(word));
  return [
    ...unknown.map((word): JkLoss => {
      const value = parameters[word];
      const text = value === undefined ? word : `${word}=${printParameter(BALANCER_PARAMETERS[word], value)}`;
      return { what: `${text} of ${owner}`, instead: nothing };
    }),
    ...(METHODS[parameters.lbmethod ?? "byrequests"] === undefined
      ? [{ what: `lbmethod=${parameters.lbmethod ?? ""} of ${owner}`, instead: "requests are counted" }]
      : []),
    ...(parameters.maxattempts === undefined
      ? []
      : [{ what: `maxattempts=${parameters.maxattempts} of ${owner}`, instead: "mod_jk tries every member" }]),
    ...(parameters.failonstatus === undefined
      ? []
      : [{ what: `failonstatus of ${owner}`, instead: "mod_jk sends the request to another member, httpd does not" }]),
    ...(routeCookie === undefined
      ? []
      : [{ what: `the route cookie of ${owner}`, instead: "mod_jk needs the jvmRoute" }]),
    ...extra.map((line): JkLoss => ({ what: `'${line}' of ${owner}`, instead: nothing })),
  ];
}

/** Whole numbers in the same proportion: mod_jk knows no hundredths. */
function wholeFactors(members: readonly Member[]): readonly number[] {
  const hundredths = members.map(({ parameters }) =>
    lbfactorOf(parameters.loadfactor ?? WORKER_PARAMETERS.loadfactor.default),
  );
  const common = hundredths.reduce(divisor, 0);
  return hundredths.map((factor) => factor / Math.max(1, common));
}

function divisor(left: number, right: number): number {
  return right === 0 ? left : divisor(right, left % right);
}

/** Sets in httpd's order, the standbys of each behind its other members. */
function distancesOf(members: readonly Member[]): readonly number[] {
  const ranks = members.map((member) => {
    const role = roleOf(member);
    return 2 * (member.parameters.lbset ?? 0) + (role === "standby" || role === "spare" ? 1 : 0);
  });
  const order = [...new Set(ranks)].sort((left, right) => left - right);
  return ranks.map((rank) => order.indexOf(rank));
}

/** Dots part the words of a property, so that no name of a worker has one. */
function freeName(wanted: string, taken: Set<string>): string {
  const plain = wanted.replace(/[^A-Za-z0-9_-]+/g, "_");
  let name = plain;
  for (let count = 2; taken.has(name); count++) name = `${plain}_${count}`;
  taken.add(name);
  return name;
}
