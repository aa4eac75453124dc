import { buildTopology } from "../../../core/topology/build.js";
import type { MemberInput } from "../../../core/topology/build.js";
import type { Topology } from "../../../core/topology/topology.js";
import type { BalancerParameters } from "../../../core/vocabulary/balancer.js";
import { seconds } from "../../../core/vocabulary/duration.js";
import type { WorkerParameters } from "../../../core/vocabulary/worker.js";

/** A layout of which it is known whether every request is served. */
export interface Planted {
  readonly name: string;
  readonly members: readonly WorkerParameters[];
  readonly parameters?: BalancerParameters;
  /** Members that may be down at once. @default - all but one */
  readonly failures?: number;
}

/** A layout with a hole, and the events of the shortest scenario that shows it. */
export interface Broken extends Planted {
  readonly events: number;
}

const ten = seconds(10);
const article: readonly WorkerParameters[] = [
  { loadfactor: 1, retry: ten },
  { loadfactor: 5, retry: ten },
  { status: "+H", retry: ten },
];

/** Layouts that refuse a request although somebody could serve it. */
export const BROKEN: readonly Broken[] = [
  { name: "two plain members in a rolling restart", members: [{}, {}], events: 5 },
  { name: "the article with retry=10 everywhere, two down", members: article, events: 7 },
  { name: "maxattempts=1 in front of a standby", members: article, parameters: { maxattempts: 1 }, events: 3 },
  { name: "no second try at all", members: [{}, {}], parameters: { maxattempts: 0 }, events: 2 },
  { name: "a disabled member suppresses forced recovery", members: [{}, {}, { status: "+D" }], events: 5 },
  { name: "a stopped member suppresses forced recovery", members: [{}, {}, { status: "+S" }], events: 5 },
  { name: "a draining member suppresses forced recovery", members: [{}, {}, { status: "+N" }], events: 5 },
  { name: "one active beside a disabled member", members: [{}, { status: "+D" }], events: 4 },
  { name: "forcerecovery=Off", members: [{}, {}], parameters: { forcerecovery: false, maxattempts: 9 }, events: 5 },
  {
    name: "a lone member with forcerecovery=Off",
    members: [{}],
    parameters: { forcerecovery: false },
    failures: 1,
    events: 4,
  },
  { name: "spares without anybody to replace", members: [{ status: "+R" }, { status: "+R" }], events: 1 },
  { name: "a spare in a set of its own", members: [{}, { status: "+R", lbset: 1 }], events: 2 },
  {
    name: "sessions that may not move",
    members: [{ route: "a" }, { route: "b" }],
    parameters: { stickysession: "SID", nofailover: true, maxattempts: 9 },
    events: 2,
  },
  {
    name: "sessions of a disabled member that may not move",
    members: [{ route: "a" }, { route: "b", status: "+D" }],
    parameters: { stickysession: "SID", nofailover: true },
    failures: 0,
    events: 1,
  },
  { name: "a member that ignores errors", members: [{ status: "+I" }, {}], events: 2 },
  { name: "three equal members, two down", members: [{}, {}, {}], events: 6 },
  { name: "two weights", members: [{}, { loadfactor: 5 }], events: 6 },
  {
    name: "sessions in a rolling restart",
    members: [{ route: "a" }, { route: "b" }],
    parameters: { stickysession: "SID" },
    events: 5,
  },
  {
    name: "health checks that find out later than a client",
    members: [
      { hcmethod: "TCP", hcinterval: seconds(2) },
      { hcmethod: "TCP", hcinterval: seconds(2) },
    ],
    parameters: { maxattempts: 9 },
    events: 5,
  },
  { name: "four weights, three down", members: [1, 2, 3, 4].map((loadfactor) => ({ loadfactor })), events: 7 },
];

/** Layouts that serve every request while somebody is up. */
export const SOUND: readonly Planted[] = [
  { name: "two plain members with enough tries", members: [{}, {}], parameters: { maxattempts: 3 } },
  { name: "two plain members and one try more", members: [{}, {}], parameters: { maxattempts: 2 } },
  { name: "the article, one down", members: article, failures: 1 },
  { name: "the article with enough tries", members: article, parameters: { maxattempts: 4 } },
  { name: "three plain members, one down", members: [{}, {}, {}], failures: 1 },
  { name: "five plain members, two down", members: [{}, {}, {}, {}, {}], failures: 2 },
  { name: "a lone member", members: [{}], failures: 1 },
  { name: "two plain members that never fail", members: [{}, {}], failures: 0, parameters: { maxattempts: 0 } },
  { name: "a spare beside two actives", members: [{}, {}, { status: "+R" }], parameters: { maxattempts: 4 } },
  { name: "one set after the other", members: [{}, { lbset: 1 }] },
  { name: "an active and its standby", members: [{}, { status: "+H" }] },
  { name: "a standby as last resort", members: [{}, { status: "+H", lbset: 1 }], parameters: { maxattempts: 2 } },
  {
    name: "three sets with enough tries",
    members: [{}, { lbset: 1 }, { lbset: 2 }],
    parameters: { maxattempts: 4 },
  },
  {
    name: "sessions that may move",
    members: [{ route: "a" }, { route: "b" }],
    parameters: { stickysession: "SID", maxattempts: 3 },
  },
  {
    name: "sessions with a redirect",
    members: [{ route: "a", redirect: "b" }, { route: "b" }, { route: "c" }],
    parameters: { stickysession: "SID", maxattempts: 4 },
  },
  {
    name: "nofailover without sticky sessions",
    members: [{}, {}],
    parameters: { nofailover: true, maxattempts: 3 },
  },
  {
    name: "bybusyness, which remembers who failed in this request",
    members: [{}, {}],
    parameters: { lbmethod: "bybusyness" },
  },
  { name: "bytraffic with enough tries", members: [{}, {}], parameters: { lbmethod: "bytraffic", maxattempts: 3 } },
  {
    name: "eight weights, three down",
    members: [1, 2, 3, 4, 5, 6, 7, 8].map((loadfactor) => ({ loadfactor })),
    failures: 3,
  },
  { name: "a disabled member, and nobody fails", members: [{}, {}, { status: "+D" }], failures: 0 },
];

/** One httpd that serves all layouts, each below a path of its own. */
export function plantedTopology(layouts: readonly Planted[]): Topology {
  return buildTopology({
    clusters: layouts.map(({ members, parameters }, number) => ({
      name: `planted${number}`,
      ...(parameters && { parameters }),
      members: members.map((own, index): MemberInput => ({
        name: `p${number}m${index + 1}`,
        url: `http://backend${number}.test:${9001 + index}`,
        parameters: own,
      })),
    })),
    servers: [
      {
        name: "web",
        listen: [{ port: 8080 }],
        mounts: layouts.map((_, number) => ({
          path: `/p${number}/`,
          to: { kind: "cluster", cluster: `planted${number}`, path: "/" },
        })),
      },
    ],
  });
}
