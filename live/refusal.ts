import type { RefusedLine } from "../core/conf/rewire/rewire.js";
import { rewiredText } from "./rewired-text.js";

/** Why a configuration is not played: every line that would run a program or reach another host. */
export function refusal(lines: readonly RefusedLine[]): string {
  const told = lines.map(
    ({ place, text, why }) => `${place.file}:${place.line}: cannot be rehearsed, ${why}: ${rewiredText(text)}`,
  );
  return [...new Set(told), "take these lines out of a copy, and rehearse that"].join("\n");
}
