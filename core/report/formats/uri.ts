/** A path as the relative reference of a URI: `./` goes, what URIs do not know is escaped; absolute paths get `file:`. */
export function relativeUri(path: string): string {
  const escaped = path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  if (escaped.startsWith("/")) return `file://${escaped}`;
  return escaped.replace(/^(\.\/)+/, "");
}
