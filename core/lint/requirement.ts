import type { WrittenDirective } from "./conf-view.js";

/** What is said about who may use something. */
export type Openness =
  /** Everybody, in so many words. */
  | "open"
  /** Nothing is said. */
  | "unsaid"
  /** Somebody, or nobody. */
  | "limited";

/** Methods of those who look and of those who change: somewhere one of them is open, a page is. */
export const ACCESS_METHODS = ["GET", "POST"] as const;

/** One of {@link ACCESS_METHODS}. */
export type Method = (typeof ACCESS_METHODS)[number];

/**
 * What the `Require` lines of a section come to for requests of a method: without a group around them, one of them is
 * enough. Lines that are all for other methods let everybody in, as they take the place of those of outer sections.
 */
export function opennessByRequire(section: WrittenDirective, method: Method): Openness {
  const here = anyOf(section.children.flatMap((child) => judged(child, method)));
  return here === "unsaid" && section.children.some(isForSomeMethods) ? "open" : here;
}

function isForSomeMethods({ name, children }: WrittenDirective): boolean {
  return (name === "limit" || name === "limitexcept") && children.some((child) => child.name.startsWith("require"));
}

function judged(written: WrittenDirective, method: Method): readonly Openness[] {
  const { name, words, children } = written;
  const inside = (): readonly Openness[] => children.flatMap((child) => judged(child, method));
  switch (name) {
    case "require":
      return words[0]?.text.toLowerCase() === "not" ? [] : [grantsAll(written) ? "open" : "limited"];
    case "requireany":
      return [anyOf(inside())];
    case "requireall":
      return [allOf(inside())];
    case "limit":
      return isNamedIn(words, method) ? inside() : [];
    case "limitexcept":
      return isNamedIn(words, method) ? [] : inside();
    default:
      return [];
  }
}

function anyOf(parts: readonly Openness[]): Openness {
  if (parts.includes("open")) return "open";
  return parts.includes("limited") ? "limited" : "unsaid";
}

/** Lines with `not` only take somebody away: with nothing else in the group all others are let in. */
function allOf(parts: readonly Openness[]): Openness {
  if (parts.includes("limited")) return "limited";
  return parts.includes("open") ? "open" : "unsaid";
}

function isNamedIn(words: WrittenDirective["words"], method: Method): boolean {
  return words.some(({ text }) => text.toUpperCase() === method);
}

function grantsAll({ words }: WrittenDirective): boolean {
  return (
    words
      .map(({ text }) => text)
      .join(" ")
      .toLowerCase() === "all granted"
  );
}
