import { shown } from "../vocabulary/shown.js";
import type { Problem } from "../vocabulary/problem.js";
import { checkClientAddress } from "./client-address.js";
import type { Subject } from "./place.js";
import { checkText } from "./text.js";
import type { Access } from "../topology/topology.js";

/** Who may use something: every opening is said on purpose. */
export function checkAccess(access: Access, { at, subject }: Subject): readonly Problem[] {
  const given: unknown = access;
  const kinds = ["local", "denied", "all", "addresses"];
  if (typeof given !== "object" || given === null || !kinds.includes(access.kind)) {
    const allowed = `an object whose kind is ${kinds.join(", ")}`;
    return [{ at, subject, found: shown(given), allowed, fix: 'say who, for example { kind: "local" }' }];
  }
  switch (access.kind) {
    case "local":
    case "denied":
      return [];
    case "all":
      return checkText(access.reason, { at: `${at}/reason`, subject: `reason for ${subject}` });
    case "addresses":
      if (access.addresses.length === 0) {
        return [{ at, subject, found: "no address", allowed: "at least one", fix: "name addresses, or deny access" }];
      }
      return access.addresses.flatMap((address, index) =>
        checkClientAddress(address, { at: `${at}/addresses/${index}`, subject }),
      );
  }
}
