import { shortName } from "../core/model/short-name.js";
import type { Pick } from "../core/model/trace.js";

/** Who answered, in order and on one line: `node2 node2 node1 httpd:503`; statuses other than 200 are shown. */
export function turnsText(picks: readonly Pick[]): string {
  return picks
    .map(({ member, name, status }) => `${shortName(name ?? member ?? "httpd")}${status === 200 ? "" : `:${status}`}`)
    .join(" ");
}
