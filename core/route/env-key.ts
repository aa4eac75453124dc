/** The key of a variable: httpd's tables take names in any case. */
export function keyOf(name: string): string {
  return name.toLowerCase();
}

/** What stands in front of the names of variables behind an internal redirect. */
export const REDIRECT = "redirect_";
