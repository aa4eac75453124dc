import { alwaysServed } from "../core/promises/always-served.js";
import { buildTopology } from "../core/topology/build.js";
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

for (const { name, members, parameters, failures, bar } of CASES) {
  const topology = buildTopology({
    clusters: [
      {
        name: "c",
        ...(parameters && { parameters }),
        members: members.map((own, index) => ({ name: `n${index}`, url: `http://n${index}:8080`, parameters: own })),
      },
    ],
  });
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
