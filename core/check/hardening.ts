import { HARDENING } from "../vocabulary/hardening.js";
import type { HardeningChoices, HardeningOff } from "../vocabulary/hardening.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Problem } from "../vocabulary/problem.js";
import { checkKnown } from "./names.js";
import type { Subject } from "./place.js";
import { checkText } from "./text.js";

/** Hardening is left out by name, and for a reason that can be read. */
export function checkHardening(choices: HardeningChoices, { at, subject }: Subject): readonly Problem[] {
  const known = ["all", ...Object.keys(HARDENING)];
  return Object.entries<HardeningOff>(choices).flatMap(([name, { off }]) => {
    const place: Subject = { at: `${at}${pointerStep(name)}`, subject };
    const reason: Subject = { at: `${place.at}/off`, subject: `reason why ${name} is off in ${subject}` };
    return [...checkKnown(name, known, place), ...checkText(off, reason)];
  });
}
