import type { SourcePlace } from "../vocabulary/place.js";
import type { Acknowledgement, Topology } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Suppression } from "./suppress.js";

/** The acknowledgements of a topology: of a cluster for all that is in it, of a server for all that is in it. */
export function acknowledgedIn(
  { clusters, servers }: Topology,
  locate: (at: Pointer) => SourcePlace | undefined,
): readonly Suppression[] {
  const of = (at: Pointer, given: readonly Acknowledgement[] | undefined): readonly Suppression[] =>
    (given ?? []).map(({ id, reason }, index) => ({
      id,
      reason: reason.trim(),
      place: locate(`${at}/acknowledged/${index}`),
      covers: { kind: "part", at },
    }));
  return [
    ...clusters.flatMap(({ acknowledged }, index) => of(`/clusters/${index}`, acknowledged)),
    ...servers.flatMap(({ acknowledged }, index) => of(`/servers/${index}`, acknowledged)),
  ];
}
