import type { Server, Topology } from "../topology/topology.js";
import { section } from "../written/line.js";
import { printed } from "../written/piece.js";
import { writeAccess } from "../written/access.js";
import { fillText } from "./files.js";

/** Why the file system is open. */
const REASON = "as in the file that was adopted, which says nothing about all of the file system";

/**
 * Lines that leave the file system as open as the file has it, where that does not say who may use all of it: a rendering
 * closes what nobody speaks about, so that static pages, and members that are reached by way of a file, would answer 403.
 */
export function openFiles({ httpd }: Topology, { extra = [], mounts, virtualHosts, front }: Server): readonly string[] {
  const handled = [{ mounts }, ...virtualHosts].some((scope) => scope.mounts.some(({ via }) => via === "handler"));
  if (front === undefined || handled || saysWho(extra)) return [];
  const lines = section("Directory", ["/"], printed(writeAccess({ kind: "all", reason: REASON }, httpd, "")));
  return lines.map((line) => fillText(line, ({ deferred }) => deferred));
}

/** True where a section about all of the file system has access control in the words of httpd 2.4. */
function saysWho(extra: readonly string[]): boolean {
  const opening = extra.findIndex((line) => /^\s*<Directory\s+"?\/"?\s*>/i.test(line));
  if (opening === -1) return false;
  const rest = extra.slice(opening + 1);
  const closing = rest.findIndex((line) => /^<\/Directory>/i.test(line));
  const inside = rest.slice(0, closing === -1 ? rest.length : closing);
  return inside.some((line) => /^\s*<?Require/i.test(line)) || saysWho(rest);
}
