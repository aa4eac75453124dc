import { ANSWERS, checkedWhole, initialState, LIKELIEST, passTime, REFUSES, setMember } from "../model/engine.js";
import type { Backend, BalancerState, ModelBalancer } from "../model/engine.js";
import type { Cluster } from "../topology/topology.js";
import { longRunShares, members } from "./serving.js";
import type { OperatorAction } from "./search/classes.js";
import type { SearchLayout } from "./search/layout.js";
import type { SearchEvent } from "./search/machine.js";

/** Members that are down together, and why. */
export interface Outage {
  readonly downs: readonly number[];
  /** The failure zone that is lost, when it is one. */
  readonly zone?: string;
  /** What an operator did to them, where they did not fail. */
  readonly by?: Exclude<OperatorAction, "restart">;
}

/**
 * A balancer at the beginning of an outage, when health checks have seen it: what httpd remembers, and what stands behind
 * its members.
 */
export function duringOutage(balancer: ModelBalancer, { downs, by }: Outage): Beginning {
  const state = initialState(balancer);
  if (by !== undefined) for (const m of downs) setMember(state, m, { status: by === "drain" ? "+N" : "+D" });
  const backends = balancer.members.map((_, m) => (by === undefined && downs.includes(m) ? REFUSES : ANSWERS));
  passTime(state, checkedWhole(balancer), backends, LIKELIEST);
  return { state, backends };
}

/** Where an outage begins in the model. */
export interface Beginning {
  readonly state: BalancerState;
  readonly backends: readonly Backend[];
}

/** What has to happen for an outage to be there, and to be seen by health checks. */
export function outageEvents(balancer: ModelBalancer, { downs, by }: Outage): readonly SearchEvent[] {
  const changes = downs.map((member): SearchEvent =>
    by === undefined ? { kind: "stop", member } : { kind: "set", member, action: by, on: true },
  );
  const milliseconds = Math.ceil(checkedWhole(balancer) / 1_000);
  return milliseconds === 0 ? changes : [...changes, { kind: "wait", milliseconds }];
}

/**
 * Every outage up to so many members and every lost zone, smallest first. Members that nothing tells apart stand for
 * each other: of each kind the first ones fail.
 *
 * @param kindOf - text that is equal for members that nothing tells apart
 */
export function* outagesOf(
  cluster: Cluster,
  layout: SearchLayout,
  failures: number,
  kindOf: (member: number) => string,
): Generator<Outage> {
  const kinds = new Map<string, number[]>();
  for (const member of members(layout)) {
    const kind = kinds.get(kindOf(member));
    if (kind === undefined) kinds.set(kindOf(member), [member]);
    else kind.push(member);
  }
  const zones = zoneOutages(cluster, layout);
  for (let size = 0; size <= members(layout).length; size++) {
    if (size <= failures) yield* choices([...kinds.values()], size);
    yield* zones.filter(({ downs }) => downs.length === size);
  }
}

/** Every way to take a number of members, of each kind the first ones. */
function* choices(kinds: readonly (readonly number[])[], size: number): Generator<Outage> {
  const [kind, ...others] = kinds;
  if (kind === undefined) {
    if (size === 0) yield { downs: [] };
    return;
  }
  const room = others.reduce((sum, other) => sum + other.length, 0);
  for (let count = Math.max(0, size - room); count <= Math.min(kind.length, size); count++) {
    for (const { downs } of choices(others, size - count)) yield { downs: [...kind.slice(0, count), ...downs] };
  }
}

/** Outages aimed at one member: whoever else serves most fails next, as often as may be. */
export function* outagesAgainst(layout: SearchLayout, failures: number, member: number): Generator<Outage> {
  const downs: number[] = [];
  while (downs.length < failures) {
    const others = longRunShares(layout, new Set(downs)).filter((share) => share.member !== member);
    const [largest] = others.sort((a, b) => b.numerator - a.numerator);
    if (largest === undefined) return;
    downs.push(largest.member);
    yield { downs: [...downs] };
  }
}

function zoneOutages(cluster: Cluster, layout: SearchLayout): readonly Outage[] {
  const zones = new Set(cluster.members.flatMap(({ zone }) => (zone === undefined ? [] : [zone])));
  return [...zones].map((zone) => ({
    zone,
    downs: members(layout).filter((member) => cluster.members[member]?.zone === zone),
  }));
}

/** Why shares cannot be told where {@link isRacing}. */
export const RACING = "with retry=0 a member that is down is tried by every request, which moves the shares";

/** True when somebody who is down is tried again at once: whose turn it is then depends on races inside httpd. */
export function isRacing(layout: SearchLayout, { downs, by }: Outage): boolean {
  return by === undefined && downs.some((m) => layout.members[m]?.retry === 0 && !layout.members[m].ignoresErrors);
}
