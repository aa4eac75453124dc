import { NOTHING_OF_22, with22 } from "../../../route/access-rules.js";
import { linesOf } from "../../../route/line.js";
import { requirementOf } from "../../../route/requirement.js";
import type { Access } from "../../../topology/topology.js";
import { addressRange } from "./addresses.js";
import { forAllClients, forAllClients22 } from "./for-all-clients.js";
import { allOf, anyOf, GRANTED, requirementLines } from "./requirement.js";
import type { AccessRequirement } from "./requirement.js";
import { readFront } from "../front.js";
import type { Statement } from "../../run/statement.js";

/** Who may use a section, with the statements that say so. */
export interface SaidAccess {
  readonly access: Access;
  readonly statements: readonly Statement[];
}

const SECTIONS = ["requireany", "requireall", "requirenone"];

/** The directives of mod_access_compat, in lower case. */
export const COMPAT_DIRECTIVES: readonly string[] = ["order", "allow", "deny", "satisfy"];

/** True for the directives of mod_access_compat. */
export function isCompat({ name }: { readonly name: string }): boolean {
  return COMPAT_DIRECTIVES.includes(name.toLowerCase());
}

/** True for directives and sections of access control, those of httpd 2.2 included. */
export function isAccessControl(statement: Statement): boolean {
  const name = statement.name.toLowerCase();
  if (statement.children !== undefined) return SECTIONS.includes(name);
  return name === "require" || isCompat(statement);
}

/**
 * Access control of a section where the topology has a word for it; undefined where it has none, or none is said.
 */
export function accessOf(children: readonly Statement[]): SaidAccess | undefined {
  const statements = children.filter(isAccessControl);
  const [first] = statements;
  const requirement = first === undefined ? undefined : accessRequirement(statements);
  if (first === undefined || requirement === undefined) return undefined;
  const access = accessOfRequirement(requirement, `open in ${first.place.file}:${first.place.line}`);
  return access === undefined ? undefined : { access, statements };
}

/**
 * Access control of one section in the words of httpd 2.4, with the same meaning to every client: `Order`, `Allow`,
 * `Deny` and `Satisfy` become `Require`.
 *
 * @returns lines to stand in the section, or undefined when something in it cannot be said with `Require`
 */
export function rewriteAccess(statements: readonly Statement[]): readonly string[] | undefined {
  const requirement = accessRequirement(statements.filter(isAccessControl));
  return requirement === undefined ? undefined : requirementLines(requirement);
}

/** True when a section has access control in the words of httpd 2.2. */
export function hasCompatAccess(children: readonly Statement[]): boolean {
  return children.some((child) => child.children === undefined && isCompat(child));
}

/**
 * Both kinds have to be satisfied, or one of them with `Satisfy Any`; a section without `Require` is open to everybody
 * as far as `Require` goes (measured on httpd 2.4.71). The lines are read as the way of a request reads them.
 */
function accessRequirement(statements: readonly Statement[]): AccessRequirement | undefined {
  const lines = linesOf(readFront(statements).front, "");
  const old = lines.filter((line) => line.children === undefined && isCompat(line));
  const said = lines.filter((line) => !old.includes(line)).map((line) => forAllClients(requirementOf(line, undefined)));
  const parts = said.filter((part) => part !== undefined);
  const of22 = old.reduce((before, line) => with22(before, line), NOTHING_OF_22);
  const allowed = forAllClients22(of22);
  if (allowed === undefined || parts.length < said.length) return undefined;
  const required = said.length === 0 ? GRANTED : anyOf(parts);
  return of22.satisfies.at(-1)?.any === true ? anyOf([allowed, required]) : allOf([allowed, required]);
}

function accessOfRequirement(requirement: AccessRequirement, reason: string): Access | undefined {
  if (requirement.kind === "granted") return { kind: "all", reason };
  if (requirement.kind === "denied") return { kind: "denied" };
  if (requirement.kind !== "one") return undefined;
  if (requirement.provider === "local") return { kind: "local" };
  if (requirement.provider !== "ip") return undefined;
  return { kind: "addresses", addresses: requirement.words.map(addressRange) };
}
