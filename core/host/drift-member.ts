import { effectiveMember } from "../topology/effective.js";
import { managedLetters } from "../vocabulary/status.js";
import { statusLetters } from "./shown-status.js";
import type { Difference } from "./difference.js";
import type { LiveWorker } from "./live-state.js";
import type { Member, Topology } from "../topology/topology.js";

/** Parameters of a member that balancer-manager shows. */
const SHOWN: ReadonlySet<string> = new Set(["loadfactor", "lbset", "route", "redirect", "status"]);

/** What of a member is another one on the running httpd. */
export function memberDifferences(
  topology: Topology,
  member: Member,
  worker: LiveWorker,
): readonly Omit<Difference, "cluster">[] {
  const { status, lbfactor, lbset, route, redirect } = effectiveMember(member, topology.healthCheckTemplates);
  // HcFl is what health checks found, and no operator's word.
  const managed = managedLetters(topology.httpd).filter((letter) => letter !== "C");
  const kept = (letters: typeof status): string =>
    statusLetters(new Set(managed.filter((letter) => letters.has(letter))));
  const pairs = [
    ["status", kept(status), kept(worker.status)],
    ["loadfactor", String(lbfactor / 100), String(worker.lbfactor / 100)],
    ["lbset", String(lbset), String(worker.lbset)],
    ["route", route, worker.route],
    ["redirect", redirect, worker.redirect],
  ] as const;
  return pairs
    .filter(([, declared, live]) => declared !== live)
    .map(([what, declared, live]) => ({ member: member.name, what, declared, live }));
}

/** Parameters of a member that nobody can see from outside. */
export function unseenOfMember(cluster: string, { name, parameters }: Member): readonly string[] {
  const hidden = Object.keys(parameters).filter((key) => !SHOWN.has(key));
  return hidden.length === 0 ? [] : [`member ${name} of balancer ${cluster}: ${hidden.join(", ")}`];
}
