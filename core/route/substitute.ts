import type { Match } from "./regex.js";

/** `ap_pregsub` (server/util.c): `$0` to `$9` are what was matched; a backslash takes the next character its meaning. */
export function substituted(text: string, match: Match): string {
  return text.replace(/\$([0-9])|\\([^])/g, (_piece, group?: string, escaped?: string) =>
    group === undefined ? (escaped ?? "") : (match[Number(group)] ?? ""),
  );
}
