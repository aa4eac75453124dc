import { effectiveMember } from "../topology/effective.js";
import type { Difference } from "./difference.js";
import type { LiveWorker } from "./live-state.js";
import { MEMBER_VALUES, otherTexts } from "./live-values.js";
import type { Member, Topology } from "../topology/topology.js";

/** What of a member is another one on the running httpd. */
export function memberDifferences(
  topology: Topology,
  member: Member,
  worker: LiveWorker,
): readonly Omit<Difference, "cluster">[] {
  const declared = effectiveMember(member, topology.healthCheckTemplates);
  return otherTexts(MEMBER_VALUES, [declared, worker], topology.httpd).map((texts) => ({
    member: member.name,
    ...texts,
  }));
}

/** Parameters of a member that nobody can see from outside. */
export function unseenOfMember(cluster: string, { name, parameters }: Member): readonly string[] {
  const hidden = Object.keys(parameters).filter((key) => MEMBER_VALUES.every(({ what }) => what !== key));
  return hidden.length === 0 ? [] : [`member ${name} of balancer ${cluster}: ${hidden.join(", ")}`];
}
