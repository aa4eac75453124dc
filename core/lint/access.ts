import type { Written } from "./conf-view.js";

/** What a section says about who may use it. */
export type Openness =
  /** Everybody, in so many words. */
  | "open"
  /** Nothing is said. */
  | "unsaid"
  /** Somebody, or nobody. */
  | "limited";

const GROUPS = ["requireall", "requireany", "requirenone", "limit", "limitexcept"];

/** Who may use a section, by the access control written in it: `Require` of 2.4, or Order, Allow and Deny of 2.2. */
export function opennessOf(section: Written): Openness {
  const said = section.children.flatMap(flattened);
  const requirements = said.filter(({ name }) => name === "require");
  if (requirements.length > 0) return requirements.every(grantsAll) ? "open" : "limited";
  const old = said.filter(({ name }) => name === "allow" || name === "deny" || name === "order");
  if (old.length === 0) return "unsaid";
  return old.some((one) => one.name === "allow" && textOf(one) === "from all") ? "open" : "limited";
}

function flattened(written: Written): readonly Written[] {
  return GROUPS.includes(written.name) ? written.children.flatMap(flattened) : [written];
}

function grantsAll(written: Written): boolean {
  return textOf(written) === "all granted";
}

function textOf({ words }: Written): string {
  return words
    .map(({ text }) => text)
    .join(" ")
    .toLowerCase();
}
