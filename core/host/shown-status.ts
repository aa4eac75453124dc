import { STATUS_FLAGS, isStatusLetter } from "../vocabulary/status.js";
import type { StatusLetter } from "../vocabulary/status.js";

/** A status as a configuration writes it, `+DH`; `Ok` for one without flags. */
export function statusLetters(letters: ReadonlySet<StatusLetter>): string {
  const shown = Object.keys(STATUS_FLAGS)
    .filter(isStatusLetter)
    .filter((letter) => letters.has(letter));
  return shown.length === 0 ? "Ok" : `+${shown.join("")}`;
}

/** A status in the words of balancer-manager, `Dis Err`. */
export function shownStatus(letters: ReadonlySet<StatusLetter>): string {
  return Object.entries(STATUS_FLAGS)
    .flatMap(([letter, { text }]) => (isStatusLetter(letter) && letters.has(letter) ? [text] : []))
    .join(" ");
}

/** The words of balancer-manager with the letters they stand for, `Dis=D Err=E`, as scripts are told them. */
export function statusWords(): string {
  return Object.entries(STATUS_FLAGS)
    .map(([letter, { text }]) => `${text}=${letter}`)
    .join(" ");
}
