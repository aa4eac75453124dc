import type { Statement } from "../../run/statement.js";
import { allOf, anyOf, DENIED, GRANTED, notOf } from "./requirement.js";
import type { AccessRequirement } from "./requirement.js";

/** What `Order`, `Allow` and `Deny` come to, and whether `Require` beside them is an alternative. */
export interface CompatRequirement {
  readonly requirement: AccessRequirement;
  readonly satisfyAny: boolean;
}

/** True for the directives of mod_access_compat. */
export function isCompat({ name }: Statement): boolean {
  return ["order", "allow", "deny", "satisfy"].includes(name.toLowerCase());
}

/**
 * The requirement of access control as in httpd 2.2 (`find_allowdeny`, `check_dir_access`,
 * modules/aaa/mod_access_compat.c): with `deny,allow`, the default, who is allowed or not denied; with `allow,deny` and
 * `mutual-failure`, who is allowed and not denied. The last `Order` counts, wherever it stands.
 *
 * @returns undefined when a word of it cannot be said with `Require`
 */
export function compatRequirement(statements: readonly Statement[]): CompatRequirement | undefined {
  const order = lastWord(statements, "order") ?? "deny,allow";
  const allowed = fromWords(statements, "allow");
  const denied = fromWords(statements, "deny");
  if (allowed === undefined || denied === undefined) return undefined;
  const notDenied = notOf(denied);
  const requirement = order === "deny,allow" ? anyOf([allowed, notDenied]) : allOf([allowed, notDenied]);
  return { requirement, satisfyAny: lastWord(statements, "satisfy") === "any" };
}

function lastWord(statements: readonly Statement[], name: string): string | undefined {
  const last = statements.filter((statement) => statement.name.toLowerCase() === name).at(-1);
  return last?.words[0]?.text.toLowerCase();
}

/** Everything after `from` of all lines of a name, as one requirement. */
function fromWords(statements: readonly Statement[], name: string): AccessRequirement | undefined {
  const lines = statements.filter((statement) => statement.name.toLowerCase() === name);
  const parts = lines.flatMap(({ words }) => words.slice(1).map(({ text }) => oneOf(text)));
  return parts.some((part) => part === undefined) ? undefined : anyOf(parts.filter((part) => part !== undefined));
}

/** A word behind `Allow from` or `Deny from`: an address or the beginning of one, a network, a host, a variable. */
function oneOf(word: string): AccessRequirement | undefined {
  const text = word.toLowerCase();
  if (text === "all") return GRANTED;
  if (text === "none") return DENIED;
  if (text.startsWith("env=!")) return notOf({ kind: "one", provider: "env", words: [word.slice(5)] });
  if (text.startsWith("env=")) return { kind: "one", provider: "env", words: [word.slice(4)] };
  if (/^[0-9.]+(\/[0-9.]+)?$/.test(text)) return { kind: "one", provider: "ip", words: [text.replace(/\.$/, "")] };
  if (/^[0-9a-f.]*:[0-9a-f:.]*(\/[0-9]+)?$/.test(text)) return { kind: "one", provider: "ip", words: [text] };
  return /^[a-z0-9._-]+$/.test(text) ? { kind: "one", provider: "host", words: [text] } : undefined;
}
