import { effectiveBalancer, effectiveMember } from "../../topology/effective.js";
import { initialStatus } from "../../topology/roles.js";
import { shortName } from "../../topology/short-name.js";
import type { Cluster, Member, Topology } from "../../topology/topology.js";
import type { SetStep } from "../../scenario/steps.js";
import type { StatusLetter } from "../../vocabulary/status.js";
import type { OtherStep, WantedSet, WantedStep } from "./step.js";

/** Letters that keep a member from requests without a session, in the order in which they are cleared. */
export const OUT_OF_SERVICE = ["D", "S", "N"] as const satisfies readonly StatusLetter[];

/** A live change of a member. */
export function wantedMember(cluster: Cluster, { name }: Member, change: SetStep, text: string): WantedSet {
  return { kind: "set", text, set: { balancer: cluster.name, member: name, ...change } };
}

/** A live change of the balancer. */
export function wantedBalancer(cluster: Cluster, change: SetStep, text: string): WantedSet {
  return { kind: "set", text, set: { balancer: cluster.name, ...change } };
}

/** Clears a letter that an earlier step set; nothing for a member that has it of its own. */
export function clearedAgain(
  cluster: Cluster,
  member: Member,
  letter: StatusLetter,
  text: string,
): readonly WantedStep[] {
  if (initialStatus(member).has(letter)) return [];
  return [{ ...wantedMember(cluster, member, { status: `-${letter}` }, text), restores: true }];
}

/** With `nofailover`, sessions of a member that is out are refused: it is Off as long as one is out. */
export function failoverAllowed(cluster: Cluster): readonly WantedStep[] {
  if (!refusesSessions(cluster)) return [];
  const text = "nofailover off: sessions of a member that is taken out move to another instead of being refused";
  return [wantedBalancer(cluster, { nofailover: false }, text)];
}

/** `nofailover` as it was. */
export function failoverAsBefore(cluster: Cluster): readonly WantedSet[] {
  if (!refusesSessions(cluster)) return [];
  return [{ ...wantedBalancer(cluster, { nofailover: true }, "nofailover on again"), restores: true }];
}

/** True when httpd refuses sessions whose member is out. */
export function refusesSessions(cluster: Cluster): boolean {
  const { nofailover, sticky } = effectiveBalancer(cluster);
  return nofailover && sticky !== undefined;
}

/**
 * Takes members out: they are drained, so that sessions end; then disabled, so that no session tries a stopped server;
 * then waited for until the last answer has been given.
 */
export function takeOut(cluster: Cluster, members: readonly Member[]): readonly WantedStep[] {
  const sticky = effectiveBalancer(cluster).sticky !== undefined;
  const served = members.filter((member) => !initialStatus(member).has("D"));
  return [
    ...served.map((member) => drained(cluster, member, sticky)),
    ...(sticky ? served.map(sessionsEnded) : []),
    ...served.map((member) => disabled(cluster, member)),
    ...members.map(idle),
  ];
}

/** Disables members at once; what is under way is finished. */
export function takeOutAtOnce(cluster: Cluster, members: readonly Member[]): readonly WantedStep[] {
  return [...members.map((member) => disabled(cluster, member)), ...members.map(idle)];
}

/** Waits until a member works, and until httpd knows it does; without any traffic to it. */
export function works(topology: Topology, member: Member): readonly OtherStep[] {
  const { name } = member;
  const { healthCheck } = effectiveMember(member, topology.healthCheckTemplates);
  const answers: OtherStep = {
    kind: "await-answer",
    text: `wait until ${shortName(name)} answers a request sent to it directly`,
    member: name,
  };
  if (healthCheck === undefined) return [answers];
  return [answers, passes(topology, member)];
}

/** Waits until health checks pass, longer than one takes to come round. */
function passes(topology: Topology, member: Member): OtherStep {
  const { name } = member;
  const text = `wait until the health checks of ${shortName(name)} pass`;
  return { kind: "await-ok", text, member: name, without: "CE", steady: steadyFor(topology, member) };
}

/** Puts back what taking out changed, and waits until the member is really in service. */
export function bringBack(cluster: Cluster, topology: Topology, member: Member): readonly WantedStep[] {
  const { name } = member;
  return [
    ...works(topology, member),
    ...clearedAgain(cluster, member, "D", `enable ${shortName(name)}: its own sessions reach it again`),
    ...clearedAgain(cluster, member, "N", `end the draining of ${shortName(name)}: it takes its share again`),
    ok(topology, member),
  ];
}

/** Waits until a member has no flag that the description does not give it and no fault. */
export function ok(topology: Topology, member: Member): OtherStep {
  const held = initialStatus(member);
  const without = `CEU${OUT_OF_SERVICE.filter((letter) => !held.has(letter)).join("")}`;
  const steady = steadyFor(topology, member);
  const text = `wait until balancer-manager shows ${shortName(member.name)} without an error`;
  return { kind: "await-ok", text, member: member.name, without, steady };
}

/** The server behind a member, stopped. */
export function stop({ name }: Member): OtherStep {
  return {
    kind: "backend",
    text: `stop the server behind ${shortName(name)}`,
    action: "stop",
    member: name,
    inverse: "start",
  };
}

/** The server behind a member, started. */
export function start({ name }: Member): OtherStep {
  return {
    kind: "backend",
    text: `start the server behind ${shortName(name)}`,
    action: "start",
    member: name,
    inverse: "stop",
  };
}

function drained(cluster: Cluster, member: Member, sticky: boolean): WantedStep {
  const sessions = sticky ? "; it still serves its own sessions" : "";
  return wantedMember(cluster, member, { status: "+N" }, `drain ${shortName(member.name)}: no new requests${sessions}`);
}

function disabled(cluster: Cluster, member: Member): WantedStep {
  const text = `disable ${shortName(member.name)}: nobody tries it, not even its own sessions`;
  return wantedMember(cluster, member, { status: "+D" }, text);
}

function sessionsEnded({ name }: Member): OtherStep {
  const text = `wait until ${shortName(name)} is elected no more: its sessions have ended`;
  return { kind: "await-sessions", text, member: name };
}

function idle({ name }: Member): OtherStep {
  return { kind: "await-idle", text: `wait until ${shortName(name)} has no request under way`, member: name };
}

function steadyFor(topology: Topology, member: Member): number {
  const { healthCheck } = effectiveMember(member, topology.healthCheckTemplates);
  return healthCheck === undefined ? 0 : Math.ceil(Number(healthCheck.interval) / 1_000_000) + 1;
}
