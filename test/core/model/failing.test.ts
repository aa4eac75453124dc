import { describe, expect, it } from "vitest";
import {
  cloneState,
  initialState,
  modelBalancer,
  passTime,
  restarted,
  serve,
  setBalancer,
  setMember,
  statusText,
  LIKELIEST,
  NO_SESSION,
} from "../../../core/model/engine.js";
import type { Backend } from "../../../core/model/engine.js";
import { failureHandled } from "../../../core/model/failures.js";
import { runScenario } from "../../../core/model/run.js";
import type { Step } from "../../../core/scenario/scenario.js";
import { millis, seconds } from "../../../core/vocabulary/duration.js";
import type { BalancerParameters } from "../../../core/vocabulary/balancer.js";
import type { WorkerParameters } from "../../../core/vocabulary/worker.js";
import type { Topology } from "../../../core/topology/topology.js";
import { clusterOf, topologyOf } from "./cluster.js";

const OK: Backend = { kind: "answers", status: 200, body: 0 };
const answer = (status: number): Backend => ({ kind: "answers", status, body: 0 });

/** One request on two members of which the first behaves as given; who answered, and how the first one stands after. */
function first(backend: Backend, member: WorkerParameters = {}, balancer: BalancerParameters = {}) {
  const state = initialState(modelBalancer(clusterOf([member, {}], balancer)));
  const outcome = serve(state, NO_SESSION, { backends: [backend, OK] });
  return { ...outcome, after: statusText(state.status[0] ?? 0), waited: state.now };
}

describe("what a failing backend does (httpd 2.4.71)", () => {
  it.each([
    ["refuses", first({ kind: "refuses" }), 200, 1, "Init Err"],
    ["cannot be reached", first({ kind: "lost" }, { connectiontimeout: seconds(3) }), 200, 1, "Init Err"],
    ["refuses and ignores errors", first({ kind: "refuses" }, { status: "+I" }), 503, -1, "Init Ign Ok"],
    ["refuses without further tries", first({ kind: "refuses" }, {}, { maxattempts: 0 }), 503, -1, "Init Err"],
    ["does not resolve", first({ kind: "unresolvable" }), 500, -1, "Init Err"],
    ["closes", first({ kind: "closes" }), 502, -1, "Init Ok"],
    ["is silent", first({ kind: "hang" }), 502, -1, "Init Ok"],
    ["is silent, with failontimeout", first({ kind: "hang" }, {}, { failontimeout: true }), 502, -1, "Init Err"],
    ["answers 503", first(answer(503)), 503, 0, "Init Ok"],
    ["answers a status of failonstatus", first(answer(503), {}, { failonstatus: [500, 503] }), 503, 0, "Init Err"],
    [
      "answers it but ignores errors",
      first(answer(503), { status: "+I" }, { failonstatus: [503] }),
      503,
      0,
      "Init Ign Ok",
    ],
  ] as const)("%s", (_, outcome, status, member, after) => {
    expect(outcome).toMatchObject({ status, member, after });
  });

  it("waits for the first timeout that is set", () => {
    expect(first({ kind: "lost" }, { connectiontimeout: millis(1500), timeout: seconds(5) }).waited).toBe(1_500_000);
    expect(first({ kind: "lost" }, { timeout: seconds(5) }).waited).toBe(5_000_000);
    expect(first({ kind: "hang" }, { connectiontimeout: seconds(1), timeout: seconds(5) }).waited).toBe(5_000_000);
    expect(first({ kind: "hang" }).waited).toBe(60_000_000);
  });
});

describe("what a failure comes to, by protocol (httpd 2.4.71)", () => {
  const PLAIN = { once: false, kept: false, pinged: false };
  it.each([
    ["http", "closes", PLAIN, 502],
    ["http", "closes", { ...PLAIN, kept: true }, 500],
    ["http", "breaks", { ...PLAIN, kept: true }, 502],
    ["http", "closes", { ...PLAIN, once: true }, 502],
    ["ajp", "closes", PLAIN, 503],
    ["ajp", "closes", { ...PLAIN, kept: true }, 503],
    ["ajp", "closes", { ...PLAIN, once: true }, 500],
    ["ajp", "hang", { ...PLAIN, once: true, pinged: true }, 504],
    ["ajp", "refuses", { ...PLAIN, once: true }, 503],
    ["fcgi", "reset", { ...PLAIN, once: true }, 503],
    ["fcgi", "hang", PLAIN, 504],
    ["scgi", "closes", PLAIN, 500],
    ["uwsgi", "hang", PLAIN, 500],
  ] as const)("%s %s %j: %i", (protocol, failure, attempt, access) => {
    expect(failureHandled(failure, protocol, attempt).access).toBe(access);
  });

  it("is not judged where nobody has measured it, and the line of the member is named", () => {
    const topology = topologyOf({ ...clusterOf([{}]), members: [{ name: "a", url: "h2c://a:1", parameters: {} }] });
    const steps = [{ respond: { member: "a", failure: "closes" } }, { request: {} }] as const;
    expect(runScenario(topology, { steps }).picks[0]).toMatchObject({
      judged: false,
      doubts: ["/clusters/0/members/0"],
    });
    expect(runScenario(topology, { steps: [{ stop: ["a"] }, { request: {} }] }).picks[0]).not.toHaveProperty("judged");
  });

  it("takes time in the model: the retry of another balancer's member runs down meanwhile", () => {
    const one = clusterOf([{ timeout: seconds(5) }]);
    const two = { ...clusterOf([{ retry: seconds(4) }, {}]), name: "d" };
    const mount = (path: string, cluster: string) => ({ path, to: { kind: "cluster", cluster, path: "/" } }) as const;
    const server = {
      name: "web",
      layout: "debian",
      listen: [{ port: 80 }],
      mounts: [mount("/c/", "c"), mount("/d/", "d")],
    };
    const apart = {
      ...two,
      members: two.members.map((member) => ({ ...member, name: `${member.name}2`, url: `http://${member.name}2:1` })),
    };
    const topology = {
      ...topologyOf({ ...one, name: "c" }, apart),
      servers: [{ ...server, settings: {}, virtualHosts: [] }],
    } as unknown as Topology;
    const { picks } = runScenario(topology, {
      steps: [
        { stop: ["a2"] },
        { request: { path: "/d/" } },
        { start: ["a2"] },
        { respond: { member: "a", failure: "hang" } },
        { request: { path: "/c/" } },
        { request: { path: "/d/", count: 2 } },
      ],
    });
    expect(picks.map(({ name, status }) => name ?? status)).toEqual(["b2", 502, "b2", "a2"]);
  });
});

describe("retry", () => {
  const play = (steps: readonly Step[], retry: number) =>
    runScenario(topologyOf(clusterOf([{ retry: seconds(retry) }, { status: "+H" }])), { steps }).picks.map(
      ({ name, either }) => (either === undefined ? name : "either"),
    );

  it("has passed when exactly that much time has gone by, because requests take some", () => {
    const outage = (wait: number): readonly Step[] => [
      { stop: ["a"] },
      { request: {} },
      { start: ["a"] },
      { wait: millis(wait) },
      { request: {} },
    ];
    expect(play(outage(1999), 2)).toEqual(["b", "b"]);
    expect(play(outage(2000), 2)).toEqual(["b", "a"]);
  });

  it("of 0 is a race inside the failing request, and certain in the next one", () => {
    expect(play([{ stop: ["a"] }, { request: {} }, { start: ["a"] }, { request: { count: 2 } }], 0)).toEqual([
      "either",
      "a",
      "a",
    ]);
  });

  it("counts from the last failed try", () => {
    const steps: readonly Step[] = [
      { stop: ["a"] },
      { request: {} },
      { wait: seconds(2) },
      { request: {} },
      { start: ["a"] },
      { wait: seconds(1) },
      { request: {} },
      { wait: seconds(1) },
      { request: {} },
    ];
    expect(play(steps, 2)).toEqual(["b", "b", "b", "a"]);
  });

  it("tells every possible answer of a race", () => {
    const topology = topologyOf(clusterOf([{ retry: seconds(0) }, { status: "+H" }]));
    const { picks, steps } = runScenario(topology, { steps: [{ stop: ["a"] }, { request: { count: 1000 } }] });
    expect(picks[0]?.either).toEqual([
      { member: null, status: 503 },
      { member: "http://b:1", status: 200 },
    ]);
    expect(steps[0]?.uncertain).toBe(1000);
  });

  it("counts uncertain answers without playing them one by one", () => {
    const topology = topologyOf(clusterOf([{ retry: seconds(0) }, { status: "+H" }]));
    const { steps } = runScenario(topology, { steps: [{ stop: ["a"] }, { request: { count: 1e12 } }] }, { picks: 0 });
    expect(steps[0]).toMatchObject({ uncertain: 1e12, answers: { "httpd 503": 1e12 } });
  });

  it("leaves heartbeat's draw open", () => {
    const { picks } = runScenario(topologyOf(clusterOf([{}, {}], { lbmethod: "heartbeat" })), {
      steps: [{ request: {} }],
    });
    expect(picks[0]?.either).toHaveLength(2);
  });
});

describe("a balancer's timeout", () => {
  it("waits for a member whose retry time comes, and no longer", () => {
    const balancer: BalancerParameters = { timeout: seconds(5), maxattempts: 0, forcerecovery: false };
    const state = initialState(modelBalancer(clusterOf([{ retry: seconds(2) }], balancer)));
    expect(serve(state, NO_SESSION, { backends: [{ kind: "refuses" }] })).toMatchObject({ status: 503, attempts: 1 });
    expect(serve(state, NO_SESSION, { backends: [OK] })).toMatchObject({ status: 200, member: 0 });
    expect(state.now).toBe(2_000_000);
  });

  it("answers 503 after it", () => {
    const state = initialState(modelBalancer(clusterOf([{ status: "+D" }], { timeout: seconds(2) })));
    expect(serve(state, NO_SESSION, { backends: [OK] })).toMatchObject({ status: 503, attempts: 0 });
    expect(state.now).toBe(2_000_000);
  });
});

describe("health checks", () => {
  const checked = (own: WorkerParameters) => ({ hcmethod: "TCP", hcinterval: seconds(1), ...own }) as const;
  const after = (own: WorkerParameters, script: readonly (readonly [Backend, number])[]) => {
    const state = initialState(modelBalancer(clusterOf([checked(own)])));
    for (const [backend, time] of script) passTime(state, time * 1e6, [backend], LIKELIEST);
    return statusText(state.status[0] ?? 0);
  };
  const DOWN: Backend = { kind: "refuses" };

  it("take a member out after hcfails failures", () => {
    expect(after({ hcfails: 2 }, [[DOWN, 0.9]])).toBe("Init Ok");
    expect(after({ hcfails: 2 }, [[DOWN, 1.9]])).toBe("Init Ok");
    expect(after({ hcfails: 2 }, [[DOWN, 2.5]])).toBe("Init HcFl");
  });

  it("count failures over passed checks in between", () => {
    expect(
      after({ hcfails: 3 }, [
        [DOWN, 2.5],
        [OK, 10],
        [DOWN, 2.5],
      ]),
    ).toBe("Init HcFl");
  });

  it("bring a member back before its retry timer", () => {
    const state = initialState(modelBalancer(clusterOf([checked({ retry: seconds(600) }), {}])));
    serve(state, NO_SESSION, { backends: [DOWN, OK] });
    expect(statusText(state.status[0] ?? 0)).toBe("Init Err");
    passTime(state, 2.5e6, [OK, OK], LIKELIEST);
    expect(statusText(state.status[0] ?? 0)).toBe("Init Ok");
  });

  it("do not touch stopped members", () => {
    expect(after({ status: "+S" }, [[DOWN, 10]])).toBe("Init Stop");
  });

  it("fail on a status from 400 on unless only the connection is checked", () => {
    expect(after({ hcmethod: "GET", hcuri: "/health" }, [[answer(399), 5]])).toBe("Init Ok");
    expect(after({ hcmethod: "GET", hcuri: "/health" }, [[answer(400), 5]])).toBe("Init HcFl");
    expect(after({ hcmethod: "TCP" }, [[answer(400), 5]])).toBe("Init Ok");
  });

  it("fail by a method that needs a path while there is none", () => {
    expect(after({ hcmethod: "HEAD" }, [[OK, 5]])).toBe("Init HcFl");
    expect(after({ hcmethod: "OPTIONS" }, [[OK, 5]])).toBe("Init Ok");
  });

  it("judge by an expression instead of by the status", () => {
    const member = checked({ hcmethod: "GET", hcuri: "/health", hcexpr: "Alive" });
    const expression = "%{REQUEST_STATUS} =~ /^[25]/ && hc('body') !~ /maintenance/";
    const surroundings = { healthCheckExpressions: [{ name: "alive", expression }] };
    const afterAnswer = (backend: Backend) => {
      const state = initialState(modelBalancer(clusterOf([member]), surroundings));
      passTime(state, 5e6, [backend], LIKELIEST);
      return statusText(state.status[0] ?? 0);
    };
    expect(afterAnswer(answer(503))).toBe("Init Ok");
    expect(afterAnswer(answer(302))).toBe("Init HcFl");
    expect(afterAnswer(DOWN)).toBe("Init HcFl");
  });

  it("leave open what falls into the span in which a check may happen", () => {
    const topology = topologyOf(clusterOf([checked({}), { status: "+H" }]));
    const picks = (wait: number) =>
      runScenario(topology, {
        steps: [
          { respond: { member: "a", failure: "hang" } },
          { stop: ["a"] },
          { wait: millis(wait) },
          { request: {} },
        ],
      }).picks[0];
    expect(picks(1050)?.attempts).toBeGreaterThan(0);
    expect(picks(5000)).toMatchObject({ name: "b", attempts: 1 });
  });
});

describe("balancer-manager", () => {
  const used = (
    parameters: BalancerParameters = {},
    members: readonly WorkerParameters[] = [{}, { loadfactor: 3 }],
  ) => {
    const state = initialState(modelBalancer(clusterOf(members, parameters)));
    serve(state, NO_SESSION, { backends: members.map(() => OK) });
    return state;
  };

  it("sets every lbstatus to the load factor when one load factor changes", () => {
    const state = used();
    setMember(state, 0, { member: "a", loadfactor: 2.3 });
    expect([...state.lbstatus]).toEqual([229, 300]);
    expect([...state.lbfactor]).toEqual([229, 300]);
  });

  it("keeps a lone member's load factor at 1", () => {
    const state = used({}, [{ loadfactor: 4 }]);
    setMember(state, 0, { member: "a", loadfactor: 9 });
    expect([...state.lbstatus, ...state.lbfactor]).toEqual([100, 100]);
  });

  it("resets nothing when a member is disabled and enabled", () => {
    const state = used();
    const before = [...state.lbstatus];
    setMember(state, 1, { member: "b", status: "+D" });
    expect(serve(state, NO_SESSION, { backends: [OK, OK] }).member).toBe(0);
    setMember(state, 1, { member: "b", status: "-D" });
    expect([...state.lbstatus]).toEqual(before);
  });

  it("starts another lbmethod from zero at the next request", () => {
    const state = used();
    setBalancer(state, { lbmethod: "bybusyness" });
    serve(state, NO_SESSION, { backends: [OK, OK] });
    expect([...state.lbstatus]).toEqual([100, -100]);
  });

  it("is forgotten at a restart, unless BalancerPersist is on", () => {
    const balancer = (balancerpersist: boolean) =>
      modelBalancer(clusterOf([{}, {}]), { settings: { balancerpersist } });
    const changed = (persist: boolean) => {
      const state = initialState(balancer(persist));
      setMember(state, 0, { member: "a", status: "+D", route: "x" });
      serve(state, NO_SESSION, { backends: [OK, OK] });
      return restarted(cloneState(state));
    };
    expect(statusText(changed(false).status[0] ?? 0)).toBe("Init Ok");
    expect(changed(false).settings.routes).toEqual(["", ""]);
    expect(statusText(changed(true).status[0] ?? 0)).toBe("Init Dis");
    expect(changed(true).settings.routes).toEqual(["x", ""]);
  });
});

describe("a restart with BalancerPersist", () => {
  const after = (lbmethod: "byrequests" | "bytraffic", steps: readonly Step[]) => {
    const members: readonly WorkerParameters[] = [{ status: "+D" }, { loadfactor: 3 }, { loadfactor: 9 }];
    const cluster = { ...clusterOf(members, { lbmethod }), name: "c" };
    const mounts = [{ path: "/", to: { kind: "cluster", cluster: "c", path: "/" } }];
    const server = { name: "web", layout: "debian", listen: [{ port: 80 }], mounts, virtualHosts: [] };
    const topology = {
      ...topologyOf(cluster),
      servers: [{ ...server, settings: { balancerpersist: true } }],
    } as unknown as Topology;
    const { picks } = runScenario(topology, { steps });
    return picks
      .slice(-12)
      .map(({ name }) => name)
      .join("");
  };
  const enable: Step = { set: { member: "a", status: "-D" } };
  const reload: Step = { reload: "graceful" };

  it.each(["byrequests", "bytraffic"] as const)("sets %s back if a member was enabled before it", (lbmethod) => {
    const enabled = after(lbmethod, [
      { request: { count: 20 } },
      enable,
      { request: { count: 5 } },
      reload,
      { request: { count: 12 } },
    ]);
    expect(enabled).toBe(after(lbmethod, [enable, { request: { count: 12 } }]));
  });

  it("goes on where it was if nobody was", () => {
    const steps: readonly Step[] = [{ request: { count: 20 } }, { request: { count: 12 } }];
    expect(after("byrequests", [steps[0]!, reload, steps[1]!])).toBe(after("byrequests", steps));
  });
});

describe("sessions", () => {
  const members: readonly WorkerParameters[] = [
    { route: "r1", redirect: "r3" },
    { route: "r2" },
    { route: "r3", status: "+H" },
  ];
  const play = (balancer: BalancerParameters, steps: readonly Step[]) =>
    runScenario(topologyOf(clusterOf(members, { stickysession: "SID", ...balancer })), { steps }).picks.map(
      ({ name, status }) => `${name ?? "-"} ${status}`,
    );
  const bound = (route: string): Step => ({ request: { cookies: { SID: `x.${route}` } } });

  it("follow the redirect of a failed member, even to a standby", () => {
    expect(play({}, [{ stop: ["a"] }, bound("r1"), bound("r1")])).toEqual(["c 200", "c 200"]);
  });

  it("move to another member without one", () => {
    expect(play({}, [{ stop: ["b"] }, bound("r2"), bound("r2")])).toEqual(["a 200", "a 200"]);
  });

  it("get 503 with nofailover, while unknown routes are served", () => {
    expect(play({ nofailover: true }, [{ stop: ["b"] }, bound("r2"), bound("r2"), bound("r9")])).toEqual([
      "- 503",
      "- 503",
      "a 200",
    ]);
  });

  it("stay on a draining member, which gets nothing else", () => {
    const drain: Step = { set: { member: "a", status: "+N" } };
    expect(play({}, [drain, bound("r1"), { request: { count: 3 } }])).toEqual(["a 200", "b 200", "b 200", "b 200"]);
  });

  it("end with members that redirect to each other in a circle", () => {
    const circle: readonly WorkerParameters[] = Array.from({ length: 12 }, () => ({ route: "r", redirect: "r" }));
    const topology = topologyOf(clusterOf(circle, { stickysession: "SID" }));
    const names = topology.clusters[0]?.members.map(({ name }) => name) ?? [];
    const { picks } = runScenario(topology, {
      steps: [{ stop: names }, { request: { count: 2, cookies: { SID: "x.r" } } }],
    });
    expect(picks.map(({ status }) => status)).toEqual([503, 503]);
  });
});

describe("hosts and mounts", () => {
  it("balancers of one httpd run side by side, members of one URL stop together", () => {
    const one = clusterOf([{}, {}]);
    const topology = {
      ...topologyOf(one, { ...one, name: "d" }),
      servers: [
        {
          name: "web",
          layout: "debian",
          listen: [{ port: 80 }],
          virtualHosts: [],
          settings: {},
          mounts: [
            { path: "/d", to: { kind: "cluster", cluster: "d", path: "" } },
            { path: "/x", to: { kind: "exclude" } },
            { path: "/", to: { kind: "cluster", cluster: "c", path: "/" } },
          ],
        },
      ],
    } as const;
    const { picks } = runScenario(topology, {
      steps: [
        { request: {} },
        { request: { path: "/d" } },
        { stop: ["http://a:1"] },
        { request: { path: "/d" } },
        { request: { path: "/x" } },
        { request: {} },
        { request: {} },
      ],
    });
    expect(picks.map(({ name, status }) => `${name ?? "-"} ${status}`)).toEqual([
      "a 200",
      "a 200",
      "b 200",
      "- 403",
      "b 200",
      "b 200",
    ]);
  });
});
