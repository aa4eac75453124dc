import { BALANCER_PARAMETERS } from "../vocabulary/balancer.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import type { ParameterTable } from "../vocabulary/parameter.js";
import type { Topology } from "./topology.js";

/** True when a description holds a secret, so that only httpd may read what is written from it. */
export function holdsSecrets({ clusters, servers }: Topology): boolean {
  const scopes = servers.flatMap((server) => [server, ...server.virtualHosts]);
  return (
    clusters.some(
      ({ parameters, members }) =>
        isSecret(BALANCER_PARAMETERS, parameters) ||
        members.some((member) => isSecret(WORKER_PARAMETERS, member.parameters)),
    ) ||
    scopes.some(({ mounts }) =>
      mounts.some(({ to }) => to.kind === "url" && isSecret(WORKER_PARAMETERS, to.parameters)),
    )
  );
}

function isSecret(table: ParameterTable, parameters: object): boolean {
  return Object.keys(parameters).some((name) => table[name]?.secret === true);
}
