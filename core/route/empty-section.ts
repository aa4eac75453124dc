/**
 * Sections that a request meets even where nothing stands in them: a branch that is taken keeps the next ones from being
 * asked, captures are variables, and a section of the core takes back AllowEncodedSlashes NoDecode (measured on httpd
 * 2.4.71). An empty `<Proxy>` or `<Limit>` does nothing.
 */
const MET: ReadonlySet<string> = new Set([
  ...["location", "locationmatch", "directory", "directorymatch", "files", "filesmatch"],
  ...["if", "elseif", "else", "proxymatch"],
]);

/** True for a section in which nothing stands that a request meets, and which does nothing by itself either. */
export function isIdleSection(name: string, children: readonly unknown[] | undefined): boolean {
  return children?.length === 0 && !MET.has(name.toLowerCase());
}
