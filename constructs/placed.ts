import type { Cluster, Fronts, Member } from "../core/topology/topology.js";
import { numberOfFronts } from "../core/topology/fronts.js";
import { canonicalJson } from "../core/topology/canonical.js";
import { pointerStep } from "../core/vocabulary/problem.js";
import type { Pointer, Problem } from "../core/vocabulary/problem.js";
import { shown } from "../core/vocabulary/shown.js";
import { present } from "./member-options.js";
import type { MachinePlace, Placement } from "./target.js";

/** A description with what targets know, and where that contradicts what was written. */
export interface Placed<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

/** What is written of members comes first; a zone has to be the one of the machine. */
export function placedCluster(cluster: Cluster, at: Pointer, placements: readonly Placement[]): Placed<Cluster> {
  const placed = cluster.members.map((member, index) =>
    placedMember(member, `${at}/members${pointerStep(index)}`, placements),
  );
  const problems = placed.flatMap((each) => each.problems);
  if (placed.every(({ value }, index) => value === cluster.members[index])) return { value: cluster, problems };
  return { value: { ...cluster, members: placed.map(({ value }) => value) }, problems };
}

function placedMember(member: Member, at: Pointer, placements: readonly Placement[]): Placed<Member> {
  const known = placements.flatMap((placement) => placement.memberPlace?.(member) ?? []);
  const told = <K extends keyof MachinePlace>(word: K) => [...new Set(known.flatMap((place) => place[word] ?? []))];
  const [zones, capacities] = [told("zone"), told("capacity")];
  const owner = `of member ${shown(member.name)}`;
  const twice = { allowed: "one, as the member is one machine", fix: "give each target a server of its own" };
  const problems: Problem[] = [];
  if (zones.length > 1)
    problems.push({ at: `${at}/zone`, subject: `zone ${owner}`, found: zones.map(shown).join(" and "), ...twice });
  else if (member.zone !== undefined && zones.some((zone) => zone !== member.zone))
    problems.push({
      at: `${at}/zone`,
      subject: `zone ${owner}`,
      found: shown(member.zone),
      allowed: zones.map(shown).join(),
      fix: "leave it out, or write the zone that its machine is in",
    });
  if (capacities.length > 1 && member.capacity === undefined)
    problems.push({ at: `${at}/capacity`, subject: `capacity ${owner}`, found: capacities.join(" and "), ...twice });
  const [zone] = zones;
  const [capacity] = capacities;
  if (zone === undefined && capacity === undefined) return { value: member, problems };
  return { value: { ...present<MachinePlace>({ zone, capacity }), ...member }, problems };
}

/** The fronts of a server: those of all its targets together, as long as each of them tells. */
export function placedFronts(
  written: Fronts | undefined,
  server: string,
  placements: readonly (Placement | undefined)[],
): Placed<Fronts | undefined> {
  const told = frontsTogether(placements.map((placement) => placement?.fronts));
  if (told === undefined) return { value: written, problems: [] };
  const count = written === undefined ? undefined : numberOfFronts(written);
  const differ = (found: string, allowed: string): Problem => ({
    at: "/servers/0/fronts",
    subject: `fronts of server ${shown(server)}`,
    found,
    allowed: `${allowed}, as its targets bring them up`,
    fix: "leave count and zones out, or change the targets",
  });
  const problems =
    count !== undefined && count !== numberOfFronts(told)
      ? [differ(String(count), String(numberOfFronts(told)))]
      : written?.zones !== undefined && told.zones !== undefined && !areSame(written.zones, told.zones)
        ? [differ(written.zones.join(", "), told.zones.join(", "))]
        : [];
  const { capacity, zones } = written ?? {};
  const value = told.zones === undefined && zones !== undefined ? { zones } : told;
  return { value: { ...value, ...present<Fronts>({ capacity }) }, problems };
}

/** In whatever order. */
function areSame(zones: readonly string[], others: readonly string[]): boolean {
  return canonicalJson([...zones].sort()) === canonicalJson([...others].sort());
}

/** Zones where all tell them, else the number. */
function frontsTogether(all: readonly Placement["fronts"][]): Placement["fronts"] {
  const told = all.flatMap((fronts) => fronts ?? []);
  if (told.length === 0 || told.length < all.length) return undefined;
  const zones = told.map((fronts) => fronts.zones);
  if (zones.every((each) => each !== undefined)) return { zones: zones.flat() };
  const counts = told.map(numberOfFronts);
  if (!counts.every((count) => count !== undefined)) return undefined;
  return { count: counts.reduce((sum, count) => sum + count, 0) };
}
