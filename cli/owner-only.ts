import { withoutSecrets } from "../core/report/secrets.js";
import { holdsSecrets } from "../core/topology/secrets.js";
import type { Topology } from "../core/topology/topology.js";

/** True for a text written of a description that only its owner may read: a parameter is secret, or a line that was kept. */
export function isOwnerOnly(topology: Topology, text: string): boolean {
  return holdsSecrets(topology) || withoutSecrets(text) !== text;
}
