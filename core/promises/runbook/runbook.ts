import { WORKER_PARAMETERS } from "../../vocabulary/worker.js";
import { checkParameter } from "../../vocabulary/codec.js";
import { pointerStep, ProblemError } from "../../vocabulary/problem.js";
import type { Pointer, Problem } from "../../vocabulary/problem.js";
import { suggestion } from "../../vocabulary/suggest.js";
import { effectiveBalancer } from "../../topology/effective.js";
import { initialStatus } from "../../topology/roles.js";
import type { Cluster, Member, Topology } from "../../topology/topology.js";
import { proved } from "./proof.js";
import type { Operation, Runbook, RunbookStep } from "./step.js";

/**
 * The ordered steps of an operation on one cluster, each proved to keep every request served.
 *
 * Throws a ProblemError for members that are not there, weights httpd would not take, and operations that would leave
 * nobody to serve.
 */
export function runbook(topology: Topology, cluster: Cluster, operation: Operation): Runbook {
  const steps = stepsOf(topology, cluster, operation);
  return {
    operation: operation.kind,
    cluster: cluster.name,
    steps: proved(topology, cluster, steps),
    notes: notesOf(cluster, operation),
  };
}

function stepsOf(topology: Topology, cluster: Cluster, operation: Operation): readonly RunbookStep[] {
  const base: Pointer = `/clusters${pointerStep(topology.clusters.indexOf(cluster))}`;
  switch (operation.kind) {
    case "drain":
      return [
        ...takeOut(cluster, memberOf(cluster, operation.member, base)),
        lookAt(cluster, `${operation.member} may be stopped now`),
      ];
    case "rolling-restart":
      return operation.members
        .map((name) => memberOf(cluster, name, base))
        .flatMap((member) => [...takeOut(cluster, member), ...restart(cluster, member), ...bringBack(cluster, member)]);
    case "shift-weights":
      return Object.entries(operation.weights).map(([name, weight]) =>
        weigh(cluster, memberOf(cluster, name, base), weight, base),
      );
  }
}

function memberOf(cluster: Cluster, name: string, base: Pointer): Member {
  const member = cluster.members.find((candidate) => candidate.name === name);
  if (member !== undefined) return member;
  const known = cluster.members.map((candidate) => candidate.name);
  throw new ProblemError([
    {
      at: `${base}/members`,
      subject: `member of cluster '${cluster.name}'`,
      found: `'${name}'`,
      allowed: known.slice(0, 12).join(", "),
      fix: suggestion(name, known),
    },
  ]);
}

/** Draining lets sessions end; disabling then keeps sessions that did not end from trying a stopped backend. */
function takeOut(cluster: Cluster, member: Member): readonly RunbookStep[] {
  const sticky = effectiveBalancer(cluster).sticky !== undefined;
  const sessions = sticky ? "; it still serves its own sessions" : "";
  return [
    flag(cluster, member, "N", `drain ${member.name}: no new requests${sessions}`),
    {
      kind: "await-idle",
      text: `wait until ${member.name} has no request under way${sticky ? " and its sessions may go" : ""}`,
      member: member.name,
    },
    flag(cluster, member, "D", `disable ${member.name}: nobody tries it, not even its own sessions`),
  ];
}

function restart(cluster: Cluster, member: Member): readonly RunbookStep[] {
  return [
    {
      kind: "backend",
      text: `stop the server behind ${member.name}`,
      action: "stop",
      member: member.name,
      inverse: "start",
    },
    {
      kind: "backend",
      text: `start the server behind ${member.name} and wait until it answers`,
      action: "start",
      member: member.name,
      inverse: "stop",
    },
    lookAt(cluster, `${member.name} answers requests sent to it directly`),
  ];
}

function bringBack(cluster: Cluster, member: Member): readonly RunbookStep[] {
  return [
    unflag(cluster, member, "D", `enable ${member.name}: its own sessions reach it again`),
    unflag(cluster, member, "N", `end the draining of ${member.name}: it takes its share again`),
    lookAt(cluster, `${member.name} is Ok in balancer-manager and its Elected grows`),
  ];
}

function flag(cluster: Cluster, { name }: Member, letter: "N" | "D", text: string): RunbookStep {
  const set = { balancer: cluster.name, member: name, status: `+${letter}` };
  return { kind: "set", text, set, inverse: { ...set, status: `-${letter}` } };
}

function unflag(cluster: Cluster, { name }: Member, letter: "N" | "D", text: string): RunbookStep {
  const set = { balancer: cluster.name, member: name, status: `-${letter}` };
  return { kind: "set", text, set, inverse: { ...set, status: `+${letter}` } };
}

function weigh(cluster: Cluster, member: Member, loadfactor: number, base: Pointer): RunbookStep {
  const complaint = checkParameter(WORKER_PARAMETERS.loadfactor, loadfactor);
  const at: Pointer = `${base}/members${pointerStep(cluster.members.indexOf(member))}/parameters/loadfactor`;
  const problem: Problem | undefined = complaint && {
    at,
    subject: `loadfactor of member '${member.name}'`,
    ...complaint,
  };
  if (problem !== undefined) throw new ProblemError([problem]);
  const before = member.parameters.loadfactor ?? WORKER_PARAMETERS.loadfactor.default;
  const set = { balancer: cluster.name, member: member.name, loadfactor };
  return {
    kind: "set",
    text: `load factor of ${member.name} from ${before} to ${loadfactor}`,
    set,
    inverse: { ...set, loadfactor: before },
  };
}

function lookAt(_: Cluster, text: string): RunbookStep {
  return { kind: "check", text };
}

function notesOf(cluster: Cluster, operation: Operation): readonly string[] {
  const flagged = cluster.members.filter((member) => initialStatus(member).size > 0).map(({ name }) => name);
  return [
    "Changes in balancer-manager last until httpd is restarted or reloaded (unless BalancerPersist is On).",
    ...(operation.kind === "shift-weights"
      ? [
          "Each change of a load factor sets the counters of all members to their load factors, so the cycle starts anew.",
        ]
      : ["While a member is drained or disabled, httpd does not recover members in error by force (forcerecovery)."]),
    ...(operation.kind === "rolling-restart" && flagged.length > 0
      ? [`Members with a status of their own keep it: ${flagged.join(", ")}.`]
      : []),
  ];
}
