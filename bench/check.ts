import { explainTopology } from "../core/model/explain.js";
import { alwaysServed } from "../core/promises/always-served.js";
import { checkPromises } from "../core/promises/check.js";
import { buildTopology } from "../core/topology/build.js";
import type { ClusterInput } from "../core/topology/build.js";
import type { Topology } from "../core/topology/topology.js";
import type { BalancerParameters } from "../core/vocabulary/balancer.js";
import { seconds } from "../core/vocabulary/duration.js";
import type { WorkerParameters } from "../core/vocabulary/worker.js";
import { judge } from "./pairs.js";

/** One line of the benchmark; `bar` is the processor time allowed, in seconds. */
interface Case {
  readonly name: string;
  readonly members: readonly WorkerParameters[];
  readonly parameters?: BalancerParameters;
  readonly failures: readonly number[];
  readonly bar: number;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const weights = (count: number): readonly WorkerParameters[] =>
  numbers(count).map((loadfactor) => ({ loadfactor, retry: seconds(10 + loadfactor) }));
const kinds: readonly WorkerParameters[] = [
  {},
  { loadfactor: 2 },
  { status: "+H" },
  { status: "+R" },
  { lbset: 1 },
  { lbset: 1, status: "+H" },
  { lbset: 2 },
  { lbset: 2, status: "+R" },
];
const six: readonly WorkerParameters[] = [
  { loadfactor: 1 },
  { loadfactor: 2 },
  { loadfactor: 5 },
  { lbset: 1 },
  { lbset: 1, loadfactor: 3 },
  { status: "+H", lbset: 1 },
];
const thousand = numbers(1_000).map((number) => six[number % six.length] ?? {});

const CASES: readonly Case[] = [
  { name: "8 weights, default tries", members: weights(8), failures: [0, 1, 2, 3, 4, 5, 6, 7], bar: 1 },
  { name: "8 weights, enough tries", members: weights(8), parameters: { maxattempts: 14 }, failures: [7], bar: 1 },
  { name: "8 kinds, default tries", members: kinds, failures: [7], bar: 1 },
  { name: "8 kinds, enough tries", members: kinds, parameters: { maxattempts: 14 }, failures: [7], bar: 1 },
  {
    name: "8 weights with sessions",
    members: weights(8).map((own, index) => ({ ...own, route: `r${index}` })),
    parameters: { stickysession: "SID" },
    failures: [1, 3, 7],
    bar: 1,
  },
  { name: "1000 members of 6 classes, all but one down", members: thousand, failures: [999], bar: 1 },
  { name: "1000 members of 6 classes, 10 down", members: thousand, failures: [10], bar: 1 },
  {
    name: "1000 members of 6 classes, enough tries",
    members: thousand,
    parameters: { maxattempts: 99 },
    failures: [49],
    bar: 1,
  },
  { name: "20 weights, two down", members: weights(20), failures: [2], bar: 30 },
  {
    name: "20 weights, two down, maxattempts=3",
    members: weights(20),
    parameters: { maxattempts: 3 },
    failures: [2],
    bar: 30,
  },
  { name: "20 weights, two down, one disabled", members: [...weights(19), { status: "+D" }], failures: [2], bar: 30 },
];

function clusterOf(name: string, members: readonly WorkerParameters[], parameters?: BalancerParameters): ClusterInput {
  const placed = members.map((own, index) => {
    const member = `${name}-n${index}`;
    return { name: member, url: `http://${member}:8080`, parameters: own };
  });
  return { name, ...(parameters && { parameters }), members: placed };
}

/** Seconds of processor time that something takes. */
function processorTime(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** A server on which each cluster is mounted by its name, as `check` and `explain` of a file see it. */
function served(clusters: readonly ClusterInput[]): Topology {
  const mounts = clusters.map(({ name }) => ({
    path: `/${name}`,
    to: { kind: "cluster", cluster: name, path: "" } as const,
  }));
  return buildTopology({ clusters, servers: [{ name: "web", listen: [{ port: 80 }], mounts }] });
}

const sixty = served(
  numbers(60).map((number) =>
    clusterOf(
      `c${number}`,
      numbers(20).map((own) => ({ loadfactor: 1 + ((own * 7 + number) % 11), retry: seconds(4 + own) })),
    ),
  ),
);
const busy = served([
  clusterOf("c", [{ loadfactor: 2.52, retry: seconds(5) }, { retry: seconds(7) }, { status: "+H" }], {
    lbmethod: "bybusyness",
  }),
]);
const large = served([
  clusterOf(
    "c",
    numbers(5_000).map((number) => ({ loadfactor: 1 + (number % 7) })),
  ),
]);

const all = "seconds of processor time";
const checkAll = (topology: Topology) => (): void => {
  checkPromises(topology);
};
judge(`check all promises of 60 clusters of 20 members, ${all}`, processorTime(checkAll(sixty)), 10);
judge(`check 3 members bybusyness 2.52 with a standby, ${all}`, processorTime(checkAll(busy)), 10);
judge(
  `explain 5,000 members, ${all}`,
  processorTime(() => explainTopology(large)),
  5,
);

for (const { name, members, parameters, failures, bar } of CASES) {
  const topology = buildTopology({ clusters: [clusterOf("c", members, parameters)] });
  const [cluster] = topology.clusters;
  if (cluster === undefined) throw new Error("no cluster");
  for (const down of failures) {
    const start = process.cpuUsage();
    const verdict = alwaysServed(topology, cluster, { failures: down });
    const { user, system } = process.cpuUsage(start);
    const used = (user + system) / 1e6;
    const what =
      verdict.kind === "breaks"
        ? `breaks in ${verdict.violations[0]?.events.length ?? 0} events${verdict.violations[0]?.shortest === true ? "" : " or fewer"}`
        : verdict.kind === "holds"
          ? `holds by ${verdict.proof}`
          : `holds up to ${verdict.depth} events`;
    judge(`check ${name}, K=${down}, seconds of processor time`, used, bar, `${what}, ${verdict.states} states`);
  }
}
