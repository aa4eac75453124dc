import { SCHEMES, isSchemeName } from "../vocabulary/schemes.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { View } from "./view.js";

/** A backend that is reached over TLS. */
export interface TlsBackend {
  readonly at: Pointer;
  /** `URL of member ...`. */
  readonly label: string;
  /** The balancer or mount it belongs to. */
  readonly around: Pointer;
}

/** All backends reached over TLS: members, and targets of mounts. */
export function tlsBackends({ clusters, scopes }: View): readonly TlsBackend[] {
  const members = clusters.flatMap(({ at: around, members: all }) =>
    all
      .filter(({ backend }) => backend !== undefined && isTls(backend.scheme))
      .map(({ at, label }) => ({ at: `${at}/url` as const, label: `URL of ${label}`, around })),
  );
  const mounts = scopes
    .flatMap(({ mounts: all }) => all)
    .filter(({ mount, target }) => mount.to.kind === "url" && isTls(target.split(":", 1)[0] ?? ""))
    .map(({ at, label }) => ({ at: `${at}/to` as const, label: `target of ${label}`, around: at }));
  return [...members, ...mounts];
}

function isTls(scheme: string): boolean {
  const name = scheme.toLowerCase();
  return isSchemeName(name) && SCHEMES[name].tls;
}
