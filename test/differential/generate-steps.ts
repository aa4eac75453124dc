import type { Cluster } from "../../core/topology/topology.js";
import { millis } from "../../core/vocabulary/duration.js";
import type { Step } from "../../core/scenario/scenario.js";
import type { RequestStep, SetStep } from "../../core/scenario/steps.js";
import type { Random } from "./random.js";

/** What scenarios are made for. */
interface StepOptions {
  readonly cluster: Cluster;
  /** Members are health-checked: fewer requests, more time. */
  readonly checked: boolean;
  readonly reload?: "graceful" | "restart";
}

/** Where a scenario stands while it is made up. */
interface Draft {
  readonly random: Random;
  readonly cluster: Cluster;
  readonly checked: boolean;
  readonly steps: Step[];
  readonly down: Set<string>;
  /** Milliseconds waited between any step so far and now: what the age of a failure can be. */
  readonly ages: number[];
}

const WAITS = [300, 400, 1_300, 1_500, 2_400, 2_600];
/** How far real time may run ahead of the model's before it could cross the end of a retry. */
const SLACK = 450;
const MOST_WAITS = 3;

/** Steps that make sense one after the other; no wait ends just before a retry does. */
export function generateSteps(random: Random, { cluster, checked, reload }: StepOptions): readonly Step[] {
  const draft: Draft = { random, cluster, checked, steps: [], down: new Set(), ages: [0] };
  const length = 3 + random.below(9);
  const reloadAt = reload === undefined ? -1 : 1 + random.below(length - 1);
  for (let at = 0; at < length; at++) {
    if (at === reloadAt && reload !== undefined) {
      draft.steps.push({ reload });
      draft.ages.length = 0;
    }
    addStep(draft);
    if (random.chance(0.7)) draft.steps.push({ request: generateRequest(draft) });
  }
  draft.steps.push({ request: generateRequest(draft) });
  return draft.steps;
}

function addStep(draft: Draft): void {
  const { random, checked } = draft;
  const kind = checked && random.chance(0.3) ? 12 : random.below(20);
  if (kind < 6) draft.steps.push({ request: generateRequest(draft) });
  else if (kind < 9) addStop(draft);
  else if (kind < 12) addStart(draft);
  else if (kind < 15) addWait(draft);
  else if (kind < 17) addRespond(draft);
  else draft.steps.push({ set: generateSet(draft) });
}

function addStop({ random, cluster, steps, down }: Draft): void {
  const up = cluster.members.map(({ name }) => name).filter((name) => !down.has(name));
  if (up.length === 0) return;
  const chosen = random.chance(0.12) ? up : random.some(up);
  for (const name of chosen) down.add(name);
  steps.push({ stop: chosen });
}

function addStart({ random, steps, down }: Draft): void {
  if (down.size === 0) return;
  const chosen = random.chance(0.5) ? [...down] : random.some([...down]);
  for (const name of chosen) down.delete(name);
  steps.push({ start: chosen });
}

function addWait({ random, cluster, steps, ages }: Draft): void {
  const retries = cluster.members.map(({ parameters }) => parameters.retry?.milliseconds ?? 60_000);
  const wait = random.pick(WAITS);
  const later = ages.map((age) => age + wait);
  const close = later.some((age) => retries.some((retry) => age > retry - SLACK && age <= retry));
  if (close || steps.filter((step) => "wait" in step).length >= MOST_WAITS) return;
  steps.push({ wait: millis(wait) });
  ages.splice(0, ages.length, ...later, 0);
}

function addRespond({ random, cluster, checked, steps }: Draft): void {
  const member = random.pick(cluster.members).name;
  if (random.chance(isPatient(cluster) ? 0.7 : checked ? 0 : 0.1)) {
    steps.push({ respond: { member, failure: isPatient(cluster) ? "hang" : "closes" } });
    return;
  }
  const status = random.pick([200, 200, 503, 503, 500, 404, 302]);
  const body = random.chance(0.5) ? random.below(3_000) : 0;
  steps.push({ respond: { member, status, ...(body > 0 && { body }) } });
}

/** Members that are given up after a second may hang. */
function isPatient({ members }: Cluster): boolean {
  return members[0]?.parameters.timeout !== undefined;
}

function generateSet({ random, cluster }: Draft): SetStep {
  const member = random.pick(cluster.members).name;
  const balancer = cluster.name;
  const kind = random.below(12);
  if (kind < 7) {
    const letters = random.pick([
      "+D",
      "-D",
      "+N",
      "-N",
      "+H",
      "-H",
      "+R",
      "-R",
      "+S",
      "-S",
      "+I",
      "-I",
      "-DNS",
      "+D-H",
    ]);
    return { balancer, member, status: letters };
  }
  if (kind < 9) return { balancer, member, loadfactor: random.pick([1, 2, 3, 7, 20, 1.15, 2.3]) };
  if (kind < 10) return { balancer, member, lbset: random.below(3) };
  if (kind < 11) return { balancer, member, route: `r${random.below(4)}`, redirect: `r${random.below(4)}` };
  return generateBalancerSet(random, balancer);
}

function generateBalancerSet(random: Random, balancer: string): SetStep {
  switch (random.below(4)) {
    case 0:
      return { balancer, maxattempts: random.below(4) };
    case 1:
      return { balancer, nofailover: random.chance(0.7) };
    case 2:
      return { balancer, stickysession: random.pick(["SID", "-", "JSESSIONID|jsessionid"]) };
    default:
      return { balancer, lbmethod: random.pick(["byrequests", "bybusyness", "bytraffic"]) };
  }
}

function generateRequest({ random, cluster, checked }: Draft): RequestStep {
  const few = isPatient(cluster) || checked ? 2 : 12;
  const count = random.chance(0.1) && few > 2 ? 20 + random.below(30) : 1 + random.below(few);
  const path = `/${cluster.name}/`;
  const { stickysession } = cluster.parameters;
  if (stickysession === undefined || random.chance(0.4)) return { count, path };
  const [cookie = "", parameter = cookie] = stickysession.split("|");
  const value = generateSession(random, cluster);
  const more = random.pick(["", "x", "a/b"]);
  switch (random.below(6)) {
    case 0:
      return { count, path: `${path}${more};${parameter}=${value}` };
    case 1:
      return { count, path: `${path}${more}?${parameter}=${value}` };
    case 2:
      return { count, path: `${path}${more}?y=1&${random.pick(["", "my"])}${parameter}=${value}&z=2` };
    case 3:
      return { count, path: `${path};${parameter}=${value};v=1?${parameter}=`, cookies: { [cookie]: value } };
    default:
      return { count, path: `${path}${more}`, cookies: { other: "1", [cookie]: value } };
  }
}

/** Mostly a session of a member, sometimes one that only looks like it. */
function generateSession(random: Random, cluster: Cluster): string {
  const { stickysessionsep = "." } = cluster.parameters;
  const separator = stickysessionsep === "Off" ? "" : stickysessionsep;
  const route = `r${random.below(cluster.members.length)}`;
  const id = stickysessionsep === "Off" ? "" : "abc";
  return random.pick([
    `${id}${separator}${route}`,
    `${id}${separator}${route}`,
    `${id}${separator}${route}`,
    `${id}${separator}${route}`,
    `${id}.${route}`,
    `${id}${separator}gone`,
    `abc`,
    `a.b.${route}`,
    `.${route}`,
    `abc.`,
    `"${id}${separator}${route}"`,
    `${id}%2E${route}`,
    `x=${id}${separator}${route}`,
  ]);
}
