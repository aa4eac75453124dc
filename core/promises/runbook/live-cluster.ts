import { effectiveBalancer, effectiveMember } from "../../topology/effective.js";
import { initialStatus } from "../../topology/roles.js";
import type { Cluster, Member } from "../../topology/topology.js";
import type { BalancerParameters } from "../../vocabulary/balancer.js";
import { seconds } from "../../vocabulary/duration.js";
import { readStatus } from "../../vocabulary/status.js";
import type { StatusChange } from "../../vocabulary/status.js";
import type { SetStep } from "../../scenario/steps.js";
import type { RunbookStep, SettledSet, WantedSet, WantedStep } from "./step.js";

/** A cluster as httpd holds it after a step: what balancer-manager changed counts as described. */
export function clusterAfter(cluster: Cluster, step: WantedStep): Cluster {
  if (step.kind === "add") return withAdded(cluster, step.member);
  if (step.kind !== "set") return cluster;
  const { set } = step;
  if (set.member === undefined) return withBalancerSet(cluster, set);
  const { member: name, loadfactor, lbset, route, redirect, status } = set;
  const members = cluster.members.map((member): Member => {
    if (member.name !== name) return member;
    const given = { loadfactor, lbset, route, redirect, status: status && statusText(member, status) };
    return { ...member, parameters: { ...member.parameters, ...present(given) } };
  });
  return { ...cluster, members };
}

/**
 * Gives each change its inverse, computed from the state before it, and leaves out what would change nothing: a member
 * that is drained already is not drained, and so is not undrained afterwards.
 */
export function settled(cluster: Cluster, wanted: readonly WantedStep[]): readonly RunbookStep[] {
  const steps: RunbookStep[] = [];
  let now = cluster;
  for (const step of wanted) {
    const known = step.kind === "set" ? settledSet(now, step) : step;
    if (known === undefined) continue;
    steps.push(known);
    now = clusterAfter(now, known);
  }
  return steps;
}

function settledSet(cluster: Cluster, step: WantedSet): SettledSet | undefined {
  const { balancer, member: name, status, ...settings } = step.set;
  const member = cluster.members.find((candidate) => candidate.name === name);
  const held: SetStep = member === undefined ? balancerNow(cluster) : memberNow(member);
  const changing = (Object.keys(settings) as (keyof typeof settings)[]).filter((key) => settings[key] !== held[key]);
  const letters = member === undefined || status === undefined ? undefined : changingLetters(member, status);
  if (changing.length === 0 && letters === undefined) return undefined;
  const place = { ...(balancer !== undefined && { balancer }), ...(name !== undefined && { member: name }) };
  const of = (from: SetStep): SetStep => Object.fromEntries(changing.map((key) => [key, from[key]]));
  return {
    ...step,
    set: { ...place, ...(letters && { status: letters.forth }), ...of(settings) },
    inverse: { ...place, ...(letters && { status: letters.back }), ...of(held) },
  };
}

/**
 * The letters of a change that a member does not have as wanted, and what takes them back. No description knows of
 * HcFl: a change of it is always made, and never taken back.
 */
function changingLetters(
  member: Member,
  status: string,
): { readonly forth: string; readonly back: string } | undefined {
  const held = initialStatus(member);
  const { set, clear } = readStatus(status) ?? NO_CHANGE;
  const on = [...set].filter((letter) => !held.has(letter)).join("");
  const off = [...clear].filter((letter) => held.has(letter)).join("");
  const fault = clear.has("C") ? "C" : "";
  if (`${on}${off}${fault}` === "") return undefined;
  const signed = (sign: string, letters: string): string => (letters === "" ? "" : `${sign}${letters}`);
  return { forth: signed("+", on) + signed("-", off + fault), back: signed("-", on) + signed("+", off) };
}

const NO_CHANGE: StatusChange = { set: new Set(), clear: new Set() };

function memberNow(member: Member): SetStep {
  const { lbset, route, redirect } = effectiveMember(member);
  return { loadfactor: member.parameters.loadfactor ?? 1, lbset, route, redirect };
}

function balancerNow(cluster: Cluster): SetStep {
  const { lbmethod, maxAttempts, timeout, nofailover } = effectiveBalancer(cluster);
  return {
    lbmethod: lbmethod as NonNullable<SetStep["lbmethod"]>,
    maxattempts: maxAttempts,
    timeout: Number(timeout / 1_000_000n),
    nofailover,
    stickysession: cluster.parameters.stickysession ?? "-",
  };
}

/** `maxattempts` stays what it was computed from before (measured on httpd 2.4.71). */
function withAdded(cluster: Cluster, member: Member): Cluster {
  const { maxAttempts: maxattempts } = effectiveBalancer(cluster);
  return { ...cluster, parameters: { ...cluster.parameters, maxattempts }, members: [...cluster.members, member] };
}

function withBalancerSet(cluster: Cluster, set: SetStep): Cluster {
  const { lbmethod, maxattempts, timeout, nofailover, stickysession } = set;
  const wait = timeout === undefined ? undefined : seconds(timeout);
  const sticky = stickysession === "-" ? "" : stickysession;
  const parameters: BalancerParameters = {
    ...cluster.parameters,
    ...present({ lbmethod, maxattempts, nofailover, stickysession: sticky }),
    ...(wait && { timeout: wait }),
  };
  return { ...cluster, parameters };
}

function statusText(member: Member, change: string): string {
  const letters = new Set(initialStatus(member));
  const { set, clear } = readStatus(change) ?? NO_CHANGE;
  for (const letter of set) letters.add(letter);
  for (const letter of clear) letters.delete(letter);
  return letters.size === 0 ? "" : `+${[...letters].join("")}`;
}

function present<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
