import { toUnicode } from "../core/httpd/bytes.js";
import type { Rewiring } from "../core/conf/rewire/rewire.js";
import { harmless } from "../core/report/harmless.js";
import { withoutSecrets } from "../core/report/secrets.js";

/** A word or a directive of a configuration as it may be shown. */
export function rewiredText(text: string): string {
  return harmless(withoutSecrets(toUnicode(text)));
}

/** What was changed in a configuration so that it could be played, a change a line. */
export function rewiredLines(rewired: readonly Rewiring[]): readonly string[] {
  if (rewired.length === 0) return [];
  return [
    "Played with these changes, and as it stands otherwise:",
    ...rewired.map((one) => `  ${one.place.file}:${one.place.line}: ${changeText(one)}`),
  ];
}

function changeText({ directive, from, to }: Rewiring): string {
  if (from === "") return `${directive}: added ${rewiredText(to)}`;
  if (to === "") return `left out: ${rewiredText(from)}`;
  return `${directive}: ${rewiredText(from)} -> ${rewiredText(to)}`;
}
