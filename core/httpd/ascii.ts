/** Lower case as C's `tolower` has it: only A to Z change. */
export function asciiLower(text: string): string {
  return UPPER.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

const UPPER = /[A-Z]/;
