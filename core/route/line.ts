import { fromUnicode } from "../httpd/bytes.js";
import type { Front, FrontDirective } from "../topology/front.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Pointer } from "../vocabulary/problem.js";

/** A directive of a scope's front that knows its place in the topology; its text has one character a byte. */
export interface RouteLine {
  /** In lower case. */
  readonly name: string;
  readonly text: string;
  readonly words: readonly string[];
  readonly at: Pointer;
  /** What stands in a section; absent for a directive. */
  readonly children?: readonly RouteLine[];
}

/** The lines of a front that stands at a pointer. */
export function linesOf(front: Front, at: Pointer): readonly RouteLine[] {
  return front.map((directive, index) => lineOf(directive, `${at}${pointerStep(index)}`));
}

function lineOf({ name, text, words, children }: FrontDirective, at: Pointer): RouteLine {
  const own = { name: name.toLowerCase(), text: fromUnicode(text), words: words.map(fromUnicode), at };
  return children === undefined ? own : { ...own, children: linesOf(children, `${at}/children`) };
}
