/** Text as httpd holds it: one character a byte, so that any bytes of a file survive a round trip. */
export function fromBytes(bytes: Uint8Array): string {
  return LATIN.decode(bytes).replace(WIDE, (character) => String.fromCharCode(WINDOWS.get(character) ?? 0));
}

/**
 * The bytes of a text made by {@link fromBytes}.
 *
 * @throws RangeError when a character is not a byte: text of another origin has to pass {@link fromUnicode} first
 */
export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const wide = text.search(WIDE);
  if (wide >= 0) throw new RangeError(`the character at offset ${wide} is not a byte`);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Ordinary text as httpd holds it: its UTF-8 bytes, one character each. What is so already must not pass twice. */
export function fromUnicode(text: string): string {
  return NOT_ASCII.test(text) ? fromBytes(new TextEncoder().encode(text)) : text;
}

/** The text of a file, or a part of it, as ordinary text for people: read as UTF-8, with U+FFFD for what is not. */
export function toUnicode(text: string): string {
  return NOT_ASCII.test(text) ? UTF8.decode(toBytes(text)) : text;
}

const WIDE = /[^\u0000-\u00ff]/g;
const NOT_ASCII = /[^\u0000-\u007f]/;

/** A byte order mark is part of the text: httpd takes it for part of the first word. */
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** What the Encoding Standard means by Latin 1: windows-1252, which has other characters for the bytes 80 to 9F. */
const LATIN = new TextDecoder("latin1");
const WINDOWS: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 0x20 }, (_, index) => [LATIN.decode(Uint8Array.of(0x80 + index)), 0x80 + index]),
);
