import { effectiveBalancer } from "../../topology/effective.js";
import { initialStatus } from "../../topology/roles.js";
import { shortName } from "../../topology/short-name.js";
import type { Cluster, Topology } from "../../topology/topology.js";
import { operationOnMembers } from "./member-operations.js";
import type { Operation } from "./operation.js";
import { refusesSessions } from "./wanted.js";

/** What an operator should know before the first step. */
export function notesOf(topology: Topology, cluster: Cluster, operation: Operation): readonly string[] {
  return [
    persistence(topology),
    ...weightNotes(operation),
    ...outNotes(cluster, operation),
    ...(operationOnMembers(operation.kind)?.notes ?? OTHER_NOTES[operation.kind] ?? []),
    ...scopeNotes(topology, cluster, operation),
  ];
}

function persistence(topology: Topology): string {
  if (topology.servers.some(({ settings }) => settings.balancerpersist === true)) {
    return (
      "BalancerPersist is On: changes in balancer-manager outlast restarts and reloads, and values in the file that " +
      "were edited meanwhile are ignored until the persisted ones are removed."
    );
  }
  return "Changes in balancer-manager last until httpd is restarted or reloaded (unless BalancerPersist is On).";
}

function weightNotes({ kind }: Operation): readonly string[] {
  if (kind !== "shift-weights" && kind !== "add") return [];
  return [
    "Each change of a load factor sets the counters of all members to their load factors: the cycle starts anew.",
  ];
}

function outNotes(cluster: Cluster, { kind }: Operation): readonly string[] {
  if (operationOnMembers(kind)?.takesOut !== true) return [];
  const flagged = cluster.members.filter((member) => initialStatus(member).size > 0).map(({ name }) => shortName(name));
  const sticky = effectiveBalancer(cluster).sticky !== undefined;
  const groups = new Set(cluster.members.map(({ replicationGroup }) => replicationGroup));
  const copied = groups.size === 1 && !groups.has(undefined);
  return [
    "While a member is drained or disabled, httpd does not recover members in error by force (forcerecovery).",
    ...(sticky ? [sessionNote(copied)] : []),
    ...(refusesSessions(cluster)
      ? ["nofailover is Off meanwhile, as httpd would refuse the sessions of a disabled member with 503."]
      : []),
    ...(flagged.length > 0 ? [`Members with a status of their own keep it: ${flagged.join(", ")}.`] : []),
  ];
}

function sessionNote(copied: boolean): string {
  const moved = "Sessions that have not ended when a member is disabled move to another member";
  return copied
    ? `${moved}, which has a copy of them.`
    : `${moved} and lose what they held, unless the members share sessions; a longer DRAIN_LIMIT lets more of them end.`;
}

const OTHER_NOTES: Readonly<Partial<Record<Operation["kind"], readonly string[]>>> = {
  add: [
    "httpd cannot take out a member while it runs: undoing leaves it disabled until httpd starts anew.",
    "maxattempts stays as computed from the members of the file.",
  ],
  reload: [
    "Lost in a reload: every live change, the counters (lbstatus, Elected) and connections kept alive. " +
      "Changes are made again within moments; until then httpd serves as described.",
    "Members added in balancer-manager are gone after a reload.",
  ],
};

/** The balancer of a virtual host is a copy with settings of its own; its members are shared (measured). */
function scopeNotes(topology: Topology, cluster: Cluster, operation: Operation): readonly string[] {
  const changesBalancer = operation.kind === "set-balancer" || refusesSessions(cluster);
  if (!changesBalancer || topology.servers.every(({ virtualHosts }) => virtualHosts.length === 0)) return [];
  return [
    "Each virtual host has its own copy of the balancer's settings: run with the MANAGER of every virtual host that passes requests to it.",
  ];
}
