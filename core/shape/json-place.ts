import type { Pointer } from "../vocabulary/problem.js";
import { pointerStep } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";

/** A place in a JSON document, from the whole of it downwards. */
export interface JsonPlace {
  /** What it is a part of; absent for the whole document. */
  readonly above?: JsonPlace;
  /** Key or index; nothing for the whole document. */
  readonly step: string | number;
  /** Its name in messages. @default - its key, of what it is a part of */
  readonly label?: string;
  /** Of the whole document: true where keys are ordinary words, which messages have to quote. */
  readonly quoted?: boolean;
}

/** The place of a part. */
export function partPlace(
  above: JsonPlace,
  step: string | number,
  { label }: { readonly label?: string } = {},
): JsonPlace {
  return { above, step, ...(label === undefined ? {} : { label }) };
}

/** The JSON pointer to a place. */
export function pointerTo({ above, step }: JsonPlace): Pointer {
  return above === undefined ? "" : `${pointerTo(above)}${pointerStep(step)}`;
}

/** What messages call a place: `loadfactor of member 'node1'`; an item of a list is called as the list. */
export function subjectAt(place: JsonPlace): string {
  const { above, step, label } = place;
  if (label !== undefined) return label;
  if (above === undefined) return String(step);
  if (typeof step === "number") return subjectAt(above);
  const key = wholeOf(place).quoted === true ? shown(step) : step;
  return above.above === undefined ? key : `${key} of ${subjectAt(above)}`;
}

function wholeOf(place: JsonPlace): JsonPlace {
  return place.above === undefined ? place : wholeOf(place.above);
}
