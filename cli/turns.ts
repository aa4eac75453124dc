import { shortName } from "../core/topology/short-name.js";
import type { Pick } from "../core/model/trace.js";

/** Picks in a row of one member from which on they are counted instead of repeated. */
const LONG_RUN = 6;

/**
 * Who answered, in order and on one line: `node2 node2 node1 httpd:503 (12 times)`; statuses other than 200 are shown.
 */
export function turnsText(picks: readonly Pick[]): string {
  const words = picks.map(
    ({ member, name, status }) => `${shortName(name ?? member ?? "httpd")}${status === 200 ? "" : `:${status}`}`,
  );
  const runs: { readonly word: string; length: number }[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.word === word) last.length++;
    else runs.push({ word, length: 1 });
  }
  return runs
    .map(({ word, length }) =>
      length < LONG_RUN ? new Array<string>(length).fill(word).join(" ") : `${word} (${length} times)`,
    )
    .join(" ");
}
