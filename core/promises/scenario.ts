import { urlText, membersMeant } from "../scenario/nodes.js";
import type { Scenario, Step } from "../scenario/scenario.js";
import type { RequestStep } from "../scenario/steps.js";
import { effectiveBalancer } from "../topology/effective.js";
import { approachTo } from "../model/approach.js";
import type { Entrance } from "../model/detour.js";
import type { Cluster, Topology } from "../topology/topology.js";
import { millis } from "../vocabulary/duration.js";
import type { SearchEvent } from "./search/machine.js";

/** Events as a scenario: requests in a row become one step; everything else is a step each, so that steps count. */
export function toScenario(topology: Topology, cluster: Cluster, events: readonly SearchEvent[]): Scenario {
  const entrance = approachTo(topology, cluster).entrance ?? {};
  const steps: Step[] = [];
  let last: string | undefined;
  for (const event of events) {
    if (event.kind !== "request") {
      last = undefined;
      steps.push(toStep(topology, cluster, event));
      continue;
    }
    const key = event.route ?? "";
    const before = steps.at(-1);
    if (key === last && before !== undefined && "request" in before) {
      steps[steps.length - 1] = { request: { ...before.request, count: (before.request.count ?? 1) + 1 } };
    } else {
      const every = event.every === undefined ? {} : { every: millis(event.every) };
      steps.push({ request: { count: 1, ...entrance, ...sessionOf(cluster, event.route, entrance), ...every } });
    }
    last = key;
  }
  return { steps };
}

/** The word a scenario uses for a member: its name, or its URL where the name is not clear. */
export function wordOf(topology: Topology, cluster: Cluster, index: number): string {
  const member = cluster.members[index];
  if (member === undefined) throw new RangeError(`cluster ${cluster.name} has no member ${index}`);
  return membersMeant(topology, member.name).length === 1 ? member.name : urlText(member.url);
}

function toStep(topology: Topology, cluster: Cluster, event: Exclude<SearchEvent, { kind: "request" }>): Step {
  switch (event.kind) {
    case "stop":
      return { stop: [wordOf(topology, cluster, event.member)] };
    case "start":
      return { start: [wordOf(topology, cluster, event.member)] };
    case "wait":
      return { wait: millis(event.milliseconds) };
    case "restart":
      return { reload: "restart" };
    case "set": {
      const letter = event.action === "drain" ? "N" : "D";
      const member = wordOf(topology, cluster, event.member);
      return { set: { balancer: cluster.name, member, status: `${event.on ? "+" : "-"}${letter}` } };
    }
  }
}

/** A session of a route: a cookie, or the URL where the value is nothing a cookie can carry. */
function sessionOf(cluster: Cluster, route: string | undefined, { path = "/" }: Entrance): Partial<RequestStep> {
  const { sticky, separator } = effectiveBalancer(cluster);
  if (route === undefined || sticky === undefined) return {};
  const value = separator === "Off" ? route : `session${separator}${route}`;
  if (/^[^\s;,"]+$/.test(value)) return { cookies: { [sticky.cookie]: value } };
  return { path: `${path};${sticky.parameter}=${encodeURIComponent(value)}` };
}
