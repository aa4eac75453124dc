/** Who may use something, as mod_authz_core decides it. */
export type AccessRequirement =
  | { readonly kind: "granted" }
  | { readonly kind: "denied" }
  /** One `Require` line: provider and its words. */
  | { readonly kind: "one"; readonly provider: string; readonly words: readonly string[] }
  | { readonly kind: "not"; readonly of: AccessRequirement }
  | { readonly kind: "any"; readonly of: readonly AccessRequirement[] }
  | { readonly kind: "all"; readonly of: readonly AccessRequirement[] };

/** Everybody. */
export const GRANTED: AccessRequirement = { kind: "granted" };
/** Nobody. */
export const DENIED: AccessRequirement = { kind: "denied" };

/** One of them suffices; nobody when there is none. */
export function anyOf(parts: readonly AccessRequirement[]): AccessRequirement {
  const open = parts.flatMap((part) => (part.kind === "any" ? part.of : [part]));
  if (open.some(({ kind }) => kind === "granted")) return GRANTED;
  const kept = merged(open.filter(({ kind }) => kind !== "denied"));
  const [only] = kept;
  if (only === undefined) return DENIED;
  return kept.length === 1 ? only : { kind: "any", of: kept };
}

/** All of them have to hold; everybody when there is none. */
export function allOf(parts: readonly AccessRequirement[]): AccessRequirement {
  const open = parts.flatMap((part) => (part.kind === "all" ? part.of : [part]));
  if (open.some(({ kind }) => kind === "denied")) return DENIED;
  const kept = open.filter(({ kind }) => kind !== "granted");
  const [only] = kept;
  if (only === undefined) return GRANTED;
  return kept.length === 1 ? only : { kind: "all", of: kept };
}

/** The opposite. */
export function notOf(part: AccessRequirement): AccessRequirement {
  switch (part.kind) {
    case "granted":
      return DENIED;
    case "denied":
      return GRANTED;
    case "not":
      return part.of;
    case "any":
      return allOf(part.of.map(notOf));
    case "all":
      return anyOf(part.of.map(notOf));
    case "one":
      return { kind: "not", of: part };
  }
}

/**
 * `Require` lines with this meaning, for a section of their own. Several lines side by side would be alternatives, so
 * that everything but one line stands in a section; a negated line counts only beside another (mod_authz_core).
 */
export function requirementLines(requirement: AccessRequirement): readonly string[] {
  switch (requirement.kind) {
    case "granted":
      return ["Require all granted"];
    case "denied":
      return ["Require all denied"];
    case "one":
      return [`Require ${[requirement.provider, ...requirement.words].join(" ")}`];
    case "not":
      return sectionOf("RequireAll", [GRANTED, requirement]);
    case "any":
      return sectionOf("RequireAny", requirement.of);
    case "all":
      return sectionOf("RequireAll", requirement.of.every(isNegative) ? [GRANTED, ...requirement.of] : requirement.of);
  }
}

function sectionOf(name: string, parts: readonly AccessRequirement[]): readonly string[] {
  const inner = parts.flatMap((part) =>
    name === "RequireAll" && part.kind === "not" ? negativeLines(part) : requirementLines(part),
  );
  return [`<${name}>`, ...inner.map((line) => `  ${line}`), `</${name}>`];
}

function negativeLines({ of }: Extract<AccessRequirement, { kind: "not" }>): readonly string[] {
  return requirementLines(of).map((line) => line.replace(/^Require /, "Require not "));
}

function isNegative({ kind }: AccessRequirement): boolean {
  return kind === "not";
}

/** Alternatives of one provider are one line. */
function merged(parts: readonly AccessRequirement[]): readonly AccessRequirement[] {
  const result: AccessRequirement[] = [];
  for (const part of parts) {
    const index = result.findIndex(
      (known) =>
        known.kind === "one" && part.kind === "one" && known.provider === part.provider && known.provider !== "expr",
    );
    const known = result[index];
    if (known?.kind === "one" && part.kind === "one") {
      const words = [...known.words, ...part.words.filter((word) => !known.words.includes(word))];
      result[index] = { ...known, words };
    } else result.push(part);
  }
  return result;
}
