import { beforeAll, describe, expect, test, vi } from "vitest";
import { explainTopology } from "../../../core/model/explain.js";
import { failureCosts } from "../../../core/promises/cost.js";
import type { FailureCost } from "../../../core/promises/cost.js";
import { sessionRequest } from "../../../core/promises/search/session-events.js";
import { searchLayout } from "../../../core/promises/search/layout.js";
import type { Step } from "../../../core/scenario/scenario.js";
import { urlText } from "../../../core/scenario/nodes.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { Cluster, Topology } from "../../../core/topology/topology.js";
import { millis, seconds } from "../../../core/vocabulary/duration.js";
import type { BalancerParameters } from "../../../core/vocabulary/balancer.js";
import type { WorkerParameters } from "../../../core/vocabulary/worker.js";
import { play } from "../../../live/play.js";
import type { RealPick, RealTrace } from "../../../live/play.js";
import { findHttpd } from "../../../live/program.js";
import { renderedConf } from "../../../live/rendered-conf.js";
import { openStage } from "../../../live/stage.js";
import { turns } from "../../differential/turns.js";
import { describeReal } from "../../support/real.js";

vi.setConfig({ hookTimeout: 300_000 });

interface Layout {
  readonly members: readonly WorkerParameters[];
  readonly parameters?: BalancerParameters;
}

const RETRY = seconds(6);
const CHECKED = { hcmethod: "TCP", hcinterval: seconds(1), hcpasses: 2, retry: seconds(60) } as const;
const STICKY = { stickysession: "SID" } as const;
const ROUTED = [
  { route: "a", retry: RETRY },
  { route: "b", retry: RETRY },
] as const;

const LAYOUTS: Readonly<Record<string, Layout>> = {
  "two weights and a standby": {
    members: [{ retry: RETRY }, { loadfactor: 5, retry: RETRY }, { status: "+H", retry: RETRY }],
  },
  "an active and a spare": { members: [{ retry: RETRY }, { retry: RETRY }, { status: "+R", retry: RETRY }] },
  "no further try": { members: [{ retry: RETRY }, { retry: RETRY }], parameters: { maxattempts: 0 } },
  "sessions that move": { members: ROUTED, parameters: STICKY },
  "sessions that may not move": { members: ROUTED, parameters: { ...STICKY, nofailover: true } },
  "health checks": { members: [CHECKED, CHECKED] },
  "health checks and no further try": { members: [CHECKED, CHECKED], parameters: { maxattempts: 0 } },
  "health checks and sessions that may not move": {
    members: [
      { ...CHECKED, route: "a" },
      { ...CHECKED, route: "b" },
    ],
    parameters: { ...STICKY, nofailover: true },
  },
  "a single member": { members: [{ retry: RETRY }] },
  "a single member without forced recovery": { members: [{ retry: RETRY }], parameters: { forcerecovery: false } },
  "a single member with health checks": { members: [CHECKED] },
};

/** One member of one layout, in a cluster of its own, which has just started. */
interface Case {
  readonly layout: string;
  readonly member: number;
  readonly topology: Topology;
  readonly cluster: Cluster;
  readonly cost: FailureCost;
}

const HUNDRED = 100;
const SESSIONS = 10;
const EVERY = 100;

/** Milliseconds by which a busy machine is late. */
const SLACK = 300;

/** Milliseconds that may lie between the last try of a member and its return. */
const BEFORE = 4_000;

const CASES = Object.entries(LAYOUTS).flatMap(([layout, { members }], place) =>
  members.map((_, member) => caseOf(layout, member, `c${place}x${member}`)),
);

function caseOf(layout: string, member: number, name: string): Case {
  const { members, parameters = {} } = LAYOUTS[layout] as Layout;
  const topology = buildTopology({
    clusters: [
      {
        name,
        parameters,
        members: members.map((own, index) => ({
          name: `${name}n${index}`,
          url: `http://${name}.test:${9001 + index}`,
          parameters: own,
        })),
      },
    ],
    servers: [
      {
        name: "web",
        listen: [{ port: 80 }],
        mounts: [{ path: `/${name}/`, to: { kind: "cluster", cluster: name, path: "/" } }],
      },
    ],
  });
  const [cluster] = topology.clusters;
  if (cluster === undefined) throw new Error("no cluster");
  const cost = failureCosts(topology, cluster)[member];
  if (cost === undefined) throw new Error(`${layout} tells no cost of member ${member}`);
  return { layout, member, topology, cluster, cost };
}

/** Stopped; a hundred requests, then its sessions; one more try of it; started; requests until it must be back. */
function stepsOf({ cluster, member, topology, cost }: Case): readonly Step[] {
  const path = `/${cluster.name}/`;
  const session = sessionRequest(searchLayout(topology, cluster), member);
  const name = cluster.members[member]?.name ?? "";
  const cookies = session.kind === "request" && session.route ? { cookies: { SID: `x.${session.route}` } } : {};
  const patience = Math.ceil((cost.failback.milliseconds + 3_000) / EVERY);
  return [
    { stop: [name] },
    { request: { count: HUNDRED, path } },
    { request: { count: SESSIONS, path, ...cookies } },
    { wait: millis(RETRY.milliseconds + 200) },
    { request: { count: 2 * cluster.members.length, path } },
    { start: [name] },
    { request: { count: patience, path, every: millis(EVERY) } },
  ];
}

describeReal("what explain says of a failure, on a real httpd", ["apache2"], () => {
  const traces = new Map<Case, RealTrace>();

  beforeAll(async () => {
    const [first] = CASES;
    const topology: Topology = {
      ...(first as Case).topology,
      clusters: CASES.map(({ cluster }) => cluster),
      servers: (first as Case).topology.servers.map((server) => ({
        ...server,
        mounts: CASES.flatMap((one) => one.topology.servers[0]?.mounts ?? []),
      })),
    };
    const stage = await openStage({ conf: renderedConf(topology), topology, program: findHttpd(process.env) });
    try {
      const inTurn = turns(6);
      await Promise.all(
        CASES.map(async (one) => {
          traces.set(one, await play({ ...stage, topology: one.topology }, { steps: stepsOf(one) }, { inTurn }));
        }),
      );
    } finally {
      await stage.close();
    }
  });

  const picksOf = (one: Case, step: number): readonly RealPick[] =>
    (traces.get(one)?.picks ?? []).filter((pick) => pick.step === step);

  describe.each(CASES.map((one) => ({ title: `${one.layout}, member ${one.member}`, one })))("$title", ({ one }) => {
    const { cost, cluster, member } = one;
    const url = urlText((cluster.members[member] as Cluster["members"][number]).url);

    test("refused: so many of the first hundred requests", () => {
      const refused = picksOf(one, 1).filter(({ status }) => status !== 200);
      // On a busy machine a hundred requests outlast the retry time, after which one more meets it.
      const took = (picksOf(one, 1).at(-1)?.answered ?? 0) - (picksOf(one, 1)[0]?.sent ?? 0);
      const more = cost.failedRequests === 0 ? 0 : Math.ceil(took / RETRY.milliseconds);
      expect(refused.length).toBeGreaterThanOrEqual(cost.failedRequests);
      expect(refused.length).toBeLessThanOrEqual(cost.failedRequests + more);
      expect(refused.every((pick) => pick.status === 503 && pick.member === undefined)).toBe(true);
      expect(cost.firstRefused).toBe(refused.length > 0);
    });

    test("then served by: the others, each with its part", () => {
      const answered = picksOf(one, 1).filter(({ status }) => status === 200);
      const named = new Map(cluster.members.map(({ name, url: own }) => [name, urlText(own)]));
      for (const survivor of cost.survivors) {
        const own = named.get(survivor.member);
        const part = answered.filter((pick) => pick.member === own).length / answered.length;
        expect(Math.abs(part - survivor.share), `${survivor.member} served ${part}`).toBeLessThan(0.05);
      }
      const served = new Set(answered.map((pick) => pick.member));
      expect(served.size).toBe(cost.survivors.length);
    });

    test("sessions: refused or moved to a member without a copy, as said", () => {
      if (cluster.parameters.stickysession === undefined) return;
      const statuses = picksOf(one, 2).map(({ status }) => status);
      expect(statuses).toEqual(Array(SESSIONS).fill(cost.sessionsRefused > 0 ? 503 : 200));
      expect(cost.sessionsLost).toBe(cost.share);
    });

    test("back within: its first answer comes no later, and not long before where nothing but time brings it back", () => {
      if (cost.share === 0) return;
      const first = picksOf(one, 6).find((pick) => pick.member === url);
      const started = traces.get(one)?.steps[5] ?? 0;
      const took = (first?.answered ?? Infinity) - started;
      // Its turn comes after a few requests; how long these took is known.
      const late = picksOf(one, 6).filter(({ sent }) => sent - started > cost.failback.milliseconds + SLACK);
      const turn = late.findIndex((pick) => pick.member === url);
      expect(took < cost.failback.milliseconds + SLACK || (turn >= 0 && turn < 12), `after ${took} ms`).toBe(true);
      const { hcmethod } = cluster.members[member]?.parameters ?? {};
      if (hcmethod === undefined) expect(took).toBeGreaterThan(cost.failback.milliseconds - BEFORE);
    });
  });

  test("prose, table and JSON tell of one computation", () => {
    for (const { topology, cluster, member, cost } of CASES) {
      const [explanation] = explainTopology(topology);
      const told = explanation?.costs.find((one) => one.member === member);
      if (told === undefined) continue;
      expect({ refused: told.failedRequests, back: Math.ceil(told.backWithin / 1_000) }).toEqual({
        refused: cost.failedRequests,
        back: cost.failback.milliseconds,
      });
      const costs = explanation?.costs ?? [];
      expect(failureCosts(topology, cluster, {}, { costs })[member]).toEqual(cost);
    }
  });
});
