import { initialStatus } from "../../topology/roles.js";
import type { Cluster, Member, Topology } from "../../topology/topology.js";
import { pointerStep, ProblemError } from "../../vocabulary/problem.js";
import { readStatus } from "../../vocabulary/status.js";
import { alwaysServed } from "../always-served.js";
import { withCluster } from "../edits.js";
import { searchLayout } from "../search/layout.js";
import { longRunShares } from "../serving.js";
import type { ProvenStep, RunbookStep } from "./step.js";

/** Follows the steps of a runbook and proves after each that every request is served. */
export function proved(topology: Topology, cluster: Cluster, steps: readonly RunbookStep[]): readonly ProvenStep[] {
  const index = topology.clusters.indexOf(cluster);
  let now = cluster;
  const downs = new Set<string>();
  return steps.map((step): ProvenStep => {
    now = after(now, step);
    if (step.kind === "backend") downs[step.action === "stop" ? "add" : "delete"](step.member);
    const changed = withCluster(topology, index, now);
    const layout = searchLayout(changed, now);
    const down = new Set(now.members.flatMap(({ name }, m) => (downs.has(name) ? [m] : [])));
    const shares = longRunShares(layout, down);
    const tried = layout.members.some(({ condition }, m) => down.has(m) && condition === 0);
    if (shares.length === 0 || tried || alwaysServed(changed, now, { failures: 0 }).kind !== "holds") {
      refuse(cluster, index, step, shares.length === 0);
    }
    return {
      step,
      serving: shares.map(({ member, numerator, denominator }) => ({
        member: now.members[member]?.name ?? "",
        share: numerator / denominator,
      })),
      survivesOneMore:
        alwaysServed(changed, now, { failures: 1 }, { quick: now.members.length > 8 }).kind === "holds" &&
        shares.length > 1,
    };
  });
}

function after(cluster: Cluster, step: RunbookStep): Cluster {
  if (step.kind !== "set") return cluster;
  const { set } = step;
  const members = cluster.members.map((member): Member => {
    if (member.name !== set.member) return member;
    const { loadfactor } = set;
    const status = set.status === undefined ? {} : { status: statusAfter(member, set.status) };
    return {
      ...member,
      parameters: { ...member.parameters, ...status, ...(loadfactor !== undefined && { loadfactor }) },
    };
  });
  return { ...cluster, members };
}

function statusAfter(member: Member, change: string): string {
  const letters = new Set(initialStatus(member));
  const { set, clear } = readStatus(change) ?? { set: [], clear: [] };
  for (const letter of set) letters.add(letter);
  for (const letter of clear) letters.delete(letter);
  return letters.size === 0 ? "" : `+${[...letters].join("")}`;
}

function refuse(cluster: Cluster, index: number, step: RunbookStep, nobody: boolean): never {
  throw new ProblemError([
    {
      at: `/clusters${pointerStep(index)}`,
      subject: `step "${step.text}" of cluster '${cluster.name}'`,
      found: nobody ? "nobody left to serve requests" : "requests that httpd would refuse",
      allowed: "steps after which every request is served",
      fix: "add a member or a standby first",
    },
  ]);
}
