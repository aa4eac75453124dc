import type { WrittenDirective } from "./conf-view.js";

/** Directives of httpd 2.2 that say who gets in. */
export const OLD_ACCESS: readonly string[] = ["order", "allow", "deny", "satisfy"];

/**
 * What Order, Allow and Deny of a section say, in the words of httpd 2.4: the lines to write instead.
 *
 * Decides as `check_dir_access` (modules/aaa/mod_access_compat.c, httpd 2.4.71): behind `Order deny,allow` an Allow beats
 * a Deny and nothing said lets in, behind `Order allow,deny` it is the other way round.
 *
 * @returns undefined where Require has no short word for it: `Satisfy Any`, or exceptions of exceptions
 */
export function requireLines(section: readonly WrittenDirective[]): readonly string[] | undefined {
  const said = section.filter(({ name }) => OLD_ACCESS.includes(name));
  if (said.some(({ name }) => name === "satisfy")) return undefined;
  const allowed = clientsOf(said, "allow");
  const denied = clientsOf(said, "deny");
  const order = said.findLast(({ name }) => name === "order")?.words.map(({ text }) => text.toLowerCase());
  const allowBeats = order === undefined || order.join("") === "deny,allow";
  if (allowBeats) {
    if (allowed.includes("all") || denied.length === 0) return ["Require all granted"];
    if (denied.includes("all")) return allowed.length === 0 ? ["Require all denied"] : requiring(allowed);
    return allowed.length === 0 ? excepting(denied) : undefined;
  }
  if (denied.includes("all") || allowed.length === 0) return ["Require all denied"];
  if (allowed.includes("all")) return denied.length === 0 ? ["Require all granted"] : excepting(denied);
  return denied.length === 0 ? requiring(allowed) : undefined;
}

/** The words behind `from` of all lines of a name. */
function clientsOf(said: readonly WrittenDirective[], name: string): readonly string[] {
  return said
    .filter((one) => one.name === name)
    .flatMap(({ words }) => words.slice(1).map(({ text }) => (text.toLowerCase() === "all" ? "all" : text)));
}

const THIS_MACHINE: ReadonlySet<string> = new Set(["127.0.0.1", "127.0.0.0/8", "::1", "localhost"]);

function requiring(clients: readonly string[], not = ""): readonly string[] | undefined {
  if (not === "" && clients.every((client) => THIS_MACHINE.has(client))) return ["Require local"];
  const lists = new Map<string, string[]>();
  for (const client of clients) {
    if (client.startsWith("!") || /^env=!/i.test(client)) return undefined;
    const kind = /^env=/i.test(client) ? "env" : /^[0-9./]+$|:/.test(client) ? "ip" : "host";
    const list = lists.get(kind) ?? [];
    lists.set(kind, list);
    list.push(client.replace(/^env=/i, ""));
  }
  return [...lists].map(([kind, list]) => `Require ${not}${kind} ${list.join(" ")}`);
}

function excepting(clients: readonly string[]): readonly string[] | undefined {
  const lines = requiring(clients, "not ");
  return lines === undefined ? undefined : ["<RequireAll>", "Require all granted", ...lines, "</RequireAll>"];
}
