/** True when protocols are listed one by one; otherwise each word changes what the words before it left. */
export function isPlainList(protocols: readonly string[]): boolean {
  return protocols.every((word) => /^[A-Za-z]/.test(word) && word.toLowerCase() !== "all");
}
