import type { Deferred, Text } from "../../topology/topology.js";
import type { HostPlan } from "../plan.js";

/** Letters that the longest address has: a form is never larger than with the words that stand for its addresses. */
const LONGEST_ADDRESS = 45;

/** A plan without holes, and the word that stands for each. */
export interface FilledPlan {
  readonly plan: HostPlan;
  readonly holes: ReadonlyMap<string, Deferred>;
}

/** The plan with a plain word in the place of each address that is known only at apply. */
export function filledPlan(plan: HostPlan): FilledPlan {
  const holes = new Map<string, Deferred>();
  const stem = unusedWord(plan);
  const wordFor = (hole: Deferred): string => {
    const known = [...holes].find(([, { deferred }]) => deferred === hole.deferred);
    if (known !== undefined) return known[0];
    const word = `${stem}${holes.size}x`.padEnd(LONGEST_ADDRESS, "x");
    holes.set(word, hole);
    return word;
  };
  const files = plan.files.map((file) => ({ ...file, text: filledText(file.text, wordFor) }));
  return { plan: { ...plan, files }, holes };
}

function filledText(text: Text, wordFor: (hole: Deferred) => string): string {
  if (typeof text === "string") return text;
  return text.map((piece) => (typeof piece === "string" ? piece : wordFor(piece))).join("");
}

/**
 * A form of a plan whose files have holes, with the same holes in it. A word stands in the place of each while the form is
 * written; an address in its stead means the same, because it consists of letters, digits and `. : - [ ]` only.
 *
 * @throws RangeError where the form says it in another way than as it is, such as packed
 */
export function keepingHoles(plan: HostPlan, write: (plan: HostPlan) => string): Text {
  const { plan: filled, holes } = filledPlan(plan);
  const text = write(filled);
  if (holes.size === 0) return text;
  const lost = [...holes].find(([word]) => !text.includes(word));
  if (lost !== undefined) throw new RangeError(`${lost[1].deferred} has no place in the form of ${plan.name}`);
  return text.split(new RegExp(`(${[...holes.keys()].join("|")})`)).map((piece) => holes.get(piece) ?? piece);
}

/** A plain word that the plan has nowhere. */
function unusedWord(plan: HostPlan): string {
  const text = JSON.stringify(plan);
  let word = "hole";
  while (text.includes(word)) word = `${word}e`;
  return word;
}
