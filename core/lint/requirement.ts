import type { Written } from "./conf-view.js";

/** What is said about who may use something. */
export type Openness =
  /** Everybody, in so many words. */
  | "open"
  /** Nothing is said. */
  | "unsaid"
  /** Somebody, or nobody. */
  | "limited";

/** What the `Require` lines of a section come to: without a group around them, one of them is enough. */
export function requirementOf(section: Written): Openness {
  return anyOf(section.children.flatMap(judged));
}

function judged(written: Written): readonly Openness[] {
  const { name, words, children } = written;
  switch (name) {
    case "require":
      return words[0]?.text.toLowerCase() === "not" ? [] : [grantsAll(written) ? "open" : "limited"];
    case "requireany":
      return [anyOf(children.flatMap(judged))];
    case "requireall":
      return [allOf(children.flatMap(judged))];
    case "limit":
      return METHODS.every(isNamedIn(words)) ? children.flatMap(judged) : [];
    case "limitexcept":
      return METHODS.some(isNamedIn(words)) ? ["open"] : children.flatMap(judged);
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

/** A section is limited when both are: with one of them open, somebody looks, or changes. */
const METHODS: readonly string[] = ["GET", "POST"];

function isNamedIn(words: Written["words"]): (method: string) => boolean {
  return (method) => words.some(({ text }) => text.toUpperCase() === method);
}

function grantsAll({ words }: Written): boolean {
  return (
    words
      .map(({ text }) => text)
      .join(" ")
      .toLowerCase() === "all granted"
  );
}
