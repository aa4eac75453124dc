/**
 * Text as httpd holds it: its bytes in UTF-8, one character each. ASCII stays as it is; text that has one character a
 * byte already must not pass twice.
 */
export function bytesOf(text: string): string {
  if (ASCII.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

const ASCII = /^[\u0000-\u007f]*$/;
