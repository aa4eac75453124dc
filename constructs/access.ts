import type { Access as AccessRule, BackendTls as BackendTlsRule } from "../core/topology/topology.js";

/** Who may use a path or a balancer-manager. */
export type Access = AccessRule;

/** Makes {@link Access} values. */
export const Access = {
  /** Only clients on the same host. */
  local: (): Access => ({ kind: "local" }),
  /** Everybody; the reason is shown in every report. */
  all: (options: { readonly reason: string }): Access => ({ kind: "all", reason: options.reason }),
  /** Addresses and networks: `10.0.0.0/8`, `192.0.2.7`. */
  addresses: (...addresses: readonly string[]): Access => ({ kind: "addresses", addresses }),
  /** Nobody. */
  denied: (): Access => ({ kind: "denied" }),
} as const;

/** How the certificates of backends are verified. */
export type BackendTls = BackendTlsRule;

/** Makes {@link BackendTls} values. */
export const BackendTls = {
  /** Certificates must be valid for the authorities of a file. */
  verified: (options: Omit<BackendTls, "verify"> = {}): BackendTls => ({ verify: { kind: "required" }, ...options }),
  /** Any certificate is taken; the reason is shown in every report. */
  unverified: ({ reason, ...options }: Omit<BackendTls, "verify"> & { readonly reason: string }): BackendTls => ({
    verify: { kind: "off", reason },
    ...options,
  }),
} as const;
