import { toUnicode } from "../../../httpd/bytes.js";
import type { AccessOf22, Host22, Requirement } from "../../../route/access-rules.js";
import { allOf, anyOf, DENIED, GRANTED, notOf } from "./requirement.js";
import type { AccessRequirement } from "./requirement.js";

/** Providers of `Require` that need nothing but the client: a line of them says the same in any section. */
const KNOWN_PROVIDERS: readonly string[] = ["ip", "host", "local", "env", "forward-dns"];

/**
 * What a `Require` line, or a section of such lines, comes to for every client (`apply_authz_sections`,
 * modules/aaa/mod_authz_core.c).
 *
 * @returns undefined when something in it asks more than who the client is
 */
export function forAllClients(requirement: Requirement): AccessRequirement | undefined {
  const own = requirement.kind === "line" ? meaningOfLine(requirement) : meaningOfSection(requirement);
  return own === undefined || requirement.negated !== true ? own : notOf(own);
}

function meaningOfLine({ provider, words }: Extract<Requirement, { kind: "line" }>): AccessRequirement | undefined {
  if (provider === "all") return words[0]?.toLowerCase() === "granted" ? GRANTED : DENIED;
  return KNOWN_PROVIDERS.includes(provider) ? { kind: "one", provider, words: words.map(toUnicode) } : undefined;
}

function meaningOfSection({ op, children }: Extract<Requirement, { kind: "section" }>): AccessRequirement | undefined {
  const said = children.map(forAllClients);
  const parts = said.filter((part) => part !== undefined);
  if (parts.length < said.length) return undefined;
  return op === "and" ? allOf(parts) : anyOf(parts);
}

/**
 * What `Order`, `Allow` and `Deny` come to (`check_dir_access`, modules/aaa/mod_access_compat.c): with `deny,allow`, the
 * default, who is allowed or not denied; with `allow,deny` and `mutual-failure`, who is allowed and not denied.
 *
 * @returns undefined when a word of it cannot be said with `Require`
 */
export function forAllClients22({ orders, allows, denys }: AccessOf22): AccessRequirement | undefined {
  const allowed = meaningOfHosts(allows);
  const denied = meaningOfHosts(denys);
  if (allowed === undefined || denied === undefined) return undefined;
  const parts = [allowed, notOf(denied)];
  return (orders.at(-1)?.order ?? "deny,allow") === "deny,allow" ? anyOf(parts) : allOf(parts);
}

function meaningOfHosts(hosts: readonly Host22[]): AccessRequirement | undefined {
  const said = hosts.map(({ from }) => meaningOfHost(toUnicode(from)));
  const parts = said.filter((part) => part !== undefined);
  return parts.length < said.length ? undefined : anyOf(parts);
}

/** A word behind `Allow from` or `Deny from`: an address or the beginning of one, a network, a host, a variable. */
function meaningOfHost(word: string): AccessRequirement | undefined {
  const text = word.toLowerCase();
  if (text === "all") return GRANTED;
  if (text === "none") return DENIED;
  if (text.startsWith("env=!")) return notOf({ kind: "one", provider: "env", words: [word.slice("env=!".length)] });
  if (text.startsWith("env=")) return { kind: "one", provider: "env", words: [word.slice("env=".length)] };
  if (/^[0-9.]+(\/[0-9.]+)?$/.test(text)) return { kind: "one", provider: "ip", words: [text.replace(/\.$/, "")] };
  if (/^[0-9a-f.]*:[0-9a-f:.]*(\/[0-9]+)?$/.test(text)) return { kind: "one", provider: "ip", words: [text] };
  return /^[a-z0-9._-]+$/.test(text) ? { kind: "one", provider: "host", words: [text] } : undefined;
}
