import type { Access } from "../topology/topology.js";
import type { Statement } from "./read/statement.js";

/** Who may use a section, with the statements that say so. */
export interface SaidAccess {
  readonly access: Access;
  readonly statements: readonly Statement[];
}

const NAMES = ["require", "order", "allow", "deny", "satisfy"];

/** True for directives of access control, those of httpd 2.2 included. */
export function isAccessControl({ name, children }: Statement): boolean {
  return children === undefined && NAMES.includes(name.toLowerCase());
}

/** Access control of a section, where the topology has a word for it; undefined where it has none, or none is said. */
export function accessOf(children: readonly Statement[]): SaidAccess | undefined {
  const statements = children.filter(isAccessControl);
  const [only, ...others] = statements;
  if (only === undefined || others.length > 0) return undefined;
  const access = requirement(only);
  return access === undefined ? undefined : { access, statements };
}

function requirement({ name, words, place }: Statement): Access | undefined {
  if (name.toLowerCase() !== "require") return undefined;
  const [provider = "", ...rest] = words.map(({ text }) => text);
  const said = [provider, ...rest].join(" ").toLowerCase();
  if (said === "local") return { kind: "local" };
  if (said === "all denied") return { kind: "denied" };
  if (said === "all granted") return { kind: "all", reason: `open in ${place.file}:${place.line}` };
  if (provider.toLowerCase() === "ip" && rest.length > 0) return { kind: "addresses", addresses: rest };
  return undefined;
}
