import type { Access } from "../../../topology/topology.js";
import { addressRange } from "./addresses.js";
import { compatRequirement, isCompat } from "./compat.js";
import { allOf, anyOf, GRANTED, notOf, requirementLines } from "./requirement.js";
import type { AccessRequirement } from "./requirement.js";
import type { Statement } from "../../run/statement.js";

/** Who may use a section, with the statements that say so. */
export interface SaidAccess {
  readonly access: Access;
  readonly statements: readonly Statement[];
}

const SECTIONS = ["requireany", "requireall", "requirenone"];

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
  const requirement = first === undefined ? undefined : requirementOf(statements);
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
  const requirement = requirementOf(statements.filter(isAccessControl));
  return requirement === undefined ? undefined : requirementLines(requirement);
}

/** True when a section has access control in the words of httpd 2.2. */
export function hasCompatAccess(children: readonly Statement[]): boolean {
  return children.some((child) => child.children === undefined && isCompat(child));
}

/**
 * Both kinds have to be satisfied, or one of them with `Satisfy Any`; a section without `Require` is open to everybody
 * as far as `Require` goes (measured on httpd 2.4.71).
 */
function requirementOf(statements: readonly Statement[]): AccessRequirement | undefined {
  const compat = statements.filter((statement) => statement.children === undefined && isCompat(statement));
  const modern = statements.filter((statement) => !compat.includes(statement));
  const said = modern.map(modernRequirement);
  const required = modern.length === 0 ? GRANTED : anyOf(said.filter((part) => part !== undefined));
  const allowed = compatRequirement(compat);
  if (allowed === undefined || said.some((part) => part === undefined)) return undefined;
  return allowed.satisfyAny ? anyOf([allowed.requirement, required]) : allOf([allowed.requirement, required]);
}

/** A `Require` line, or a section of them. */
function modernRequirement({ name, words, children }: Statement): AccessRequirement | undefined {
  if (children === undefined) return requireLine(words.map(({ text }) => text));
  const parts = children.map(modernRequirement);
  if (parts.some((part) => part === undefined)) return undefined;
  const said = parts.filter((part) => part !== undefined);
  switch (name.toLowerCase()) {
    case "requireall":
      return allOf(said);
    case "requireany":
      return anyOf(said);
    case "requirenone":
      return allOf(said.map(notOf));
    default:
      return undefined;
  }
}

function requireLine(words: readonly string[]): AccessRequirement | undefined {
  const [first = "", ...rest] = words;
  if (first.toLowerCase() === "not") {
    const positive = requireLine(rest);
    return positive === undefined ? undefined : notOf(positive);
  }
  const provider = first.toLowerCase();
  if (provider === "all") return rest[0]?.toLowerCase() === "granted" ? GRANTED : notOf(GRANTED);
  const known = ["ip", "host", "local", "env", "forward-dns"].includes(provider);
  return known ? { kind: "one", provider, words: rest } : undefined;
}

function accessOfRequirement(requirement: AccessRequirement, reason: string): Access | undefined {
  if (requirement.kind === "granted") return { kind: "all", reason };
  if (requirement.kind === "denied") return { kind: "denied" };
  if (requirement.kind !== "one") return undefined;
  if (requirement.provider === "local") return { kind: "local" };
  if (requirement.provider !== "ip") return undefined;
  return { kind: "addresses", addresses: requirement.words.map(addressRange) };
}
