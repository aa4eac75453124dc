/** True for a text that `apr_fnmatch_test` takes for a pattern: it holds `*`, `?` or a closed `[...]`. */
export function isPattern(text: string): boolean {
  for (let at = 0, open = false; at < text.length; at++) {
    const character = text[at];
    if (character === "*" || character === "?") return true;
    if (character === "\\") at++;
    else if (character === "[") open = true;
    else if (character === "]" && open) return true;
  }
  return false;
}

/**
 * `apr_fnmatch` (strings/apr_fnmatch.c) as an expression: `*` and `?` take no slash when paths are meant
 * (APR_FNM_PATHNAME).
 */
export function wildcards(pattern: string, kind: "path" | "text"): RegExp | undefined {
  const any = kind === "path" ? "[^/]" : "[^]";
  const script = pattern.replace(
    /\\(.)|\*+|\?|\[[!^]?\]?[^\]]*\]|[^]/g,
    (piece: string, escaped: string | undefined): string => {
      if (escaped !== undefined) return literal(escaped);
      if (piece.startsWith("*")) return `${any}*`;
      if (piece === "?") return any;
      return piece.length > 1 ? piece.replace(/^\[[!^]/, "[^").replaceAll("\\", "\\\\") : literal(piece);
    },
  );
  try {
    return new RegExp(`^${script}$`);
  } catch {
    return undefined;
  }
}

function literal(character: string): string {
  return character.replace(/[\^$\\.*+?()[\]{}|/-]/g, "\\$&");
}
