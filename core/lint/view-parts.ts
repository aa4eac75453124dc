import type { EffectiveBalancer, EffectiveMember } from "../topology/effective.js";
import type { Cluster, Member } from "../topology/topology.js";
import type { Pointer } from "../vocabulary/problem.js";
import type { Role } from "../vocabulary/status.js";
import type { MemberBackend } from "../httpd/backend.js";

/** A member with all that rules ask about it. */
export interface MemberView {
  /** Pointer to the member. */
  readonly at: Pointer;
  /** `member 'node1' of balancer 'mycluster'`. */
  readonly label: string;
  readonly member: Member;
  readonly effective: EffectiveMember;
  readonly role: Role;
  /** Scheme, host, port and path of the URL; undefined while they are known only when Terraform applies. */
  readonly backend: MemberBackend | undefined;
}

/** A cluster with its members and the mounts that lead to it. */
export interface ClusterView {
  readonly at: Pointer;
  /** `balancer 'mycluster'`. */
  readonly label: string;
  readonly cluster: Cluster;
  /** True when an httpd.conf only names it in a mount: httpd makes an empty balancer of that. */
  readonly implied: boolean;
  readonly balancer: EffectiveBalancer;
  readonly members: readonly MemberView[];
  /** Members that serve without a failure before: role active. */
  readonly actives: readonly MemberView[];
  readonly standbys: readonly MemberView[];
  readonly spares: readonly MemberView[];
  /** Members that take part: everything but disabled, stopped and drained ones. */
  readonly inService: readonly MemberView[];
}

/** The pointer of a parameter of a member or cluster. */
export function parameterOf({ at }: { readonly at: Pointer }, name: string): Pointer {
  return `${at}/parameters/${name}`;
}
