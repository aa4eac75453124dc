import { describe, expect, test } from "vitest";
import { Ajv2020 } from "ajv/dist/2020.js";
import "../../../cli/commands/review.js";
import { checkPromises, countsOfLastStep, readSpec, simulate } from "./independent.js";
import type { ReviewReport } from "../../../core/review/report.js";
import { reportSchema } from "../../../core/review/schema.js";
import { runCommand } from "../../support/command.js";

const NODE1 = "node1: { url: http://10.0.0.1:8080, loadfactor: 1, retry: 10s, route: r1 }";
const NODE2 = "node2: { url: http://10.0.0.2:8080, loadfactor: 5, retry: 10s, route: r2 }";
const NODE3 = "node3: { url: http://10.0.0.3:8080, role: standby, retry: 10s }";

interface Layout {
  readonly cluster?: readonly string[];
  readonly members?: readonly string[];
  readonly rest?: readonly string[];
}

/** The article, or what a case makes of it. */
function spec({
  cluster = ["maxattempts: 3", "stickysession: JSESSIONID|jsessionid"],
  members = [NODE1, NODE2, NODE3],
  rest = ["mounts: { /: c }"],
}: Layout = {}): string {
  return [
    "clusters:",
    "  c:",
    ...cluster.map((line) => `    ${line}`),
    "    members:",
    ...members.map((line) => `      ${line}`),
    "servers:",
    "  web:",
    "    listen: [80]",
    ...rest.map((line) => `    ${line}`),
    "",
  ].join("\n");
}

interface Case {
  readonly base?: string;
  readonly head: string;
  readonly summary: RegExp;
  readonly status: 0 | 1;
}

const CASES: Readonly<Record<string, Case>> = {
  "weight changed": {
    head: spec({ members: [NODE1, NODE2.replace("loadfactor: 5", "loadfactor: 9"), NODE3] }),
    summary: /^Traffic changes: node2 gets 9\/10 \(90\.0 %\) of c instead of 5\/6 \(83\.3 %\)\.$/,
    status: 0,
  },
  "node added": {
    head: spec({
      members: [NODE1, NODE2, "node4: { url: http://10.0.0.4:8080, loadfactor: 6, retry: 10s, route: r4 }", NODE3],
    }),
    // With a fourth node, three further tries no longer reach everybody.
    summary:
      /^High risk: c no longer keeps always-served; node4 gets 1\/2 \(50\.0 %\) of c instead of nothing \(and 2 others change\)\.$/,
    status: 1,
  },
  "node removed": {
    head: spec({ members: [NODE2, NODE3] }),
    summary:
      /^Traffic changes: node2 gets everything of c instead of 5\/6 \(83\.3 %\); 1\/6 \(16\.7 %\) of the sessions of c move: node1 is gone\.$/,
    status: 0,
  },
  "standby lost": {
    head: spec({ members: [NODE1, NODE2] }),
    summary: /^Traffic changes: node3 no longer stands in when others of c fail: then nobody serves\.$/,
    status: 0,
  },
  "retry raised": {
    head: spec({ members: [NODE1.replace("10s", "300s"), NODE2, NODE3] }),
    summary: /^High risk: c no longer keeps failback/,
    status: 1,
  },
  "sticky switched off": {
    head: spec({ cluster: ["maxattempts: 3"] }),
    summary: /all sessions of c move: sessions do not stick any more: every request goes to whoever is next/,
    status: 0,
  },
  "backend TLS off": {
    base: spec({
      members: [NODE1, NODE2, NODE3].map((node) => node.replace("http:", "https:")),
      rest: ["mounts: { /: c }", "backendTls: { caFile: /etc/ssl/ca.pem }"],
    }),
    head: spec({ members: [NODE1, NODE2, NODE3] }),
    summary:
      /^Traffic changes: requests to node1 are no longer encrypted: it is at http:\/\/10\.0\.0\.1:8080, not at https:\/\/10\.0\.0\.1:8080 \(and 2 more\)/,
    status: 0,
  },
  "weight changed where capacities are declared": {
    base: spec({
      members: [NODE1, NODE2, NODE3].map((node, at) => node.replace(" }", `, capacity: ${100 * (at + 1)} }`)),
    }),
    head: spec({
      members: [NODE1, NODE2.replace("loadfactor: 5", "loadfactor: 9"), NODE3].map((node, at) =>
        node.replace(" }", `, capacity: ${100 * (at + 1)} }`),
      ),
    }),
    summary: /^Traffic changes: node2 gets 9\/10/,
    status: 0,
  },
  "retries switched off": {
    head: spec({ cluster: ["maxattempts: 0", "stickysession: JSESSIONID|jsessionid"] }),
    summary: /^High risk: c no longer keeps always-served/,
    status: 1,
  },
  "order of members changed": {
    base: spec({ members: [NODE1, NODE2.replace("5", "1")] }),
    head: spec({ members: [NODE2.replace("5", "1"), NODE1] }),
    summary: /order of members: node1 node2 → node2 node1/,
    status: 0,
  },
};

/** Hosts that answer requests with a session of a route, everything being up: one for a session that sticks. */
function serversOf(text: string, route: string): readonly string[] {
  const scenario = `steps:\n  - request: { count: 30, path: '/;jsessionid=abc.${route}' }\n`;
  return [...new Set(simulate(topologyOf(text), scenario).map(({ member }) => new URL(member ?? "").hostname))];
}

/** The member that gets most. */
function busiest(shares: Readonly<Record<string, string>>): { readonly member: string; readonly share: number } {
  const rows = Object.entries(shares).map(([member, share]) => ({ member, share: valueOf(share) }));
  return rows.reduce((most, row) => (row.share > most.share ? row : most));
}

/** Requests per second until the first one of those who serve is at its capacity; null where one has none. */
function bearable(text: string, shares: Readonly<Record<string, string>>): number | null {
  const [cluster] = topologyOf(text).clusters;
  const rates = Object.entries(shares).map(([name, share]) => {
    const capacity = cluster?.members.find((member) => member.name === name)?.capacity;
    const [numerator = 0, denominator = 1] = share.split("/").map(Number);
    return capacity === undefined ? null : (capacity * denominator) / numerator;
  });
  return rates.includes(null) ? null : Math.min(...rates.map(Number));
}

function valueOf(share: string | undefined): number {
  const [numerator = 0, denominator = 1] = (share ?? "0/1").split("/").map(Number);
  return numerator / denominator;
}

async function review(base: string, head: string): Promise<{ readonly status: number; readonly report: ReviewReport }> {
  const { status, stdout } = await runCommand(["review", "base.yaml", "head.yaml", "--json"], {
    "base.yaml": base,
    "head.yaml": head,
  });
  return { status, report: JSON.parse(stdout) as ReviewReport };
}

const isReport = new Ajv2020().compile(reportSchema());

describe.each(Object.entries(CASES))("%s", (_, { base = spec(), head, summary, status }) => {
  const reviewed = review(base, head);

  test("the first line says whether to worry", async () => {
    const result = await reviewed;
    expect(result.report.summary).toMatch(summary);
    expect(result.status).toBe(status);
  });

  test("the report is what its schema says", async () => {
    const { report } = await reviewed;
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  });

  test("shares, and those after each failure, are what a simulation counts", async () => {
    const { report } = await reviewed;
    for (const cluster of report.clusters) {
      for (const [side, text] of [
        ["before", base],
        ["after", head],
      ] as const) {
        expect(cluster.shares[side]).toEqual(counted(text, []));
        for (const { member, instead } of cluster.failures[side]) {
          expect(instead).toEqual(counted(text, [member]));
        }
      }
    }
  });

  test("what a failure costs, and when its member serves again, is what a simulation plays", async () => {
    const { report } = await reviewed;
    for (const { failures } of report.clusters) {
      for (const [rows, text] of [
        [failures.before, base],
        [failures.after, head],
      ] as const) {
        for (const row of rows)
          expect(row).toEqual({ ...played(text, row.member), instead: counted(text, [row.member]) });
      }
    }
  });

  test("the busiest member, with everybody up and with one down, and the rate it bears are those of a simulation", async () => {
    const { report } = await reviewed;
    for (const cluster of report.clusters) {
      for (const [side, text] of [
        ["before", base],
        ["after", head],
      ] as const) {
        const { allUp, oneDown, capacity } = cluster.load[side] ?? {};
        const up = busiest(counted(text, []));
        expect(valueOf(allUp?.share)).toBeCloseTo(up.share, 12);
        const serving = cluster.failover[side][0] ?? [];
        const downs = serving.map((down) => ({ down, shares: counted(text, [down]) }));
        const hardest = Math.max(...downs.map(({ shares }) => busiest(shares).share));
        expect(valueOf(oneDown?.share)).toBeCloseTo(hardest, 12);
        const told = downs.find(({ down }) => down === oneDown?.down);
        expect(valueOf(told?.shares[oneDown?.member ?? ""])).toBeCloseTo(hardest, 12);
        expect(capacity?.allUp ?? null).toEqual(bearable(text, counted(text, [])));
        const rates = downs.map(({ shares }) => bearable(text, shares));
        expect(capacity?.oneDown ?? null).toEqual(rates.includes(null) ? null : Math.min(...rates.map(Number)));
      }
    }
  });

  test("sessions move that reach another server in a simulation of the head", async () => {
    const { report } = await reviewed;
    const [cluster] = report.clusters;
    const { clusters } = topologyOf(base);
    const shares = counted(base, []);
    const tied = (clusters[0]?.members ?? []).filter(({ name, parameters }) => {
      return parameters.route !== undefined && shares[name] !== undefined;
    });
    const homes = tied.map(({ name, parameters: { route = "" } }) => ({
      part: valueOf(shares[name]),
      from: serversOf(base, route),
      to: serversOf(head, route),
    }));
    for (const { from } of homes) expect(from).toHaveLength(1);
    const all = homes.reduce((sum, { part }) => sum + part, 0);
    const gone = homes.filter(({ from, to }) => to.length !== 1 || to[0] !== from[0]);
    const moved = gone.reduce((sum, { part }) => sum + part, 0) / all;
    if (cluster !== undefined) expect(valueOf(cluster.sessions.moved ?? undefined)).toBeCloseTo(moved, 12);
  });

  test("promises are those that check finds broken in one of the two", async () => {
    const { report } = await reviewed;
    const broken = (text: string): ReadonlySet<string> =>
      new Set(
        checkPromises(topologyOf(text))
          .filter(({ verdict }) => verdict === "broken")
          .map(({ id }) => id),
      );
    const [old, young] = [broken(base), broken(head)];
    const [cluster] = report.clusters;
    expect(cluster?.promises.broken).toEqual([...young].filter((id) => !old.has(id)));
    expect(cluster?.promises.mended).toEqual([...old].filter((id) => !young.has(id)));
  });

  test("a counterexample breaks in the head and not in the base", async () => {
    const { report } = await reviewed;
    for (const { id, scenario } of report.clusters.flatMap(({ promises }) => promises.results)) {
      if (scenario === undefined || id !== "always-served") continue;
      const last = (text: string): number | undefined =>
        simulate(topologyOf(text), JSON.stringify(scenario)).at(-1)?.status;
      expect(last(head)).toBe(503);
      // A scenario about a member that is new has no meaning in the base.
      if (report.clusters.every(({ members }) => members.every((member) => member.before !== undefined)))
        expect(last(base)).toBe(200);
    }
  });
});

test("mounts in another order: the paths that another balancer gets are told", async () => {
  const conf = (lines: readonly string[]): string =>
    [
      ...["a", "b"].flatMap((name, index) => [
        `<Proxy balancer://${name}>`,
        `  BalancerMember http://10.0.0.${index}:8080 retry=10`,
        "</Proxy>",
      ]),
      ...lines,
      "",
    ].join("\n");
  const mounts = ["ProxyPass /app balancer://a/app", "ProxyPass / balancer://b/"];
  const { stdout } = await runCommand(["review", "base.conf", "head.conf", "--json"], {
    "base.conf": conf(mounts),
    "head.conf": conf(mounts.toReversed()),
  });
  const report = JSON.parse(stdout) as ReviewReport;
  expect(report.changed).toBe(true);
  expect(report.paths.map(({ path, before, after }) => [path, before, after])).toEqual([
    ["/app", "balancer://a/app", "balancer://b/app"],
    ["/app/x", "balancer://a/app/x", "balancer://b/app/x"],
  ]);
  expect(report.summary).toMatch(
    /^(Traffic changes|High risk): .*\/app leads to balancer:\/\/b\/app, not to balancer:\/\/a\/app/,
  );
});

test("the same in other words is no change", async () => {
  const base = spec();
  const head = `# the article\n${JSON.stringify(topologyJson(), undefined, 4)}\n`;
  const { status, report } = await review(base, head);
  expect({ status, changed: report.changed, clusters: report.clusters }).toEqual({
    status: 0,
    changed: false,
    clusters: [],
  });
  expect(report.summary).toMatch(/^No effect on traffic: /);
});

test("the hash is of the meaning: equal for another spelling, another for another change", async () => {
  const heavier = spec({ members: [NODE1, NODE2.replace("loadfactor: 5", "loadfactor: 9"), NODE3] });
  const { report } = await review(spec(), heavier);
  const spelled = await review(`${spec()}# a remark\n`, heavier.replaceAll("10s", "10000ms"));
  const other = await review(spec(), heavier.replace("loadfactor: 9", "loadfactor: 8"));
  expect(spelled.report.hash).toBe(report.hash);
  expect(other.report.hash).not.toBe(report.hash);
});

function topologyJson(): unknown {
  const member = (n: number): object => ({ url: `http://10.0.0.${n}:8080`, retry: "10s" });
  return {
    clusters: {
      c: {
        maxattempts: 3,
        lbmethod: "byrequests",
        stickysession: "JSESSIONID|jsessionid",
        members: {
          node1: { ...member(1), route: "r1" },
          node2: { ...member(2), loadfactor: 5, route: "r2" },
          node3: { ...member(3), role: "standby", loadfactor: 1 },
        },
      },
    },
    servers: { web: { listen: [80], mounts: { "/": "c" } } },
  };
}

function topologyOf(text: string): ReturnType<typeof readSpec> {
  return readSpec(text);
}

/** Whole rounds of every sum of load factors up to 12. */
const ROUNDS = 27_720;

/** Shares as counted over rounds of requests that a simulation plays. */
function counted(text: string, downs: readonly string[]): Readonly<Record<string, string>> {
  const stop = downs.length === 0 ? [] : [{ stop: downs }];
  // Once somebody down is known to be down no request tries it again: no time passes.
  const steps = [...stop, { request: 200 }, { request: { count: ROUNDS } }];
  const counts = countsOfLastStep(topologyOf(text), JSON.stringify({ steps }));
  return Object.fromEntries(
    [...counts].map(([name, count]) => {
      const divisor = gcd(count, ROUNDS);
      return [name, `${count / divisor}/${ROUNDS / divisor}`];
    }),
  );
}

/** What becomes of the first hundred requests while a member refuses, and how long it goes on being left out once it is back. */
function played(text: string, member: string) {
  const topology = topologyOf(text);
  const parameters = topology.clusters
    .flatMap(({ members }) => members)
    .find(({ name }) => name === member)?.parameters;
  const steps = [{ stop: [member] }, { request: 100 }];
  const picks = simulate(topology, JSON.stringify({ steps }));
  const met = picks.find(({ attempts, status }) => attempts > Number(status === 200));
  const tries = met === undefined ? 1 : met.attempts - Number(met.status === 200);
  const connecting = parameters?.connectiontimeout ?? parameters?.timeout;
  const isBackAfter = (seconds: number): boolean => {
    const later = [...steps, { start: [member] }, { wait: `${seconds}s` }, { request: { count: 30 } }];
    return simulate(topology, JSON.stringify({ steps: later }))
      .slice(100)
      .some(({ name }) => name === member);
  };
  return {
    member,
    failedRequests: picks.filter(({ status }) => status !== 200).length,
    firstDelaySeconds: tries * ((connecting?.milliseconds ?? 60_000) / 1_000),
    firstRefused: met !== undefined && met.status !== 200,
    backWithinSeconds: Array.from({ length: 601 }, (__, seconds) => seconds).find(isBackAfter),
  };
}

function gcd(left: number, right: number): number {
  return right === 0 ? left : gcd(right, left % right);
}
