/** Length of a text in UTF-8: bytes, the unit of httpd's limits. */
export function byteLength(text: string): number {
  return UTF8.encode(text).length;
}

const UTF8 = new TextEncoder();
