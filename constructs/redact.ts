import { createHash } from "node:crypto";
import type { Mount, ServerScope, Topology } from "../core/topology/topology.js";
import { BALANCER_PARAMETERS } from "../core/vocabulary/balancer.js";
import type { ParameterTable } from "../core/vocabulary/parameter.js";
import { WORKER_PARAMETERS } from "../core/vocabulary/worker.js";

/**
 * The description with every secret replaced by a fingerprint: plans and reports show that a secret changed, and never
 * what it is.
 */
export function redact(topology: Topology): Topology {
  const clusters = topology.clusters.map((cluster) => ({
    ...cluster,
    parameters: redactTable(BALANCER_PARAMETERS, cluster.parameters),
    members: cluster.members.map((member) => ({
      ...member,
      parameters: redactTable(WORKER_PARAMETERS, member.parameters),
    })),
  }));
  const servers = topology.servers.map((server) => ({
    ...redactScope(server),
    virtualHosts: server.virtualHosts.map(redactScope),
  }));
  return { ...topology, clusters, servers };
}

function redactScope<S extends ServerScope>(scope: S): S {
  return { ...scope, mounts: scope.mounts.map(redactMount) };
}

function redactMount(mount: Mount): Mount {
  const { to } = mount;
  if (to.kind !== "url") return mount;
  return { ...mount, to: { ...to, parameters: redactTable(WORKER_PARAMETERS, to.parameters) } };
}

function redactTable<P extends object>(table: ParameterTable, parameters: P): P {
  const entries = Object.entries(parameters).map(([name, value]: [string, unknown]) =>
    table[name]?.secret === true ? [name, fingerprint(String(value))] : [name, value],
  );
  return Object.fromEntries(entries) as P;
}

/** Too short to find a long secret from, long enough to tell two apart. */
function fingerprint(secret: string): string {
  return `secret-${createHash("sha256").update(secret).digest("hex").slice(0, 6)}`;
}
