import { runbookUnderLoad } from "../../test/support/runbook-load.js";
import type { RunbookOutcome } from "../../test/support/runbook-load.js";
import { variantOf } from "../../test/support/runbook-variants.js";
import type { Attacked, Find } from "./attack.js";

/** Runs at the same time: they mostly wait. */
const AT_ONCE = 3;

/** Printed scripts of rolling restarts, drains and weight shifts on a real httpd, under 8 clients with 250 ms answers. */
export async function attackRunbooks(seed: number, until: number): Promise<Attacked> {
  const counts = new Map<string, number>();
  const finds: Find[] = [];
  const count = (word: string, more = 1): void => void counts.set(word, (counts.get(word) ?? 0) + more);
  let next = 0;
  const runner = async (): Promise<void> => {
    while (Date.now() < until) {
      const place = next++;
      const variant = variantOf(seed + place);
      const outcome = await runbookUnderLoad(variant).catch((error: unknown) => String(error));
      if (typeof outcome === "string") {
        count(`${variant.words[0] ?? ""}: did not run`);
        finds.push({ place, fixture: { variant, ending: outcome } });
        continue;
      }
      const ending = endingOf(outcome);
      count(`${variant.words[0] ?? ""}: ${ending}`);
      count("requests", outcome.requests);
      count("requests lost", outcome.lost.length);
      const { lost, cut, statuses, output } = outcome;
      if (ending !== "nothing lost") finds.push({ place, fixture: { variant, ending, lost, cut, statuses, output } });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
  return { counts, finds };
}

/** A script may give up where a wait runs into its limit; it must lose nothing all the same. */
function endingOf({ lost, cut, statuses }: RunbookOutcome): string {
  if (lost.length > 0) return "requests lost";
  if (cut > 0) return "answers cut";
  return statuses.every((status) => status === 0) ? "nothing lost" : "gave up, nothing lost";
}
