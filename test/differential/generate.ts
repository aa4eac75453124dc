import { buildTopology } from "../../core/topology/build.js";
import type { MemberInput } from "../../core/topology/build.js";
import type { Topology } from "../../core/topology/topology.js";
import type { BalancerParameters } from "../../core/vocabulary/balancer.js";
import { millis, seconds } from "../../core/vocabulary/duration.js";
import type { WorkerParameters } from "../../core/vocabulary/worker.js";
import type { Scenario } from "../../core/scenario/scenario.js";
import { randomOf } from "./random.js";
import type { Random } from "./random.js";
import { generateSteps } from "./generate-steps.js";

/** One balancer and what happens to it. */
export interface Case {
  readonly index: number;
  readonly name: string;
  readonly topology: Topology;
  readonly scenario: Scenario;
}

/** Cases that share an httpd. */
export const BATCH = 50;

/** What all cases of a batch have in common: reloads are everybody's. */
export interface BatchTraits {
  /** Exactly one reload in each scenario, of this kind. */
  readonly reload?: "graceful" | "restart";
  readonly persist?: boolean;
  /** Members are health-checked. */
  readonly checked?: boolean;
}

/** Three of ten batches reload, one has health checks. */
export function traitsOf(index: number): BatchTraits {
  switch (Math.floor(index / BATCH) % 10) {
    case 2:
      return { reload: "graceful" };
    case 4:
      return { checked: true };
    case 5:
      return { reload: "restart" };
    case 8:
      return { reload: "graceful", persist: true };
    default:
      return {};
  }
}

/** A case from (seed, index) alone. Its waits stay clear of the end of a retry. */
export function generateCase(seed: number, index: number): Case {
  const { reload, persist = false, checked = false } = traitsOf(index);
  const random = randomOf(seed, index);
  const name = `c${index}`;
  const sticky = random.chance(0.4) ? generateSticky(random) : {};
  const parameters = { ...generateBalancer(random), ...sticky };
  const size = checked ? 1 + random.below(3) : random.pick([1, 2, 2, 3, 3, 3, 4, 4, 5, 6]);
  const path = random.chance(0.1) ? "/app" : "";
  const reuse = random.chance(0.1) ? { disablereuse: true } : {};
  const timeout = !checked && random.chance(0.05) ? { timeout: seconds(1) } : {};
  const scheme = schemeOf(seed, index, checked);
  const members = Array.from({ length: size }, (_, at): MemberInput => {
    const checks = checked && random.chance(0.8) ? generateChecks(random) : {};
    const worker = { ...generateWorker(random, at, size, parameters), ...timeout, ...reuse, ...checks };
    return { name: `n${at}`, url: `${scheme}://n${at}.${name}.test:8080${path}`, parameters: worker };
  });
  const topology = buildTopology({
    ...(checked && { healthCheckExpressions: EXPRESSIONS }),
    clusters: [{ name, parameters, members }],
    servers: [
      {
        name: "web",
        listen: [{ port: 80 }],
        // Without X-Forwarded headers there is room to make a request as long as its step says, which is counted.
        settings: { proxyaddheaders: false, ...(persist ? { balancerpersist: true } : {}) },
        mounts: [{ path: `/${name}/`, to: { kind: "cluster", cluster: name, path: "/" } }],
      },
    ],
  });
  const steps = generateSteps(random, { cluster: topology.clusters[0]!, checked, ...(reload && { reload }) });
  return { index, name, topology, scenario: { steps } };
}

/** From a stream of its own, so that everything else of a case stays what it was before there was a choice. */
function schemeOf(seed: number, index: number, checked: boolean): "http" | "ajp" {
  return !checked && randomOf(seed, -1 - index).chance(0.12) ? "ajp" : "http";
}

function generateBalancer(random: Random): BalancerParameters {
  return {
    lbmethod: random.pick(["byrequests", "byrequests", "byrequests", "bybusyness", "bytraffic"]),
    ...(random.chance(0.2) && { maxattempts: random.below(4) }),
    ...(random.chance(0.15) && { forcerecovery: random.chance(0.2) }),
    ...(random.chance(0.2) && { failonstatus: random.pick([[503], [500, 503], [404, 500]]) }),
    ...(random.chance(0.1) && { failontimeout: true }),
  };
}

function generateSticky(random: Random): BalancerParameters {
  return {
    stickysession: random.pick(["SID", "SID", "JSESSIONID|jsessionid", "A|B"]),
    ...(random.chance(0.2) && { nofailover: true }),
    ...(random.chance(0.25) && { scolonpathdelim: true }),
    ...(random.chance(0.2) && { stickysessionsep: random.pick(["-", "!", "Off", "."]) }),
  };
}

const FRACTIONS = [1.15, 2.3, 4.35, 8.2, 9.95, 19.99, 64.1, 1.005, 1.239, 99.99, 2.25, 1.5, 3.33];
const LETTERS = [
  "+H",
  "+H",
  "+H",
  "+R",
  "+R",
  "+D",
  "+S",
  "+N",
  "+I",
  "+HR",
  "+HI",
  "+DN",
  "H",
  "+E",
  "-E",
  "+C",
  "+G",
];

function generateWorker(random: Random, at: number, size: number, balancer: BalancerParameters): WorkerParameters {
  const sticky = balancer.stickysession !== undefined;
  return {
    ...(random.chance(0.6) && { loadfactor: generateFactor(random) }),
    ...(random.chance(0.9) && { retry: seconds(random.chance(0.03) ? 0 : random.pick([1, 1, 2, 2, 60])) }),
    ...(random.chance(0.15) && { lbset: 1 + random.below(2) }),
    ...(random.chance(0.35) && { status: random.pick(LETTERS) }),
    ...(sticky && random.chance(0.85) && { route: `r${random.chance(0.1) ? random.below(size) : at}` }),
    ...(sticky && random.chance(0.25) && { redirect: `r${random.below(size)}` }),
  };
}

function generateChecks(random: Random): WorkerParameters {
  const hcmethod = random.pick(["TCP", "TCP", "GET", "HEAD"] as const);
  return {
    hcmethod,
    hcinterval: millis(random.pick([500, 700, 1_000])),
    ...(random.chance(0.6) && { hcpasses: 1 + random.below(3) }),
    ...(random.chance(0.6) && { hcfails: 1 + random.below(3) }),
    ...(hcmethod !== "TCP" && { hcuri: "/health" }),
    ...(hcmethod !== "TCP" && random.chance(0.5) && { hcexpr: random.pick(EXPRESSIONS).name }),
  };
}

/** What a healthy answer is, where a member says it. */
const EXPRESSIONS = [
  { name: "lax", expression: "%{REQUEST_STATUS} =~ /^[2345]/" },
  { name: "usual", expression: "%{REQUEST_STATUS} =~ /^[23]/" },
  { name: "strict", expression: "%{REQUEST_STATUS} == 200" },
  { name: "negated", expression: "! (%{REQUEST_STATUS} -ge 500)" },
] as const;

function generateFactor(random: Random): number {
  const kind = random.below(4);
  if (kind === 0) return random.pick(FRACTIONS);
  if (kind === 1) return (100 + random.below(900)) / 100;
  return 1 + random.below(kind === 2 ? 5 : 20);
}
