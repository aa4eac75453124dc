import { isIdleSection } from "../../route/empty-section.js";
import { isIrrelevant } from "../../route/irrelevant.js";
import type { Front, FrontDirective } from "../../topology/front.js";
import type { SourcePlace } from "../../vocabulary/place.js";
import type { Statement } from "../run/statement.js";

/** A scope's front and where each of its lines is written. */
export interface ReadFront {
  readonly front: Front;
  /** By pointer from the front on: `/3/children/0`. */
  readonly places: ReadonlyMap<string, { readonly place: SourcePlace }>;
}

/** What stands in front of the balancers of a scope: all that decides about requests, in the order of the file. */
export function readFront(statements: readonly Statement[]): ReadFront {
  const places = new Map<string, { readonly place: SourcePlace }>();
  return { front: frontAt(statements, "", places), places };
}

function frontAt(statements: readonly Statement[], at: string, places: Map<string, { place: SourcePlace }>): Front {
  const front: FrontDirective[] = [];
  for (const statement of statements) {
    const { name, words, children } = statement;
    const aside = children === undefined && isIrrelevant(name.toLowerCase(), words[0]?.text);
    if (name.toLowerCase() === "virtualhost" || aside) continue;
    const here = `${at}/${front.length}`;
    const inside = children === undefined ? undefined : frontAt(children, `${here}/children`, places);
    if (isIdleSection(name, inside)) continue;
    const own = { name, text: argumentsIn(statement), words: words.map(({ text }) => text) };
    places.set(here, statement);
    front.push(inside === undefined ? own : { ...own, children: inside });
  }
  return front;
}

/** The line without its name, and of a section without its bracket. */
function argumentsIn({ name, text, children }: Statement): string {
  if (children === undefined) return text.slice(name.length).trimStart();
  return text
    .slice(name.length + 1)
    .replace(/>\s*$/, "")
    .trimStart();
}
