import { buildTopology } from "../../../core/topology/build.js";
import type { ServerInput } from "../../../core/topology/build.js";
import type { Cluster, Topology } from "../../../core/topology/topology.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import type { BalancerParameters } from "../../../core/vocabulary/balancer.js";
import { MEASURED_VERSION } from "../../../core/vocabulary/versions.js";
import type { WorkerParameters } from "../../../core/vocabulary/worker.js";
import { PROMISES, readPromise } from "../../../core/promises/promise.js";
import type { ClusterPromise, PromiseId } from "../../../core/promises/promise.js";
import { searchLayout } from "../../../core/promises/search/layout.js";
import { longRunShares } from "../../../core/promises/serving.js";
import type { JsonValue } from "../../../core/vocabulary/json.js";
import type { OperatorAction, SearchLimits } from "../../../core/promises/search/classes.js";
import type { Random } from "../../differential/random.js";

/** A layout, and what it is asked. */
export interface Question {
  readonly topology: Topology;
  readonly cluster: Cluster;
  readonly promise: ClusterPromise;
  readonly limits: SearchLimits;
}

const IDS = Object.keys(PROMISES) as readonly PromiseId[];

/** What a question may be about, and where it stands. */
interface QuestionOptions {
  /** @default - every promise */
  readonly ids?: readonly PromiseId[];
  /** Name of the cluster, which then has members and a path of its own, so that many can share one httpd. */
  readonly mounted?: string;
}

/** Mostly the newest; before 2.4.55 passed checks end no errors of requests, before 2.4.21 nobody ignores errors. */
const VERSIONS = [MEASURED_VERSION, MEASURED_VERSION, MEASURED_VERSION, MEASURED_VERSION, "2.4.52", "2.4.20"] as const;

/** A random layout of two to five members with a promise, failures and operators' actions. */
export function randomQuestion(random: Random, { ids = IDS, mounted }: QuestionOptions = {}): Question {
  const sticky = random.chance(0.4);
  const checked = random.chance(0.25);
  const count = 2 + random.below(4);
  const members = Array.from({ length: count }, (_, index) => ({
    name: `${mounted ?? ""}n${index}`,
    url: `http://${mounted === undefined ? "127.0.0.1" : `${mounted}.test`}:${9001 + index}`,
    ...(random.chance(0.7) && { capacity: 10 * (1 + random.below(4)) }),
    ...(random.chance(0.3) && { replicationGroup: random.pick(["g", "g", "h"]) }),
    parameters: randomMember(random, index, sticky, checked),
  }));
  const name = mounted ?? "c";
  const topology = buildTopology({
    clusters: [{ name, parameters: randomBalancer(random, sticky), members }],
    ...(mounted === undefined ? { httpd: random.pick(VERSIONS) } : { servers: [serverOf(mounted)] }),
  });
  const [cluster] = topology.clusters;
  if (cluster === undefined) throw new Error("no cluster");
  const actions = (["drain", "disable", "restart"] as const).filter(() => random.chance(0.08));
  return {
    topology,
    cluster,
    promise: randomPromise(random, topology, cluster, random.pick(ids)),
    limits: limitsOf(random.below(count), actions),
  };
}

function serverOf(cluster: string): ServerInput {
  return {
    name: "web",
    listen: [{ port: 80 }],
    mounts: [{ path: `/${cluster}/`, to: { kind: "cluster", cluster, path: "/" } }],
  };
}

function limitsOf(failures: number, actions: readonly OperatorAction[]): SearchLimits {
  return { failures, ...(actions.length > 0 && { actions }) };
}

const STATUSES = ["+H", "+H", "+H", "+H", "+R", "+R", "+D", "+D", "+N", "+N", "+I", "+I", "+RH", "+RH", "+C", "+SE"];

function randomMember(random: Random, index: number, sticky: boolean, checked: boolean): WorkerParameters {
  const status = random.chance(0.4) ? undefined : random.pick(STATUSES);
  return {
    retry: seconds(random.pick([0, 1, 1, 2, 3, 3, 5, 10])),
    ...(random.chance(0.4) && { loadfactor: random.pick([1, 2, 3, 5]) }),
    ...(status !== undefined && { status }),
    ...(random.chance(0.25) && { lbset: 1 }),
    ...(sticky && random.chance(0.8) && { route: random.pick([`r${index}`, `r${index}`, "r0"]) }),
    ...(sticky && random.chance(0.1) && { redirect: "r0" }),
    ...(checked && random.chance(0.6) && randomChecks(random)),
  };
}

/** By TCP, of a page, or now and then of nothing, which a server answers with 400. */
function randomChecks(random: Random): WorkerParameters {
  return {
    ...random.pick([
      { hcmethod: "TCP" },
      { hcmethod: "TCP" },
      { hcmethod: "GET", hcuri: "/" },
      { hcmethod: "HEAD" },
    ] as const),
    hcinterval: seconds(random.pick([1, 2])),
    hcpasses: random.pick([1, 2]),
    hcfails: random.pick([1, 1, 2]),
  };
}

function randomBalancer(random: Random, sticky: boolean): BalancerParameters {
  return {
    ...(random.chance(0.6) && { maxattempts: random.below(4) }),
    ...(random.chance(0.15) && { forcerecovery: false }),
    ...(random.chance(0.15) && { nofailover: true }),
    ...(sticky && { stickysession: "SID" }),
    ...(random.chance(0.1) && { timeout: seconds(random.pick([1, 2, 6])) }),
    ...(random.chance(0.15) && { lbmethod: random.pick(["bybusyness", "bybusyness", "bytraffic"]) }),
  };
}

/** Mostly the share that the member has while everybody is up, with some room; else one that people write. */
function shareOf(
  random: Random,
  topology: Topology,
  cluster: Cluster,
  member: string,
): Readonly<Record<string, JsonValue>> {
  const index = cluster.members.findIndex(({ name }) => name === member);
  const shares = longRunShares(searchLayout(topology, cluster), new Set());
  const { numerator = 0, denominator = 1 } = shares.find((share) => share.member === index) ?? {};
  if (random.chance(0.3)) return { member, about: random.pick([0.2, 0.25, 0.3333, 0.5, 0.6667]), within: 0.02 };
  return { member, about: numerator / denominator, within: random.pick([0.02, 0.2, 0.5]) };
}

function randomPromise(random: Random, topology: Topology, cluster: Cluster, id: PromiseId): ClusterPromise {
  const within = `${random.pick([500, 1_000, 2_000, 2_500, 4_000])}ms`;
  const member = random.pick(cluster.members).name;
  const total = cluster.members.reduce((sum, { capacity = 40 }) => sum + capacity, 0);
  const parameters = {
    "always-served": {},
    sessions: {},
    failback: { within, ...(random.chance(0.3) && { requests: 1 + random.below(6) }) },
    "standby-idle": { within },
    share: shareOf(random, topology, cluster, member),
    capacity: { requestsPerSecond: Math.floor(total * random.pick([0.2, 0.3, 0.5, 0.7])) },
  }[id];
  const reading = readPromise({ id, parameters }, "", cluster);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.promise;
}
