import type { Requirement } from "./access-rules.js";
import type { Limited } from "./limited.js";
import type { RouteLine } from "./line.js";

/** An expression as a directive's argument: with or without quotes around it. */
export function expressionText(text: string): string {
  const trimmed = text.trim();
  const quote = /^["']/.exec(trimmed)?.[0];
  return quote !== undefined && trimmed.endsWith(quote)
    ? trimmed.slice(1, -1).replaceAll(`\\${quote}`, quote)
    : trimmed;
}

/** What a `Require` line or a section of such lines asks for: `add_authz_provider` and `add_authz_section`. */
export function requirementOf(line: RouteLine, limited: Limited | undefined): Requirement {
  if (line.children === undefined) return required(line, limited);
  const children = line.children.flatMap((child) => ofChild(child, limited));
  const op = line.name === "requireall" ? "and" : "or";
  return { kind: "section", op, children, ...(line.name === "requirenone" && { negated: true }) };
}

/** `<Limit>` may stand in between. */
function ofChild(line: RouteLine, limited: Limited | undefined): readonly Requirement[] {
  if (line.name === "require" || line.name.startsWith("require")) return [requirementOf(line, limited)];
  return [];
}

function required({ words, text, at }: RouteLine, limited: Limited | undefined): Requirement {
  const negated = words[0]?.toLowerCase() === "not";
  const [provider = "", ...cut] = negated ? words.slice(1) : words;
  const rest = provider.toLowerCase() === "expr" ? [expressionText(text.replace(/^(?:not\s+)?expr\s+/i, ""))] : cut;
  const own = { kind: "line", at, provider: provider.toLowerCase(), words: rest, negated } as const;
  return limited === undefined ? own : { ...own, limited };
}
