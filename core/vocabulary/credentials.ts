const CREDENTIALS = /:\/\/[^/\s@:]*:[^/\s@]*@/g;

/** A text without the passwords of URLs in it: as many stars as there were characters, so that columns stay. */
export function withoutCredentials(text: string): string {
  return text.replace(CREDENTIALS, (whole) => `://${"*".repeat(whole.length - 4)}@`);
}
