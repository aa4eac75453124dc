import { ROLES, readStatus } from "../vocabulary/status.js";
import type { Role, StatusLetter, StatusText } from "../vocabulary/status.js";
import type { Member } from "./topology.js";

/** The status letters a worker starts with, from its `status` parameter; empty when none are set. */
export function initialStatus({ parameters }: Pick<Member, "parameters">): ReadonlySet<StatusLetter> {
  const { status } = parameters;
  return (status === undefined ? undefined : readStatus(status)?.set) ?? new Set();
}

/**
 * What a member is for. The strongest letter decides when several are set: stopped, disabled, drained, spare (httpd
 * treats `+RH` as a spare), standby.
 */
export function roleOf(member: Member): Role {
  const letters = initialStatus(member);
  const strongest: readonly Role[] = ["stopped", "disabled", "drained", "spare", "standby"];
  return strongest.find((role) => hasLetter(letters, ROLES[role].letter)) ?? "active";
}

/** The `status=` value that gives a member a role; undefined for an active one. */
export function statusOfRole(role: Role): StatusText | undefined {
  const { letter } = ROLES[role];
  return letter === undefined ? undefined : `+${letter}`;
}

/** The role that is the same as a `status=` value; undefined for every other value, and for none. */
export function roleOfStatus(status: string | undefined): Role | undefined {
  if (status === undefined) return undefined;
  return (Object.keys(ROLES) as readonly Role[]).find((role) => statusOfRole(role) === status);
}

function hasLetter(letters: ReadonlySet<StatusLetter>, letter: StatusLetter | undefined): boolean {
  return letter !== undefined && letters.has(letter);
}
